import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { EXTRA_SCOPES } from "./ask-for-orders.server.ts";
import { RECONCILE_MARK } from "./reconcile-schedule.ts";

/** Older parcels have arrived: nothing is said about them any more. */
const DAYS_BACK = 30;

/**
 * When a scope is granted that opens more of an order, reconciliation goes over the last weeks again and fills that in.
 * What is known already changes nothing, and what was never heard of is handled like any dropped webhook.
 */
export async function readOrdersAgain(
  tx: ShopTx,
  { clock }: { clock: Clock },
  { shopId, gained }: { shopId: string; gained: readonly string[] },
): Promise<void> {
  if (!gained.some((scope) => EXTRA_SCOPES.includes(scope))) return;
  const now = clock.now();
  const upTo = new Date(now.getTime() - DAYS_BACK * 86_400_000);
  await tx.syncMark.updateMany({
    where: { shopId, name: RECONCILE_MARK },
    data: { upTo, cursor: null, note: {}, dueAt: now, updatedAt: now },
  });
}
