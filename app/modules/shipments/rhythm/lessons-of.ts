import type { FoldContext } from "../folded-state.ts";
import { isScan, type StoredEvent } from "../stored-event.ts";
import { isAbroad, type Phase, phaseOf } from "./phase.ts";
import { binsOf, civilDay } from "./rhythm.ts";

/** One phase that ended, and when. */
export interface Lesson {
  phase: Phase;
  bins: number[];
}

interface Lived {
  context: FoldContext;
  /** The day that the carrier had expected before this was heard; what it says afterwards is no forecast. */
  expectedOn: string | null;
  /** When what is new was heard; older scans were learned from when they were new. */
  heardAt: Date;
}

/**
 * What the new scans of a log teach: each that ended a phase, in the order in which they happened. Scans without a clock
 * time or an instant teach nothing, and neither does what a carrier did not say itself.
 */
export function lessonsOf(log: readonly StoredEvent[], { context, expectedOn, heardAt }: Lived): Lesson[] {
  const lessons: Lesson[] = [];
  const earliest = (context.shippedAt ?? context.createdAt).getTime() - MARGIN;
  const timed = log.filter((event): event is TimedScan => isTimedScan(event) && event.occurredAt.getTime() >= earliest);
  timed.sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || a.sequence - b.sequence);
  let phase: Phase | null = "unheard";
  let sinceDay = civilDay(context.createdAt.toISOString());
  let country: string | null = null;
  for (const event of timed) {
    if (event.status === "unknown") continue;
    country = event.countryCode ?? country;
    const next = phaseOf(event.status, isAbroad(country, context.destinationCountry));
    if (next === phase) continue;
    if (phase !== null && event.receivedAt.getTime() === heardAt.getTime()) {
      const expectedDay = expectedOn === null ? null : civilDay(expectedOn);
      lessons.push({ phase, bins: binsOf({ local: event.localTime, sinceDay, expectedDay }) });
    }
    phase = next;
    sinceDay = civilDay(event.localTime);
  }
  return lessons;
}

type TimedScan = StoredEvent & { occurredAt: Date; localTime: string };

const MARGIN = 3 * 86_400_000;

/** Midnight to the second is how a bare date looks. */
function isTimedScan(event: StoredEvent): event is TimedScan {
  const { localTime, occurredAt, source } = event;
  if (!isScan(event) || (source !== "poll" && source !== "push") || !occurredAt || !localTime) return false;
  return localTime.length > 10 && !localTime.endsWith("T00:00:00");
}
