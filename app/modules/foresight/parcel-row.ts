import type { EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import type { ShopSettings } from "#app/modules/shops/settings.ts";
import { type Day, readDay } from "./civil-day.ts";
import type { FirstSaid, ForeseenBefore } from "./foresee-parcel.ts";
import { readShown, type Trouble } from "./forecast-view.ts";
import { zoneOfParcel } from "./local-moment.ts";
import { readClocks } from "./parcel-clocks.ts";
import { transitDays } from "./promise-rule.ts";
import { publishedTime } from "./published-standards.ts";
import type { Place } from "./parcel-facts.ts";
import type { StoredFacts } from "./stored-facts.ts";

/** A parcel with what its forecast needs. */
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
  /** When we came to know of it. */
  addedAt: Date;
  items: number | null;
  countryCode: string | null;
  provinceCode: string | null;
  city: string | null;
  postalCode: string | null;
  shippingTitle: string | null;
  promisedOn: string | null;
  promiseSource: string | null;
  unfulfilledSince: Date | null;
  /** The location it left from; null while nobody said. */
  shipFromId: string | null;
  shipFromCountry: string | null;
  shipFromProvince: string | null;
  shipFromZip: string | null;
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
  peakLabel: number | null;
  peakSilence: number | null;
  peakLost: number | null;
  scoredAt: Date | null;
  createdAt: Date | null;
}

/** Without an answer nobody knows of a parcel but Shopify, which may still tell. */
const UNANSWERED: readonly string[] = ["no_account", "auth_failed", "not_supported"];

/** Whether nobody can be asked, as opposed to nobody having to be asked any more. */
export const isUnanswered = (stopReason: string | null): boolean =>
  stopReason !== null && UNANSWERED.includes(stopReason);

/** Whether somebody tells us about the parcel: the silence of one that nobody is asked about says nothing. */
export function isFollowed({ lifecycle, stopReason, status }: ParcelRow): boolean {
  if (lifecycle !== "active") return false;
  return stopReason === null || (isUnanswered(stopReason) && status !== "unknown");
}

/** A shop promises what holds nearly always: who says "ten days" may deliver in three and a half. Judgement, not data. */
const EARLY_FOR_A_PROMISE = 1 / 3;

/** What its forecast may depend on. */
export function storedFactsOf(row: ParcelRow, settings: ShopSettings): StoredFacts {
  const place = { country: row.countryCode, region: row.provinceCode };
  const { carrier, service, shopCountry, shippingTitle } = row;
  const origin = originOf(row);
  const lane = { carrier, origin, destination: place };
  const published = publishedTime({ ...lane, service: service ?? shippingTitle });
  const promised = transitDays(settings.promise, { country: row.countryCode, shopCountry, shippingTitle });
  const [standardFrom, standardDays] = published?.days ?? [promised * EARLY_FOR_A_PROMISE, promised];
  return {
    carrier: row.carrier,
    service: row.service,
    origin,
    destination: { ...place, zip: row.postalCode?.slice(0, 5) ?? null },
    shipFrom: row.shipFromId,
    shippingOption: row.shippingTitle?.slice(0, 80) ?? null,
    items: row.items,
    ...{ standardDays, standardFrom, onTime: published?.onTime ?? null },
    // What a carrier says in the end is no forecast: of imported parcels nobody knows what it said when.
    carrierDay: row.origin === "import" ? null : carrierDayOf(row.estimatedDelivery),
    zone: zoneOfParcel(place, row.shopZone),
  };
}

/** Where it left from; a parcel of which nobody said left from the shop's own country. */
function originOf({ shipFromCountry, shipFromProvince, shipFromZip, shopCountry }: ParcelRow): Place {
  if (shipFromCountry === null) return { country: shopCountry, region: null, zip: null };
  return { country: shipFromCountry, region: shipFromProvince, zip: shipFromZip?.slice(0, 5) ?? null };
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
    peaks: { peakLabel: row.peakLabel, peakSilence: row.peakSilence, peakLost: row.peakLost },
  };
}

/** The civil date of the carrier's own estimate; the end of a window. */
function carrierDayOf(estimate: EstimatedDelivery | null): Day | null {
  if (!estimate) return null;
  const text = "date" in estimate ? estimate.date : "at" in estimate ? estimate.at.local : estimate.to.local;
  const day = readDay(text);
  return Number.isNaN(day) ? null : day;
}
