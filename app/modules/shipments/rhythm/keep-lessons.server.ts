import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import { foldContextOf, type RecordingRow } from "../recording-row.ts";
import { expectedDay } from "../schedule-row.ts";
import type { StoredEvent } from "../stored-event.ts";
import { lessonsOf } from "./lessons-of.ts";
import { UNKNOWN_CARRIER } from "../rhythm-book.server.ts";

interface Recorded {
  shopId: string;
  /** When it was heard: the `receivedAt` of what is new in the logs. */
  heardAt: Date;
  /** The parcels before the recording. */
  rows: readonly RecordingRow[];
  /** The logs that have grown. */
  logs: ReadonlyMap<string, readonly StoredEvent[]>;
}

/**
 * Writes down what the new scans teach, one row per carrier and phase of the batch. Rows are only added here, and
 * `learnRhythms` takes them up: recorders of one shop at work together would wait for each other at its rhythm.
 */
export async function keepLessons(
  tx: ShopTx,
  clock: Clock,
  { shopId, heardAt, rows, logs }: Recorded,
): Promise<void> {
  const bins = new Map<string, { carrier: string; phase: string; bins: number[] }>();
  for (const row of rows) {
    const log = logs.get(row.id);
    if (!log) continue;
    const carrier = row.carrier ?? UNKNOWN_CARRIER;
    const lived = { context: foldContextOf(row), expectedOn: expectedDay(row.estimatedDelivery), heardAt };
    for (const lesson of lessonsOf(log, lived)) {
      const key = `${carrier}:${lesson.phase}`;
      const kept = bins.get(key) ?? { carrier, phase: lesson.phase, bins: [] };
      kept.bins.push(...lesson.bins);
      bins.set(key, kept);
    }
  }
  if (bins.size === 0) return;
  const data = [...bins.values()].map((lesson) => ({ shopId, id: newId("les", clock), ...lesson }));
  await tx.watchLesson.createMany({ data });
}
