import { enqueueAll } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { holdsScope } from "#app/modules/shops/holds-scope.ts";
import type { ApplyDeps } from "./orders-deps.ts";

/** How long the messages of an order wait for the answer to a question about it. */
const ANSWER_MS = 30_000;

interface News {
  shopId: string;
  /** What the shop has granted. */
  scopes: readonly string[];
  orderIds: readonly string[];
}

/**
 * Has the messages of new and changed orders decided. Of products and customers a webhook tells no tags. Reconciliation
 * reads them within minutes, in pages, which is soon enough unless the published rules look at tags: then the order is
 * fetched at once, and its messages are decided a little later, in case they come to the same moment. That is one query
 * per change of an order that has not been read yet, in shops with such a rule alone. A draft needs none: it decides
 * nothing, and is rehearsed on orders that have long been read.
 */
export async function announceOrders(tx: ShopTx, deps: ApplyDeps, news: News): Promise<void> {
  const { shopId, orderIds } = news;
  const fetched = new Set(await ordersToFetch(tx, deps, news));
  const to = { queue: deps.queue, tx };
  const payloads = orderIds.map((orderId) => ({ shopId, orderId }));
  const waiting = payloads.filter(({ orderId }) => fetched.has(orderId));
  const ready = payloads.filter(({ orderId }) => !fetched.has(orderId));
  const startAfter = new Date(deps.clock.now().getTime() + ANSWER_MS);
  await enqueueAll(to, "orders.refresh", waiting);
  await enqueueAll(to, "notifications.decide", waiting, { startAfter });
  await enqueueAll(to, "notifications.decide", ready);
}

/** Those with lines whose products were never read, if the shop lets us and somebody wants to know. */
async function ordersToFetch(tx: ShopTx, deps: ApplyDeps, { shopId, scopes, orderIds }: News): Promise<string[]> {
  if (orderIds.length === 0 || !holdsScope(scopes, "read_products")) return [];
  if (!(await deps.rulesLookAtTags(tx, shopId))) return [];
  const unread = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT order_id AS id FROM order_line
    WHERE shop_id = ${shopId} AND order_id = ANY (${[...orderIds]}::text[]) AND product_tags IS NULL
    ORDER BY order_id`;
  return unread.map(({ id }) => id);
}
