import type { Day, LocalMoment } from "./civil-day.ts";

/** Where a parcel comes from or goes to. Null is "not known", and then that level of detail is left out. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  country: string | null;
  /** ISO 3166-2 without the country, or the carrier's own region word. */
  region: string | null;
  zip: string | null;
}

/** How far the scans say a parcel has come; the law of the remaining time is another one at each. */
export type Stage = "label" | "accepted" | "moving" | "customs" | "destination_hub" | "out_for_delivery" | "exception";

/** What is known of a parcel apart from its age: everything a forecast may depend on. No personal data. */
export interface ParcelFacts {
  carrier: string | null;
  service: string | null;
  stage: Stage;
  /** When the stage began, on the clock of the destination. */
  since: LocalMoment;
  origin: Place;
  destination: Place;
  /** Ship-from location (a Shopify location), or the seller. */
  shipFrom: string | null;
  distanceKm: number | null;
  /** The shipping option bought; where it has no name, the band of its price (`priceBand`). */
  shippingOption: string | null;
  /** Number of items in the parcel. */
  items: number | null;
  /** Published transit time of this carrier, service and zone, in working days. */
  standardDays: number | null;
  /** Its first day: a range is as wide as the carrier says. Null where only the last day is known. */
  standardFrom: number | null;
  /** Shares that were measured to arrive by an earlier day and by the last; null where nobody measured the service. */
  onTime: { early: readonly [day: number, share: number] | null; byLast: number } | null;
  /** The carrier's own date; what it is worth is learnt. */
  carrierDay: Day | null;
}

/**
 * How long a parcel has waited in its stage, at the beginning of a day. It is stored with the parcel: the network's pace
 * on past days cannot be told afterwards.
 */
export interface ParcelClock {
  /** Age in each view of the law, in "delivery days" since `facts.since`. */
  ages: readonly number[];
  /** Hazard it has lived through: `exp(-hazard)` is the share of such parcels that wait so long. */
  hazard: number;
}

/** A parcel whose stage begins now. */
export const NEWBORN: ParcelClock = { ages: [0, 0], hazard: 0 };

/** Price bands are even on a logarithmic scale: five to the e-fold. Any currency, but one per shop. */
export function priceBand(price: number): string {
  return `price${Math.floor(5 * Math.log(Math.max(0, price) + 3))}`;
}

/** Distance bands, three to the e-fold. */
export function distanceBand(km: number): number {
  return Math.floor(3 * Math.log(Math.max(0, km) + 20));
}
