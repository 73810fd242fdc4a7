import { Prisma } from "#app/generated/prisma/client.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { type CutPage, cutPage, type IndexCursor, readCursor } from "#app/modules/shipments/index-cursor.ts";

/** An order that should have left by now. */
export interface UnshippedOrder {
  /** Shopify's gid. */
  orderId: string;
  name: string;
  recipientName: string | null;
  city: string | null;
  countryCode: string | null;
  placedAt: Date;
  /** The end of the last day on which shipping it was in time. */
  since: Date;
  promisedOn: string | null;
}

/** Those that wait longest first. */
export type UnshippedPage = CutPage<UnshippedOrder>;

export const UNSHIPPED_PAGE = 50;
/** Counting stops here, as it does for the tabs of the shipments. */
const COUNTED_TO = 10_000;

/** What has shipped or was cancelled a moment ago is no longer here, whenever foresight looks at the order again. */
const STILL_WAITING = Prisma.sql`o.unfulfilled_since IS NOT NULL AND o.cancelled_at IS NULL
  AND o.fulfillment_status IS DISTINCT FROM 'fulfilled' AND NOT EXISTS (SELECT 1 FROM fulfillment f
    WHERE f.shop_id = o.shop_id AND f.order_id = o.id AND f.status NOT IN ('cancelled', 'error', 'failure'))`;

/** How many orders wait, counted up to 10,000. */
export async function countUnshipped(tx: ShopTx, shopId: string): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM orders o WHERE o.shop_id = ${shopId} AND ${STILL_WAITING} LIMIT ${COUNTED_TO}) counted`;
  return rows[0]?.count ?? 0;
}

/** One page of the orders that were not shipped in time, from an index that holds no others. */
export async function readUnshipped(
  tx: ShopTx,
  { shopId, cursor: asked, limit = UNSHIPPED_PAGE }: { shopId: string; cursor?: string | undefined; limit?: number },
): Promise<UnshippedPage> {
  const cursor = readCursor(asked);
  const backwards = cursor?.direction === "before";
  const order = backwards ? Prisma.sql`o.unfulfilled_since DESC, o.id DESC` : Prisma.sql`o.unfulfilled_since, o.id`;
  const found = await tx.$queryRaw<UnshippedOrder[]>`
    SELECT o.id AS "orderId", o.name, o.recipient_name AS "recipientName", o.city, o.country_code AS "countryCode",
      o.placed_at AS "placedAt", o.unfulfilled_since AS since, o.promised_on AS "promisedOn"
    FROM orders o WHERE o.shop_id = ${shopId} AND ${STILL_WAITING} ${cursor ? beyond(cursor) : Prisma.empty}
    ORDER BY ${order} LIMIT ${limit + 1}`;
  return cutPage(found, cursor, {
    limit,
    placeOf: ({ since, orderId }) => ({ createdAt: since, id: orderId.slice(GID.length) }),
  });
}

/** A cursor names an order by the last part of its gid. */
const GID = "gid://shopify/Order/";

function beyond({ direction, createdAt, id }: IndexCursor): Prisma.Sql {
  const place = Prisma.sql`(${createdAt.toISOString()}::timestamptz, ${GID + id})`;
  return direction === "before"
    ? Prisma.sql`AND (o.unfulfilled_since, o.id) < ${place}`
    : Prisma.sql`AND (o.unfulfilled_since, o.id) > ${place}`;
}
