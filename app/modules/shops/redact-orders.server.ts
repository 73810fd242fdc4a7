import { randomToken, sha256 } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { RedactionCounts } from "./redaction-counts.ts";
import { redactMessages } from "./redact-messages.server.ts";

/**
 * Takes the person out of orders: name, contact, address, message texts and recipients, the carriers' free texts (which
 * name who signed), and the tracking links. Totals, dates, statuses and countries stay: no figure changes.
 */
export async function redactOrders(
  tx: ShopTx,
  { shopId, orderIds, now }: { shopId: string; orderIds: readonly string[]; now: Date },
): Promise<RedactionCounts> {
  if (orderIds.length === 0) return {};
  const shipments = await tx.shipment.findMany({
    where: { shopId, orderId: { in: [...orderIds] } },
    select: { id: true },
  });
  const fulfillments = await tx.fulfillment.findMany({
    where: { shopId, orderId: { in: [...orderIds] } },
    select: { id: true },
  });
  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
  const scope = {
    ...{ shopId, now, orderIds: [...orderIds] },
    ...{ shipmentIds: idsOf(shipments), fulfillmentIds: idsOf(fulfillments) },
  };
  return {
    orders: await redactOrderRows(tx, scope),
    shipments: await redactShipmentRows(tx, scope),
    forecasts: await redactForecastRows(tx, scope),
    trackingEvents: await redactEventRows(tx, scope),
    notifications: await redactMessages(tx, scope),
    effects: await redactEffectRows(tx, scope),
  };
}

interface Scope {
  shopId: string;
  orderIds: string[];
  shipmentIds: string[];
  fulfillmentIds: string[];
  now: Date;
}

async function redactOrderRows(tx: ShopTx, { shopId, orderIds, now }: Scope): Promise<number> {
  // A new random hash per row: the old link leads nowhere, and the key stays unique.
  const hashes = orderIds.map(() => sha256(randomToken()));
  return tx.$executeRaw`
    UPDATE orders o SET customer_id = NULL, email = NULL, phone = NULL, address_phone = NULL, locale = NULL, recipient_name = NULL,
      city = NULL, province_code = NULL, postal_code = NULL, confirmation_number = NULL, checkout_token = NULL,
      tags = '{}', customer_tags = '{}', email_marketing = false, sms_marketing = false, link_token_hash = r.hash, link_token_sealed = '', link_expires_at = ${now},
      ship_review_at = NULL, unfulfilled_since = NULL, redacted_at = ${now}, updated_at = ${now}
    FROM unnest(${orderIds}::text[], ${hashes}::text[]) AS r (id, hash)
    WHERE o.shop_id = ${shopId} AND o.id = r.id`;
}

/** Carriers put postcodes and telephone numbers into tracking addresses. */
async function redactShipmentRows(tx: ShopTx, { shopId, shipmentIds, now }: Scope): Promise<number> {
  return tx.$executeRaw`
    UPDATE shipment SET tracking_url = NULL, check_problem = NULL, updated_at = ${now},
      last_event = last_event - '{description,location,raw}'::text[]
    WHERE shop_id = ${shopId} AND id = ANY (${shipmentIds}::text[])`;
}

/** Of the destination the country stays: with the days it is no trace of a person. */
async function redactForecastRows(tx: ShopTx, { shopId, shipmentIds, now }: Scope): Promise<number> {
  await tx.parcelClock.deleteMany({ where: { shopId, shipmentId: { in: shipmentIds } } });
  return tx.$executeRaw`
    UPDATE parcel_forecast SET updated_at = ${now}, review_at = NULL,
      facts = jsonb_set(jsonb_set(facts, '{destination,zip}', 'null'), '{destination,region}', 'null')
    WHERE shop_id = ${shopId} AND shipment_id = ANY (${shipmentIds}::text[])`;
}

async function redactEventRows(tx: ShopTx, { shopId, shipmentIds }: Scope): Promise<number> {
  const { count } = await tx.trackingEvent.updateMany({
    where: { shopId, shipmentId: { in: shipmentIds } },
    // The database's null: Prisma's own null for JSON columns would be the JSON value null.
    data: { description: null, location: null },
  });
  await tx.$executeRaw`
    UPDATE tracking_event SET raw = NULL WHERE shop_id = ${shopId} AND shipment_id = ANY (${shipmentIds}::text[])`;
  return count;
}

async function redactEffectRows(tx: ShopTx, scope: Scope): Promise<number> {
  const { shopId, orderIds, shipmentIds, fulfillmentIds, now } = scope;
  return tx.$executeRaw`
    UPDATE effect SET payload = '{}', outcome = CASE WHEN state = 'queued' THEN 'redacted' ELSE NULL END,
      state = CASE WHEN state = 'queued' THEN 'skipped' ELSE state END, updated_at = ${now}
    WHERE shop_id = ${shopId} AND subject_id = ANY (${[...orderIds, ...shipmentIds, ...fulfillmentIds]}::text[])`;
}
