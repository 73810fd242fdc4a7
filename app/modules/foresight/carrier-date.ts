import type { Day } from "./civil-day.ts";
import { decay } from "./law.ts";

/** Decayed errors of the carrier's own dates and of ours, on the same parcels; one for each carrier and service. */
export interface DateRivalry {
  asOf: Day;
  parcels: number;
  /** Sum of |arrived − date| in days. */
  carrierError: number;
  ourError: number;
  /** Sum of arrived − carrier's date: its bias. */
  carrierLateness: number;
}

const HALF_LIFE_DAYS = 60;
/** Below so many parcels nobody is called better. */
const FEWEST_PARCELS = 50;
/** The carrier's date must be better by a twentieth to be preferred: a change of source is a change the shopper sees. */
const MARGIN = 0.95;

export function openRivalry(asOf: Day): DateRivalry {
  return { asOf, parcels: 0, carrierError: 0, ourError: 0, carrierLateness: 0 };
}

/** Adds a parcel that both had a date for, as they stood at the same moment. */
export function addRivalry(
  rivalry: DateRivalry,
  { day, arrived, carrierDay, ourDay }: { day: Day; arrived: Day; carrierDay: Day; ourDay: Day },
): DateRivalry {
  const keep = decay(day - rivalry.asOf, HALF_LIFE_DAYS);
  return {
    asOf: Math.max(day, rivalry.asOf),
    parcels: rivalry.parcels * keep + 1,
    carrierError: rivalry.carrierError * keep + Math.abs(arrived - carrierDay),
    ourError: rivalry.ourError * keep + Math.abs(arrived - ourDay),
    carrierLateness: rivalry.carrierLateness * keep + (arrived - carrierDay),
  };
}

/** Whether the carrier's own date is to be shown instead of ours. */
export function isCarrierBetter({ parcels, carrierError, ourError }: DateRivalry): boolean {
  return parcels >= FEWEST_PARCELS && carrierError < ourError * MARGIN;
}

/** By how many days the carrier's dates are missed in the mean; null while there are too few. */
export function biasOf({ parcels, carrierLateness }: DateRivalry): number | null {
  return parcels >= FEWEST_PARCELS ? carrierLateness / parcels : null;
}
