import { enqueueAll } from "#app/jobs/define-job.ts";
import type { OrdersDeps } from "./orders-deps.ts";
import { RECONCILE_MARK, WALK_LEASE_MS } from "./reconcile-schedule.ts";

const BATCH = 500;

/**
 * Finds the installed shops that are due to be compared and queues one walk each. Claiming moves the due time behind a
 * lease: a walk that dies with its worker is due again when the lease ends. Returns how many.
 */
export function sweepReconciliation(deps: Pick<OrdersDeps, "db" | "clock" | "queue">): Promise<number> {
  const now = deps.clock.now();
  const leaseUntil = new Date(now.getTime() + WALK_LEASE_MS);
  return deps.db.acrossShops(async (tx) => {
    const due = await tx.$queryRaw<{ shop_id: string }[]>`
      SELECT shop_id FROM claim_due_marks(${RECONCILE_MARK}, ${now}, ${leaseUntil}, ${BATCH})`;
    const payloads = due.map((row) => ({ shopId: row.shop_id }));
    await enqueueAll({ queue: deps.queue, tx }, "orders.reconcile", payloads);
    return payloads.length;
  });
}
