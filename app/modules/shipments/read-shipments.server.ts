import { Prisma } from "#app/generated/prisma/client.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import { endOfPrefix, readCursor, searchTerms, type ShipmentQuery, writeCursor } from "./shipment-query.ts";

export interface ShipmentListItem {
  id: string;
  orderId: string;
  orderName: string;
  trackingNumber: string;
  carrier: string | null;
  companyName: string | null;
  countryCode: string | null;
  lifecycle: string;
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  statusSince: Date;
  lastEventAt: Date | null;
  lastEvent: unknown;
  estimatedDelivery: unknown;
  flags: string[];
  stopReason: string | null;
  checkProblem: unknown;
  createdAt: Date;
}

export interface ShipmentPage {
  items: ShipmentListItem[];
  /** Cursors of the neighbouring pages; null at the ends. */
  next: string | null;
  previous: string | null;
}

/** Parcels that a search looks at, at most: enough to page through, few enough to stay quick. */
const MAX_HITS = 500;

/** One page of the shop's parcels, newest first, by keyset: as quick on the last page as on the first. Removed ones are left out. */
export async function listShipments(tx: ShopTx, shopId: string, query: ShipmentQuery): Promise<ShipmentPage> {
  const cursor = readCursor(query.cursor);
  const backwards = cursor?.direction === "before";
  const conditions = [
    Prisma.sql`s.shop_id = ${shopId}`,
    Prisma.sql`s.lifecycle <> 'removed'`,
    ...filters(shopId, query),
  ];
  if (cursor) {
    const position = Prisma.sql`(${cursor.createdAt.toISOString()}::timestamptz, ${cursor.id})`;
    conditions.push(
      backwards ? Prisma.sql`(s.created_at, s.id) > ${position}` : Prisma.sql`(s.created_at, s.id) < ${position}`,
    );
  }
  const order = backwards ? Prisma.sql`s.created_at, s.id` : Prisma.sql`s.created_at DESC, s.id DESC`;
  const found = await tx.$queryRaw<ShipmentListItem[]>`
    SELECT s.id, s.order_id AS "orderId", o.name AS "orderName", s.tracking_number AS "trackingNumber", s.carrier,
      s.company_name AS "companyName", s.country_code AS "countryCode", s.lifecycle, s.status,
      s.sub_status AS "subStatus", s.status_since AS "statusSince", s.last_event_at AS "lastEventAt",
      s.last_event AS "lastEvent", s.estimated_delivery AS "estimatedDelivery", s.flags, s.stop_reason AS "stopReason",
      s.check_problem AS "checkProblem", s.created_at AS "createdAt"
    FROM (
      SELECT * FROM shipment s WHERE ${Prisma.join(conditions, " AND ")} ORDER BY ${order} LIMIT ${query.limit + 1}
    ) s JOIN orders o ON o.shop_id = s.shop_id AND o.id = s.order_id
    ORDER BY ${order}`;
  const more = found.length > query.limit;
  const items = more ? found.slice(0, query.limit) : found;
  if (backwards) items.reverse();
  return {
    items,
    next: backwards || more ? cursorAt(items.at(-1), "after") : null,
    previous: (backwards ? more : cursor !== null) ? cursorAt(items.at(0), "before") : null,
  };
}

function cursorAt(item: ShipmentListItem | undefined, direction: "after" | "before"): string | null {
  return item ? writeCursor({ direction, createdAt: item.createdAt, id: item.id }) : null;
}

function filters(shopId: string, query: ShipmentQuery): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (query.status) conditions.push(Prisma.sql`s.status = ${query.status}`);
  if (query.carrier) conditions.push(Prisma.sql`s.carrier = ${query.carrier}`);
  if (query.country) conditions.push(Prisma.sql`s.country_code = ${query.country}`);
  if (query.flag) conditions.push(Prisma.sql`${query.flag} = ANY (s.flags)`);
  if (query.from) conditions.push(Prisma.sql`s.created_at >= ${`${query.from}T00:00:00Z`}::timestamptz`);
  if (query.to) conditions.push(Prisma.sql`s.created_at < ${`${query.to}T00:00:00Z`}::timestamptz + interval '1 day'`);
  if (query.search) conditions.push(Prisma.sql`s.id IN (${hits(shopId, query.search)})`);
  return conditions;
}

/**
 * Parcels whose number, order or buyer begins with the text, from three indexes. The ranges are written out: under
 * row-level security PostgreSQL does not use an index for LIKE, because LIKE is not leakproof.
 */
function hits(shopId: string, search: string): Prisma.Sql {
  const terms = searchTerms(search);
  const parts: Prisma.Sql[] = [Prisma.sql`(SELECT NULL::text WHERE false)`];
  if (terms.trackingNumber !== null) {
    parts.push(Prisma.sql`(SELECT t.id FROM shipment t WHERE t.shop_id = ${shopId}
      AND ${prefixRange(Prisma.sql`t.tracking_number`, terms.trackingNumber)} LIMIT ${MAX_HITS})`);
  }
  if (terms.orderName !== null) parts.push(ofOrders(shopId, prefixRange(Prisma.sql`o.lookup_name`, terms.orderName)));
  if (terms.email !== null) parts.push(ofOrders(shopId, prefixRange(Prisma.sql`o.email`, terms.email)));
  return Prisma.join(parts, " UNION ");
}

function ofOrders(shopId: string, range: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT t.id FROM
    (SELECT o.id FROM orders o WHERE o.shop_id = ${shopId} AND ${range} LIMIT ${MAX_HITS}) found
    JOIN shipment t ON t.shop_id = ${shopId} AND t.order_id = found.id LIMIT ${MAX_HITS})`;
}

function prefixRange(column: Prisma.Sql, prefix: string): Prisma.Sql {
  return Prisma.sql`${column} ~>=~ ${prefix} AND ${column} ~<~ ${endOfPrefix(prefix)}`;
}

/** How many parcels are in each state; removed ones are left out. */
export async function statusCounts(tx: ShopTx, shopId: string): Promise<Map<ShipmentStatus, number>> {
  const rows = await tx.$queryRaw<{ status: ShipmentStatus; count: number }[]>`
    SELECT status, count(*)::int AS count FROM shipment
    WHERE shop_id = ${shopId} AND lifecycle <> 'removed' GROUP BY status`;
  return new Map(rows.map(({ status, count }) => [status, count]));
}
