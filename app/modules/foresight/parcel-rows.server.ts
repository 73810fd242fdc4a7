import type { ShopTx } from "#app/lib/db.server.ts";
import type { ParcelRow } from "./parcel-row.ts";

/** Locks the parcels against recorders, in the order of their ids, and reads them. */
export async function lockParcels(tx: ShopTx, shopId: string, ids: readonly string[]): Promise<ParcelRow[]> {
  // Locked before they are read: whoever had to wait must see what the other one wrote.
  await tx.$queryRaw`
    SELECT s.id FROM shipment s WHERE s.shop_id = ${shopId} AND s.id = ANY (${[...ids]}::text[])
    ORDER BY s.id FOR NO KEY UPDATE`;
  return readParcels(tx, shopId, ids);
}

/** Parcels with their orders and what was foreseen before, as they stand now. */
export function readParcels(tx: ShopTx, shopId: string, ids: readonly string[]): Promise<ParcelRow[]> {
  return tx.$queryRaw<ParcelRow[]>`
    SELECT s.id, s.order_id AS "orderId", s.origin, s.lifecycle, s.stop_reason AS "stopReason",
      p.journey -> 'end' ->> 'kind' AS "endedAs", s.carrier, s.service, s.status,
      s.sub_status AS "subStatus", s.status_at AS "statusAt", s.estimated_delivery AS "estimatedDelivery",
      f.fulfilled_at AS "shippedAt", f.ship_from_id AS "shipFromId",
      f.ship_from_country AS "shipFromCountry", f.ship_from_province AS "shipFromProvince", f.ship_from_zip AS "shipFromZip", s.created_at AS "addedAt",
      (SELECT sum((l ->> 'quantity')::int)::int FROM jsonb_array_elements(f.lines) l) AS items,
      COALESCE(s.country_code, o.country_code) AS "countryCode", o.province_code AS "provinceCode", o.city,
      o.postal_code AS "postalCode", o.shipping_title AS "shippingTitle", o.promised_on AS "promisedOn",
      o.promise_source AS "promiseSource", o.unfulfilled_since AS "unfulfilledSince", h.timezone AS "shopZone", h.country_code AS "shopCountry",
      p.model_version AS version, c.clocks, c.learn_from AS "learnFrom", (p.shop_id IS NULL OR c.shop_id IS NOT NULL) AS learns,
      p.shown, p.troubles, p.first_said AS "firstSaid", p.warned_on AS "warnedOn", p.peak_late AS "peakLate",
      p.peak_label AS "peakLabel", p.peak_silence AS "peakSilence", p.peak_lost AS "peakLost",
      p.scored_at AS "scoredAt", p.created_at AS "createdAt"
    FROM shipment s
      JOIN fulfillment f ON f.shop_id = s.shop_id AND f.id = s.fulfillment_id
      JOIN orders o ON o.shop_id = s.shop_id AND o.id = s.order_id
      JOIN shop h ON h.id = s.shop_id
      LEFT JOIN parcel_forecast p ON p.shop_id = s.shop_id AND p.shipment_id = s.id
      LEFT JOIN parcel_clock c ON c.shop_id = s.shop_id AND c.shipment_id = s.id
    WHERE s.shop_id = ${shopId} AND s.id = ANY (${[...ids]}::text[])
    ORDER BY s.id`;
}
