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
  /** What was measured of it, where somebody did; absent in rows of an older version. */
  onTime?: ParcelFacts["onTime"];
  carrierDay: Day | null;
  /** The clock its days are counted by. */
  zone: string;
}

/** The facts as they were at one step of the journey. */
export function factsAt(facts: StoredFacts, { stage, day, hour }: JourneyStep): ParcelFacts {
  // Written out: a night makes four of them for each parcel.
  return {
    carrier: facts.carrier,
    service: facts.service,
    stage,
    since: { day, hour },
    origin: facts.origin,
    destination: facts.destination,
    shipFrom: facts.shipFrom,
    distanceKm: null,
    shippingOption: facts.shippingOption,
    items: facts.items,
    standardDays: facts.standardDays,
    standardFrom: facts.standardFrom ?? null,
    onTime: facts.onTime ?? null,
    carrierDay: facts.carrierDay,
  };
}
