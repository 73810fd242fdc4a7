import type { Day } from "./civil-day.ts";
import type { JourneyStep } from "./journey.ts";
import type { ParcelFacts, Place } from "./parcel-facts.ts";

/** What is kept of a parcel for its forecast: everything it may depend on but time. No name, no street. */
export interface StoredFacts {
  carrier: string | null;
  service: string | null;
  origin: Place;
  destination: Place;
  shipFrom: string | null;
  shippingOption: string | null;
  items: number | null;
  /** Published transit time, or the one the shop itself promises, in working days. */
  standardDays: number | null;
  /** The first day of that time; absent in rows of an older version. */
  standardFrom?: number | null;
  carrierDay: Day | null;
  /** The clock its days are counted by. */
  zone: string;
}

/** The facts as they were at one step of the journey. */
export function factsAt(facts: StoredFacts, { stage, day, hour }: JourneyStep): ParcelFacts {
  const { zone: _zone, ...known } = facts;
  return { ...known, standardFrom: known.standardFrom ?? null, stage, since: { day, hour }, distanceKm: null };
}
