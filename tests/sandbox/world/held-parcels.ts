import { type Day, readDay, weekdayOf, writeDay } from "#app/modules/foresight/civil-day.ts";
import { createHolidayCalendar } from "#app/modules/foresight/holiday-calendar.ts";
import { instantOf, localMoment } from "#app/modules/foresight/local-moment.ts";
import { promiseByRule } from "#app/modules/foresight/promise-rule.ts";
import { readSettings } from "#app/modules/shops/settings.ts";

/** An order whose parcel left in time and lies at a hub since, and the last day of its promise. */
export interface HeldParcel {
  placedAt: Date;
  shippedAt: Date;
  promisedOn: string;
}

/** The clock of the demo shop. */
const ZONE = "America/New_York";
const FURTHEST_BACK = 16;
const MOST = 3;

/**
 * The parcels of a fresh demo that are held back, whatever the weekday: those of the shop's own rules whose promise ends
 * soonest, today at the earliest. Each left on the day on which it was ordered.
 */
export function heldParcels(now: Date): HeldParcel[] {
  const today = localMoment(ZONE, now).day;
  const soonest = new Map<Day, HeldParcel>();
  for (let back = FURTHEST_BACK; back > 0; back -= 1) {
    const parcel = heldParcel(today - back);
    const promiseDay = parcel ? readDay(parcel.promisedOn) : 0;
    if (parcel && promiseDay >= today) soonest.set(promiseDay, parcel);
  }
  return [...soonest]
    .sort(([one], [other]) => one - other)
    .map(([, parcel]) => parcel)
    .slice(0, MOST);
}

function heldParcel(day: Day): HeldParcel | null {
  if (weekdayOf(day) === 0 || weekdayOf(day) === 6) return null;
  const placed = { day, hour: 10 };
  const home = { shopCountry: "US", country: "US", region: null, shippingTitle: "Standard" };
  const promise = promiseByRule(readSettings({}).promise, { placed, ...home }, createHolidayCalendar());
  if (!promise) return null;
  return {
    placedAt: instantOf(ZONE, placed),
    shippedAt: instantOf(ZONE, { day, hour: 15 }),
    promisedOn: writeDay(promise.promiseDay),
  };
}
