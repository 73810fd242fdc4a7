import { enqueueAll } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { repeatStep } from "#app/lib/repeat-step.ts";

/** Orders that one statement claims; a sweep goes on until it claims fewer, and at most so often. */
const CLAIM = 2_000;
const MOST_CLAIMS = 20;
/** A decision whose job is lost is claimed again after this. */
const LEASE_MS = 15 * 60_000;

/**
 * Finds the orders about whose messages time alone may have decided, and queues the decision. Reads nothing that is not
 * due. @returns how many.
 */
export async function sweepMessageReviews(deps: { db: Database; clock: Clock; queue: Queue }): Promise<number> {
  return repeatStep(() => claimOnce(deps), { most: CLAIM, times: MOST_CLAIMS });
}

function claimOnce({ db, clock, queue }: { db: Database; clock: Clock; queue: Queue }): Promise<number> {
  const now = clock.now();
  const lease = new Date(now.getTime() + LEASE_MS);
  return db.acrossShops(async (tx) => {
    const due = await tx.$queryRaw<{ shop_id: string; id: string }[]>`
      SELECT shop_id, id FROM claim_due_message_reviews(${now}, ${lease}, ${CLAIM}::int)`;
    const payloads = due.map((row) => ({ shopId: row.shop_id, orderId: row.id }));
    await enqueueAll({ queue, tx }, "notifications.decide", payloads);
    return payloads.length;
  });
}
