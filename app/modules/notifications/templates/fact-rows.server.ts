import type { ShopTx } from "#app/lib/db.server.ts";
import type { FactSource, LineRow, ParcelRow } from "./compose-facts.ts";

/** What a message may be about: an order, and the parcel where it is about one. */
export interface FactSubject {
  orderId: string;
  /** Null for the order as a whole. */
  shipmentId: string | null;
}

/** What is read of an order for its messages. */
export interface OrderFactRow extends Omit<FactSource["order"], "placedAt"> {
  shopId: string;
  id: string;
  placedAt: Date;
  locale: string | null;
  emailMarketing: boolean;
  linkTokenSealed: string;
}

/** What is read of a parcel for messages about its order: everything but its dates, and what shoppers call its carrier. */
export interface ParcelFactRow extends Omit<ParcelRow, "carrierName" | "expected" | "promisedOn"> {
  carrier: string | null;
  companyName: string | null;
}

type ById<Value> = Map<string, Value>;

const MAX_PARCELS = 50;
const MAX_LINES = 250;

/** The orders with these ids that are there. */
export async function readOrderFacts(tx: ShopTx, shopId: string, ids: readonly string[]): Promise<ById<OrderFactRow>> {
  const rows = await tx.$queryRaw<OrderFactRow[]>`
    SELECT shop_id AS "shopId", id, name, placed_at AS "placedAt", currency, total_minor AS "totalMinor",
      shipping_title AS "shippingTitle", recipient_name AS "recipientName", city, province_code AS "provinceCode",
      postal_code AS "postalCode", country_code AS "countryCode", locale, email_marketing AS "emailMarketing",
      link_token_sealed AS "linkTokenSealed"
    FROM orders WHERE shop_id = ${shopId} AND id = ANY (${[...ids]}::text[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** What was bought, by order, in the order in which it stands there. */
export async function readLineFacts(tx: ShopTx, shopId: string, ids: readonly string[]): Promise<ById<LineRow[]>> {
  const rows = await tx.$queryRaw<(LineRow & { orderId: string })[]>`
    SELECT l.* FROM unnest(${[...ids]}::text[]) AS o (id) CROSS JOIN LATERAL (
      SELECT order_id AS "orderId", id, position, title, variant_title AS "variantTitle", sku, quantity,
        price_minor AS "priceMinor", image_url AS "imageUrl"
      FROM order_line WHERE shop_id = ${shopId} AND order_id = o.id ORDER BY position LIMIT ${MAX_LINES}::int) l
    ORDER BY l."orderId", l.position`;
  return grouped(rows, ({ orderId }) => orderId);
}

/** By `subjectKey`: the parcels of the order that still count, and the one that the message is about in any case; oldest first. */
export async function readParcelFacts(
  tx: ShopTx,
  shopId: string,
  subjects: readonly FactSubject[],
): Promise<ById<ParcelFactRow[]>> {
  const rows = await tx.$queryRaw<(ParcelFactRow & { aboutOrder: string; aboutParcel: string | null })[]>`
    SELECT w.order_id AS "aboutOrder", w.shipment_id AS "aboutParcel", p.*
    FROM unnest(${subjects.map(({ orderId }) => orderId)}::text[], ${subjects.map(({ shipmentId }) => shipmentId)}::text[])
      AS w (order_id, shipment_id) CROSS JOIN LATERAL (
      SELECT s.id, s.created_at, s.tracking_number AS "trackingNumber", s.carrier, s.company_name AS "companyName",
        s.service, s.status, s.sub_status AS "subStatus", s.delivered_local AS "deliveredLocal", f.lines,
        s.last_event ->> 'location' AS "lastPlace",
        (SELECT e.location FROM tracking_event e WHERE e.shop_id = s.shop_id AND e.shipment_id = s.id
          AND e.location IS NOT NULL ORDER BY e.sequence LIMIT 1) AS "firstPlace"
      FROM shipment s JOIN fulfillment f ON f.shop_id = s.shop_id AND f.id = s.fulfillment_id
      WHERE s.shop_id = ${shopId} AND s.order_id = w.order_id AND (s.lifecycle = 'active' OR s.id = w.shipment_id)
      ORDER BY s.created_at, s.id LIMIT ${MAX_PARCELS}::int) p
    ORDER BY p.created_at, p.id`;
  return grouped(rows, (row) => subjectKey({ orderId: row.aboutOrder, shipmentId: row.aboutParcel }));
}

/** What a subject is found by. */
export function subjectKey({ orderId, shipmentId }: FactSubject): string {
  return `${orderId}\n${shipmentId ?? ""}`;
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
