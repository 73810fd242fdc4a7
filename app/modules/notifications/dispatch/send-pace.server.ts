import type { Database } from "#app/lib/db.server.ts";
import type { Timer } from "#app/lib/timer.ts";
import type { PaceHint } from "../mail-sender.ts";

/** What is assumed of a provider that has not said how fast it may be called. */
const UNKNOWN_PER_SECOND = 2;
/** Places are so much further apart than the limit asks, for calls that travel unevenly. */
const MARGIN = 1.3;
/** A place is lost to whoever comes later than this. */
const MAX_LATE_MS = 150;
const MAX_TRIES = 10;

export interface Paced {
  db: Database;
  timer: Timer;
}

/**
 * Waits for a place in the row of calls under one limit, which all processes share: never more calls in any second than
 * the limit. @returns false when the next free place is further away than `maxWaitMs`, or this process comes too late.
 */
export async function takeTurn(
  { db, timer }: Paced,
  key: string,
  { maxWaitMs, assumedPerSecond = UNKNOWN_PER_SECOND }: { maxWaitMs: number; assumedPerSecond?: number },
): Promise<boolean> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const asked = timer.elapsed();
    const [place] = await db.once<{ granted: boolean; wait: number }>`
      SELECT granted, wait_ms AS wait
      FROM reserve_send(${key}, ${assumedPerSecond}::float8, ${MARGIN}::float8, ${Math.round(maxWaitMs)}::int)`;
    if (!place?.granted) return false;
    if (place.wait > 0) await timer.pause(place.wait);
    // Whoever was held up on the way would run into the next one's place.
    if (timer.elapsed() - asked - place.wait <= MAX_LATE_MS) return true;
  }
  return false;
}

interface Answer {
  answered: boolean;
  pace: PaceHint;
  /** Set when the channel is closed: why, for how long. */
  closed?: { reason: string; forMs: number };
}

/** Tells all processes what an answer, or its absence, means for the calls under one limit. */
export async function noteAnswer({ db }: Paced, key: string, { answered, pace, closed }: Answer): Promise<void> {
  const holdMs = Math.round(Math.max(closed?.forMs ?? 0, pace.holdSeconds * 1_000));
  await db.once`
    SELECT note_send_answer(${key}, ${answered}, ${pace.perSecond}::float8, ${holdMs}::int, ${closed?.reason ?? null})::text`;
}

export interface PaceState {
  /** Milliseconds until a call can go out; 0 = now. */
  waitMs: number;
  /** Why the channel is closed; null where it is open or only slowed down. */
  reason: string | null;
  /** The last attempts were not answered: it is dark over there. */
  dark: boolean;
}

/** Unanswered in a row: from then on only one call at a time finds out whether somebody is there again. */
const DARK_AFTER = 3;

export async function readPace({ db }: Pick<Paced, "db">, key: string): Promise<PaceState> {
  const [row] = await db.once<{ held: number | null; row: number | null; reason: string | null; failures: number }>`
    SELECT CASE WHEN held_until < clock_timestamp() + interval '61 minutes'
        THEN extract(epoch FROM held_until - clock_timestamp()) * 1000 END::float8 AS held,
      CASE WHEN next_at < clock_timestamp() + interval '2 minutes'
        THEN extract(epoch FROM next_at - clock_timestamp()) * 1000 END::float8 AS row,
      held_reason AS reason, failures
    FROM send_pace WHERE key = ${key}`;
  const held = Math.max(0, row?.held ?? 0);
  return {
    waitMs: Math.max(held, row?.row ?? 0),
    reason: held > 0 ? (row?.reason ?? null) : null,
    dark: (row?.failures ?? 0) >= DARK_AFTER,
  };
}
