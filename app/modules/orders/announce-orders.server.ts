import { enqueueAll } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { holdsScope } from "#app/modules/shops/holds-scope.ts";
import type { ApplyDeps } from "./orders-deps.ts";

/** How long the messages of an order wait for the answer to a question about it. */
const ANSWER_MS = 30_000;

/**
 * Has the messages of new and changed orders decided. Of products and customers a webhook tells no tags. Reconciliation
 * reads them within minutes, in pages, which is soon enough unless the published rules look at tags: then the order is
 * fetched at once, and its messages are decided a little later, in case they come to the same moment. That is one query
 * per change of an order that has not been read yet, in shops with such a rule alone. A draft needs none: it decides
 * nothing, and is rehearsed on orders that have long been read.
 */
export async function announceOrders(
  tx: ShopTx,
  deps: ApplyDeps,
  { shopId, orderIds }: { shopId: string; orderIds: readonly string[] },
): Promise<void> {
  const fetched = new Set(await ordersToFetch(tx, deps, { shopId, orderIds }));
  const to = { queue: deps.queue, tx };
  const payloads = orderIds.map((orderId) => ({ shopId, orderId }));
  const waiting = payloads.filter(({ orderId }) => fetched.has(orderId));
  const ready = payloads.filter(({ orderId }) => !fetched.has(orderId));
  const startAfter = new Date(deps.clock.now().getTime() + ANSWER_MS);
  await enqueueAll(to, "orders.refresh", waiting);
  await enqueueAll(to, "notifications.decide", waiting, { startAfter });
  await enqueueAll(to, "notifications.decide", ready);
}

/** Those with lines whose products were never read, if somebody wants to know and the shop lets us. */
async function ordersToFetch(
  tx: ShopTx,
  deps: ApplyDeps,
  { shopId, orderIds }: { shopId: string; orderIds: readonly string[] },
): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const unread = await tx.$queryRaw<{ id: string; scopes: string[] }[]>`
    SELECT o.id, s.scopes FROM orders o JOIN shop s ON s.id = o.shop_id
    WHERE o.shop_id = ${shopId} AND o.id = ANY (${[...orderIds]}::text[]) AND EXISTS (SELECT 1 FROM order_line l
      WHERE l.shop_id = o.shop_id AND l.order_id = o.id AND l.product_tags IS NULL)
    ORDER BY o.id`;
  const granted = unread.filter(({ scopes }) => holdsScope(scopes, "read_products"));
  if (granted.length === 0 || !(await deps.rulesLookAtTags(tx, shopId))) return [];
  return granted.map(({ id }) => id);
}
