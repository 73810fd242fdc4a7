import { z } from "zod";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { Money } from "#app/lib/money.ts";
import { orderNamesOf } from "./order-name.ts";

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

export interface OrderReference {
  orderId: string;
  linkExpiresAt: Date;
}

/**
 * The order a shopper means: number as typed ("#1042", "1042", "EU-1042") and e-mail must both fit. One query whether it
 * is found or not, so that a wrong address cannot be told from an unknown number.
 */
export async function orderForLookup(
  tx: ShopTx,
  { lookupName, email }: { lookupName: string; email: string },
): Promise<OrderReference | null> {
  const shop = await tx.shop.findFirst({ select: { id: true, orderPrefix: true } });
  if (!shop) return null;
  const row = await tx.order.findFirst({
    where: {
      shopId: shop.id,
      lookupName: { in: orderNamesOf(lookupName, shop.orderPrefix) },
      email: email.trim().toLowerCase(),
    },
    orderBy: [{ placedAt: "desc" }, { id: "asc" }],
    select: { id: true, linkExpiresAt: true },
  });
  return row && { orderId: row.id, linkExpiresAt: row.linkExpiresAt };
}

/** The order of a tracking link, by the hash of its token (`hashLinkToken`). The caller decides what expiry means. */
export async function orderByLinkToken(tx: ShopTx, hash: string): Promise<OrderReference | null> {
  const row = await tx.order.findFirst({
    where: { linkTokenHash: hash },
    select: { id: true, linkExpiresAt: true },
  });
  return row && { orderId: row.id, linkExpiresAt: row.linkExpiresAt };
}

export interface OrderSummary {
  id: string;
  name: string;
  placedAt: Date;
  cancelledAt: Date | null;
  redactedAt: Date | null;
  locale: string | null;
  email: string | null;
  total: Money;
  fulfillmentStatus: string | null;
  requiresShipping: boolean;
  recipientName: string | null;
  city: string | null;
  provinceCode: string | null;
  countryCode: string | null;
  linkTokenSealed: string;
  linkExpiresAt: Date;
  /** All lines ever ordered; `quantity` is 0 for what was taken out of the order. */
  lines: OrderSummaryLine[];
  fulfillments: OrderSummaryFulfillment[];
}

export interface OrderSummaryLine {
  id: string;
  title: string;
  variantTitle: string | null;
  quantity: number;
  imageUrl: string | null;
  requiresShipping: boolean;
}

export interface OrderSummaryFulfillment {
  id: string;
  name: string | null;
  status: string;
  nativeStatus: string | null;
  estimatedDeliveryAt: Date | null;
  fulfilledAt: Date;
  lines: { lineId: string; quantity: number }[];
}

const storedLines = z.array(z.object({ lineId: z.string(), quantity: z.number() })).catch([]);

/** One order with its lines and fulfillments; the parcels are asked from shipments. Null when it is not this shop's. */
export async function orderSummary(tx: ShopTx, orderId: string): Promise<OrderSummary | null> {
  const row = await tx.order.findFirst({
    where: { id: orderId },
    include: {
      lines: { orderBy: [{ position: "asc" }, { id: "asc" }] },
      fulfillments: { orderBy: [{ fulfilledAt: "asc" }, { id: "asc" }] },
    },
  });
  if (!row) return null;
  const { currency, totalMinor, lines, fulfillments, ...order } = row;
  return {
    ...order,
    total: { minor: totalMinor, currency },
    lines: lines.map(({ id, title, variantTitle, quantity, imageUrl, requiresShipping }) => {
      return { id, title, variantTitle, quantity, imageUrl, requiresShipping };
    }),
    fulfillments: fulfillments.map(({ lines: stored, ...one }) => ({ ...one, lines: storedLines.parse(stored) })),
  };
}
