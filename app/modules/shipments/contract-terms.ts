import type { CarrierLimits } from "#app/modules/carriers/carrier.ts";

const DAY = 86_400_000;
/** Terms that ask to stop at "not found" leave room for a label that has not been scanned yet: a few questions, far apart. */
const AFTER_NOT_FOUND = DAY / 2;

interface Asked {
  /** UTC day of the last checks, and how many there were on it. */
  checksOn: string | null;
  checksThatDay: number;
  limits: CarrierLimits | null;
  pace: number;
}

/** Milliseconds that the terms want between two questions: "so many per parcel and day, spread evenly". */
export function leastInterval({ limits }: Pick<Asked, "limits">, notFound: boolean): number {
  const even = limits?.perParcelPerDay ? DAY / limits.perParcelPerDay : 0;
  return notFound && limits?.stopOnNotFound ? Math.max(even, AFTER_NOT_FOUND) : even;
}

/** Whether a parcel has been asked about today as often as the terms allow. */
export function isDaySpent({ checksOn, checksThatDay, limits, pace }: Asked, now: Date): boolean {
  const allowed = limits?.perParcelPerDay;
  if (!allowed || checksOn !== now.toISOString().slice(0, 10)) return false;
  return checksThatDay >= allowed * pace;
}

/** Midnight after `now`, UTC: when counts per day begin anew. */
export function nextUtcDay(now: Date): number {
  return Math.floor(now.getTime() / DAY + 1) * DAY;
}

/** Whether the terms forbid every further question about a parcel of this age. */
export function isBeyondTerms(limits: CarrierLimits | null, age: number): boolean {
  return limits?.askForDays !== undefined && age >= limits.askForDays * DAY;
}
