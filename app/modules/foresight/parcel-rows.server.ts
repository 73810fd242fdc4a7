import type { ShopTx } from "#app/lib/db.server.ts";
import type { EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import type { ShopSettings } from "#app/modules/shops/settings.ts";
import type { Day } from "./civil-day.ts";
import { readDay } from "./civil-day.ts";
import type { FirstSaid, ForeseenBefore } from "./foresee-parcel.ts";
import { readShown, type Trouble } from "./forecast-view.ts";
import { zoneOfParcel } from "./local-moment.ts";
import { readClocks } from "./parcel-clocks.ts";
import { transitDays } from "./promise-rule.ts";
import { standardDaysOf } from "./published-standards.ts";
import type { StoredFacts } from "./stored-facts.ts";

/** A parcel with what its forecast needs, its row locked against recorders while it is computed. */
export interface ParcelRow {
  id: string;
  orderId: string;
  origin: string;
  lifecycle: string;
  stopReason: string | null;
  /** How its way had ended when it was forecast last; null when it had not. */
  endedAs: string | null;
  carrier: string | null;
  service: string | null;
  status: string;
  subStatus: string | null;
  statusAt: Date | null;
  estimatedDelivery: EstimatedDelivery | null;
  shippedAt: Date;
  items: number | null;
  countryCode: string | null;
  provinceCode: string | null;
  city: string | null;
  postalCode: string | null;
  shippingTitle: string | null;
  promisedOn: string | null;
  promiseSource: string | null;
  unfulfilledSince: Date | null;
  shopZone: string | null;
  shopCountry: string | null;
  version: string | null;
  clocks: unknown;
  learnFrom: Day | null;
  learns: boolean;
  shown: unknown;
  troubles: Trouble[] | null;
  firstSaid: FirstSaid | null;
  warnedOn: string | null;
  peakLate: number | null;
  scoredAt: Date | null;
  createdAt: Date | null;
}

/** Locks the parcels in the order of their ids and reads them with their orders and what was foreseen before. */
export async function lockParcels(tx: ShopTx, shopId: string, ids: readonly string[]): Promise<ParcelRow[]> {
  // Locked before they are read: whoever had to wait must see what the other one wrote.
  await tx.$queryRaw`
    SELECT s.id FROM shipment s WHERE s.shop_id = ${shopId} AND s.id = ANY (${[...ids]}::text[])
    ORDER BY s.id FOR NO KEY UPDATE`;
  return tx.$queryRaw<ParcelRow[]>`
    SELECT s.id, s.order_id AS "orderId", s.origin, s.lifecycle, s.stop_reason AS "stopReason",
      p.journey -> 'end' ->> 'kind' AS "endedAs", s.carrier, s.service, s.status,
      s.sub_status AS "subStatus", s.status_at AS "statusAt", s.estimated_delivery AS "estimatedDelivery",
      f.fulfilled_at AS "shippedAt",
      (SELECT sum((l ->> 'quantity')::int)::int FROM jsonb_array_elements(f.lines) l) AS items,
      COALESCE(s.country_code, o.country_code) AS "countryCode", o.province_code AS "provinceCode", o.city,
      o.postal_code AS "postalCode", o.shipping_title AS "shippingTitle", o.promised_on AS "promisedOn",
      o.promise_source AS "promiseSource", o.unfulfilled_since AS "unfulfilledSince", h.timezone AS "shopZone", h.country_code AS "shopCountry",
      p.model_version AS version, c.clocks, c.learn_from AS "learnFrom", (p.shop_id IS NULL OR c.shop_id IS NOT NULL) AS learns,
      p.shown, p.troubles, p.first_said AS "firstSaid", p.warned_on AS "warnedOn", p.peak_late AS "peakLate",
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

/** Without an answer nobody knows of a parcel but Shopify, which may still tell. */
const UNANSWERED: readonly (string | null)[] = ["no_account", "auth_failed", "not_supported"];

/** Whether somebody tells us about the parcel: the silence of one that nobody is asked about says nothing. */
export function isFollowed({ lifecycle, stopReason, status }: ParcelRow): boolean {
  if (lifecycle !== "active") return false;
  return stopReason === null || (UNANSWERED.includes(stopReason) && status !== "unknown");
}

/** What its forecast may depend on. */
export function storedFactsOf(row: ParcelRow, settings: ShopSettings): StoredFacts {
  const place = { country: row.countryCode, region: row.provinceCode };
  const { carrier, service, shopCountry, shippingTitle } = row;
  const lane = { carrier, origin: { country: shopCountry, region: null }, destination: place };
  const published = standardDaysOf({ ...lane, service: service ?? shippingTitle });
  return {
    carrier: row.carrier,
    service: row.service,
    origin: { country: row.shopCountry, region: null, zip: null },
    destination: { ...place, zip: row.postalCode?.slice(0, 5) ?? null },
    shipFrom: null,
    shippingOption: row.shippingTitle?.slice(0, 80) ?? null,
    items: row.items,
    standardDays: published ?? transitDays(settings.promise, { country: row.countryCode, shopCountry, shippingTitle }),
    // What a carrier says in the end is no forecast: of imported parcels nobody knows what it said when.
    carrierDay: row.origin === "import" ? null : carrierDayOf(row.estimatedDelivery),
    zone: zoneOfParcel(place, row.shopZone),
  };
}

/** What was foreseen before; `fallback` is the first day to learn from a parcel that is new. */
export function beforeOf(row: ParcelRow, fallback: Day): ForeseenBefore {
  return {
    clocks: readClocks(row.clocks ?? {}),
    learnFrom: row.learnFrom ?? fallback,
    shown: readShown(row.shown ?? null),
    troubles: row.troubles ?? [],
    firstSaid: row.firstSaid,
    warnedOn: row.warnedOn,
    peakLate: row.peakLate,
  };
}

/** The civil date of the carrier's own estimate; the end of a window. */
function carrierDayOf(estimate: EstimatedDelivery | null): Day | null {
  if (!estimate) return null;
  const text = "date" in estimate ? estimate.date : "at" in estimate ? estimate.at.local : estimate.to.local;
  const day = readDay(text);
  return Number.isNaN(day) ? null : day;
}
