import { Prisma } from "#app/generated/prisma/client.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import { indexConditions, type IndexScope, inTrouble, troubledElsewhere } from "./index-conditions.server.ts";
import { type CutPage, cutPage, readCursor } from "./index-cursor.ts";
import { type IndexQuery, TAB_STATUSES } from "./index-query.ts";

/** A parcel as the merchant's list shows it. */
export interface IndexRow {
  id: string;
  orderId: string;
  orderName: string;
  recipientName: string | null;
  trackingNumber: string;
  carrier: string | null;
  companyName: string | null;
  city: string | null;
  countryCode: string | null;
  lifecycle: string;
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  statusSince: Date;
  lastEvent: { description: string | null; location: string | null } | null;
  estimatedDelivery: EstimatedDelivery | null;
  /** What shoppers are shown, and what is wrong now: foresight's; null and empty while nothing is forecast. */
  shown: { on: string; from?: string } | null;
  troubleKinds: string[];
  lateProbability: number | null;
  flags: string[];
  stopReason: string | null;
  createdAt: Date;
}

export type IndexPage = CutPage<IndexRow>;

const PAGE = 50;

/** One page of the list, newest first, by keyset: as quick on the last page as on the first. Removed parcels are left out. */
export async function readIndexPage(tx: ShopTx, scope: IndexScope, query: IndexQuery): Promise<IndexPage> {
  const cursor = readCursor(query.cursor);
  const backwards = cursor?.direction === "before";
  const conditions = indexConditions(scope, query);
  if (cursor) {
    const position = Prisma.sql`(${cursor.createdAt.toISOString()}::timestamptz, ${cursor.id})`;
    conditions.push(
      backwards ? Prisma.sql`(s.created_at, s.id) > ${position}` : Prisma.sql`(s.created_at, s.id) < ${position}`,
    );
  }
  const order = backwards ? Prisma.sql`s.created_at, s.id` : Prisma.sql`s.created_at DESC, s.id DESC`;
  const found = await tx.$queryRaw<IndexRow[]>`
    SELECT s.id, s.order_id AS "orderId", o.name AS "orderName", o.recipient_name AS "recipientName",
      s.tracking_number AS "trackingNumber", s.carrier, s.company_name AS "companyName", o.city,
      s.country_code AS "countryCode", s.lifecycle, s.status, s.sub_status AS "subStatus",
      s.status_since AS "statusSince", s.last_event AS "lastEvent", s.estimated_delivery AS "estimatedDelivery",
      s.flags, s.stop_reason AS "stopReason", s.created_at AS "createdAt", p.shown,
      COALESCE(p.trouble_kinds, '{}') AS "troubleKinds", p.late_probability AS "lateProbability"
    FROM (${pageOf(scope.shopId, query, { conditions, order })}) s
    JOIN orders o ON o.shop_id = s.shop_id AND o.id = s.order_id
    LEFT JOIN parcel_forecast p ON p.shop_id = s.shop_id AND p.shipment_id = s.id ORDER BY ${order}`;
  return cutPage(found, cursor, { limit: PAGE, placeOf: ({ createdAt, id }) => ({ createdAt, id }) });
}

interface PagePlan {
  conditions: Prisma.Sql[];
  order: Prisma.Sql;
}

/**
 * One ordered index range per status of the tab, merged: a tab of three statuses costs three short reads, never a sort.
 * Parcels in trouble are few and come from an index of their own, which is sorted.
 */
function pageOf(shopId: string, query: IndexQuery, { conditions, order }: PagePlan): Prisma.Sql {
  const limited = (extra: readonly Prisma.Sql[]) => Prisma.sql`
    (SELECT * FROM shipment s WHERE ${Prisma.join([...extra, ...conditions], " AND ")} ORDER BY ${order} LIMIT ${PAGE + 1})`;
  if (query.tab === "all") return limited([]);
  if (query.tab === "risk") return limited([inTrouble(shopId)]);
  const ranges = TAB_STATUSES[query.tab].map((status) => limited([Prisma.sql`s.status = ${status}`]));
  if (query.tab === "attention") ranges.push(limited([troubledElsewhere(shopId)]));
  return Prisma.sql`SELECT * FROM (${Prisma.join(ranges, " UNION ALL ")}) s ORDER BY ${order} LIMIT ${PAGE + 1}`;
}
