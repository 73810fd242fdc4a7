import type { ShopTx } from "#app/lib/db.server.ts";

const COUNTED_TO = 1_000;
const HISTORY_DAYS = 60;
const DAY = 86_400_000;

export interface OrderToActOn {
  orderId: string;
  name: string;
  placedAt: Date;
}

export interface OrdersToActOn {
  /** Counted up to 1,000. */
  count: number;
  /** The oldest first. */
  orders: OrderToActOn[];
}

interface ActionWindow {
  shopId: string;
  now: Date;
  /** Younger ones are still in time. */
  olderThanDays: number;
  limit: number;
}

/** Orders of the last 60 days that should have been shipped by now: paid or not, but neither shipped nor cancelled. */
export async function ordersWithoutFulfillment(tx: ShopTx, window: ActionWindow): Promise<OrdersToActOn> {
  const { shopId, since, before } = bounds(window);
  const rows = await tx.$queryRaw<(OrderToActOn & { total: bigint })[]>`
    WITH waiting AS (
      SELECT o.id, o.name, o.placed_at FROM orders o
      WHERE o.shop_id = ${shopId} AND o.placed_at >= ${since} AND o.placed_at < ${before} AND o.cancelled_at IS NULL
        AND o.requires_shipping AND o.fulfillment_status IS NULL AND NOT EXISTS (
          SELECT 1 FROM fulfillment f WHERE f.shop_id = o.shop_id AND f.order_id = o.id AND f.status <> 'cancelled')
      ORDER BY o.placed_at DESC LIMIT ${COUNTED_TO})
    SELECT id AS "orderId", name, placed_at AS "placedAt", count(*) OVER () AS total FROM waiting
    ORDER BY placed_at, id LIMIT ${window.limit}`;
  return toActOn(rows);
}

/** Orders with something shipped that nobody can follow: a fulfillment without a tracking number. */
export async function ordersWithoutTracking(tx: ShopTx, window: ActionWindow): Promise<OrdersToActOn> {
  const { shopId, since, before } = bounds(window);
  const rows = await tx.$queryRaw<(OrderToActOn & { total: bigint })[]>`
    WITH blind AS (
      SELECT o.id, o.name, o.placed_at FROM orders o
      WHERE o.shop_id = ${shopId} AND o.placed_at >= ${since} AND o.cancelled_at IS NULL AND EXISTS (
        SELECT 1 FROM fulfillment f
        WHERE f.shop_id = o.shop_id AND f.order_id = o.id AND f.status = 'success' AND f.fulfilled_at < ${before}
          AND f.native_status IS DISTINCT FROM 'delivered' AND NOT EXISTS (
            SELECT 1 FROM shipment s
            WHERE s.shop_id = f.shop_id AND s.fulfillment_id = f.id AND s.lifecycle = 'active'))
      ORDER BY o.placed_at DESC LIMIT ${COUNTED_TO})
    SELECT id AS "orderId", name, placed_at AS "placedAt", count(*) OVER () AS total FROM blind
    ORDER BY placed_at, id LIMIT ${window.limit}`;
  return toActOn(rows);
}

function bounds({ shopId, now, olderThanDays }: ActionWindow) {
  const since = new Date(now.getTime() - HISTORY_DAYS * DAY);
  return { shopId, since, before: new Date(now.getTime() - olderThanDays * DAY) };
}

function toActOn(rows: readonly (OrderToActOn & { total: bigint })[]): OrdersToActOn {
  const orders = rows.map(({ orderId, name, placedAt }) => ({ orderId, name, placedAt }));
  return { count: Number(rows[0]?.total ?? 0n), orders };
}
