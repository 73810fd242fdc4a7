/** Name of the mark that says up to when a shop's orders have been compared with Shopify. */
export const RECONCILE_MARK = "orders.reconcile";

const MINUTE = 60_000;

/** The sweep that looks for due shops runs this often. */
export const SWEEP_EVERY_SECONDS = 60;

/** How long one shop's walk may take before another worker takes it up again. */
export const WALK_LEASE_MS = 4 * MINUTE;

/** Behind the mark, because Shopify's search index and our clocks lag a little: everything in it is simply seen twice. */
export const OVERLAP_MS = 10 * MINUTE;

export const FIRST_RECONCILE_MS = 5 * MINUTE;

const BUSY_MS = 5 * MINUTE;
const QUIET_MS = 10 * MINUTE;
const DEAD_QUIET_MS = 12 * MINUTE;
const DEAD_QUIET_AFTER_MS = 86_400_000;

/**
 * When a shop is compared again: 5 minutes after a walk that found changed orders, 10 while it is quiet, 12 when nothing has
 * changed for a day. With the sweep's minute and the queue, a dropped webhook is healed within 15 minutes at every
 * pace, for one query (two or three points when it finds nothing) per walk.
 */
export function nextWalkAt(now: Date, walk: { ordersSeen: number; quietSince: Date | null }): Date {
  if (walk.ordersSeen > 0) return new Date(now.getTime() + BUSY_MS);
  const quietFor = walk.quietSince === null ? 0 : now.getTime() - walk.quietSince.getTime();
  return new Date(now.getTime() + (quietFor >= DEAD_QUIET_AFTER_MS ? DEAD_QUIET_MS : QUIET_MS));
}

/** After a question without an answer: soon again, then less often, never beyond ten minutes. */
export function retryWalkAt(now: Date, failures: number): Date {
  return new Date(now.getTime() + Math.min(MINUTE * 2 ** Math.min(failures, 10), 10 * MINUTE));
}
