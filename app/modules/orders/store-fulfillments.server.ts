import { Prisma } from "#app/generated/prisma/client.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { shipFromKey } from "./ship-from.ts";
import type { FulfillmentSnapshot, Origin } from "./snapshot.ts";

export interface FulfillmentToStore {
  snapshot: FulfillmentSnapshot;
  origin: Origin;
}

export interface StoredFulfillment {
  id: string;
  orderId: string;
  nativeStatus: string | null;
  origin: Origin;
  sourceUpdatedAt: Date;
}

/** What is stored of these fulfillments; their orders must be locked, which makes it hold until the end. */
export async function storedFulfillments(
  tx: ShopTx,
  shopId: string,
  ids: readonly string[],
): Promise<Map<string, StoredFulfillment>> {
  const rows = await tx.fulfillment.findMany({
    where: { shopId, id: { in: [...ids] } },
    select: { id: true, orderId: true, nativeStatus: true, origin: true, sourceUpdatedAt: true },
  });
  return new Map(rows.map((row) => [row.id, { ...row, origin: row.origin === "live" ? "live" : "import" }]));
}

/**
 * Writes the fulfillments in one statement, touching only rows that change; what a source does not carry (lines, the
 * native delivery time, the estimate, where it left from) stays. Returns the ids of the rows that were made or changed.
 */
export async function storeFulfillments(
  tx: ShopTx,
  { shopId, now, fulfillments }: { shopId: string; now: Date; fulfillments: readonly FulfillmentToStore[] },
): Promise<string[]> {
  if (fulfillments.length === 0) return [];
  const rows = JSON.stringify(fulfillments.map(toRow));
  const changed = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO fulfillment AS f (shop_id, id, order_id, name, status, native_status, native_delivered_at,
      estimated_delivery_at, ship_from_id, ship_from_country, ship_from_province, ship_from_zip, ship_from_source, lines,
      origin, fulfilled_at, source_updated_at, created_at, updated_at)
    SELECT ${shopId}, r.id, r.order_id, r.name, r.status, r.native_status, r.native_delivered_at, r.estimated_delivery_at,
      r.ship_from_id, r.ship_from_country, r.ship_from_province, r.ship_from_zip, r.ship_from_source, r.lines, r.origin,
      r.fulfilled_at, r.source_updated_at, ${now}, ${now}
    FROM jsonb_to_recordset(${rows}::jsonb) AS r (id text, order_id text, name text, status text, native_status text,
      native_delivered_at timestamptz, estimated_delivery_at timestamptz, ship_from_id text, ship_from_country text,
      ship_from_province text, ship_from_zip text, ship_from_source text, lines jsonb, origin text,
      fulfilled_at timestamptz, source_updated_at timestamptz)
    ORDER BY r.id
    ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, status = excluded.status,
      native_status = excluded.native_status,
      native_delivered_at = COALESCE(excluded.native_delivered_at, f.native_delivered_at),
      estimated_delivery_at = COALESCE(excluded.estimated_delivery_at, f.estimated_delivery_at),
      (ship_from_id, ship_from_country, ship_from_province, ship_from_zip, ship_from_source) = ${SHIP_FROM},
      lines = CASE WHEN excluded.lines = '[]'::jsonb THEN f.lines ELSE excluded.lines END,
      source_updated_at = excluded.source_updated_at, updated_at = ${now}
    WHERE excluded.source_updated_at >= f.source_updated_at AND excluded.order_id = f.order_id AND (
      f.name, f.status, f.native_status, f.native_delivered_at, f.estimated_delivery_at, f.lines, f.source_updated_at,
      f.ship_from_id, f.ship_from_country, f.ship_from_province, f.ship_from_zip, f.ship_from_source
    ) IS DISTINCT FROM (
      excluded.name, excluded.status, excluded.native_status,
      COALESCE(excluded.native_delivered_at, f.native_delivered_at),
      COALESCE(excluded.estimated_delivery_at, f.estimated_delivery_at),
      CASE WHEN excluded.lines = '[]'::jsonb THEN f.lines ELSE excluded.lines END, excluded.source_updated_at,
      ${SHIP_FROM_COLUMNS})
    RETURNING f.id`;
  return changed.map((row) => row.id);
}

/** All or none: a source that says nothing of where it left from changes nothing, nor does a location an own address. */
const SHIP_FROM_COLUMNS = Prisma.join(
  ["ship_from_id", "ship_from_country", "ship_from_province", "ship_from_zip", "ship_from_source"].map((name) => {
    const [column, said] = [Prisma.raw(`f.${name}`), Prisma.raw(`excluded.${name}`)];
    return Prisma.sql`CASE WHEN excluded.ship_from_id IS NULL
      OR (f.ship_from_source = 'origin' AND excluded.ship_from_source = 'location') THEN ${column} ELSE ${said} END`;
  }),
);
const SHIP_FROM = Prisma.sql`(${SHIP_FROM_COLUMNS})`;

/** In the order of the record's columns above. */
function toRow({ snapshot, origin }: FulfillmentToStore) {
  return {
    id: snapshot.id,
    order_id: snapshot.orderId,
    name: snapshot.name,
    status: snapshot.status,
    native_status: snapshot.nativeStatus,
    native_delivered_at: snapshot.nativeDeliveredAt,
    estimated_delivery_at: snapshot.estimatedDeliveryAt,
    ship_from_id: snapshot.shipFrom && shipFromKey(snapshot.shipFrom),
    ship_from_country: snapshot.shipFrom?.countryCode ?? null,
    ship_from_province: snapshot.shipFrom?.provinceCode ?? null,
    ship_from_zip: snapshot.shipFrom?.postalCode ?? null,
    ship_from_source: snapshot.shipFrom?.source ?? null,
    lines: snapshot.lines,
    origin,
    fulfilled_at: snapshot.createdAt,
    source_updated_at: snapshot.updatedAt,
  };
}
