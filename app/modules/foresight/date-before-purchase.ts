import { type Day, type LocalMoment, weekdayOf } from "./civil-day.ts";
import type { DeliveryWindow } from "./arrival-curve.ts";
import { type ForecastModel, forecastParcel } from "./forecast-parcel.ts";
import type { Holidays } from "./law.ts";
import { NEWBORN, type ParcelFacts } from "./parcel-facts.ts";

/** How a shop ships from one location: the promise rules of Settings. */
export interface ShippingRules {
  /** Orders before this hour of the location's clock count as of the same day. */
  cutOffHour: number;
  /** Shipping days between the order and the hand-over, at most; 0 = the same day. */
  processingDays: number;
  /** Weekdays on which parcels leave; 0 = Sunday. */
  shipsOn: readonly number[];
  /** The merchant's own closing days. */
  closedOn: ReadonlySet<Day>;
  /** When the carrier collects; transit begins then. */
  collectionHour: number;
}

export interface DateBeforePurchase {
  /** The parcel leaves on this day at the latest. */
  shipDay: Day;
  window: DeliveryWindow;
  /** Four of five such parcels have arrived by then. */
  byDay: Day;
  /** Whoever orders before it gets this date; a countdown to it is true. */
  cutOff: LocalMoment;
  minutesToCutOff: number;
}

/** A rule that never ships is a mistake in Settings; after so many days the search for a shipping day ends. */
const FURTHEST_DAY = 60;

interface Origin {
  rules: ShippingRules;
  country: string | null;
  region: string | null;
  holidays: Holidays;
}

/**
 * The date to promise on a product page or in the cart, from cut-off, processing, the location's calendar and the lane's
 * forecast. `now` is on the clock of the ship-from location. Null when the rules never ship.
 */
export function dateBeforePurchase(
  model: ForecastModel,
  { now, rules, facts }: { now: LocalMoment; rules: ShippingRules; facts: ParcelFacts },
): DateBeforePurchase | null {
  const origin = { rules, ...facts.origin, holidays: model.holidays };
  const beforeCutOff = now.hour < rules.cutOffHour && isShippingDay(origin, now.day);
  const cutOffDay = beforeCutOff ? now.day : nextShippingDay(origin, now.day);
  if (cutOffDay === null) return null;
  const shipDay = afterProcessing(origin, cutOffDay);
  if (shipDay === null) return null;
  const since = { day: shipDay, hour: rules.collectionHour };
  const { windows, quantiles } = forecastParcel(model, {
    facts: { ...facts, stage: "accepted", since, carrierDay: null },
    clock: NEWBORN,
    now: since,
    promiseDay: null,
    neverShare: 0,
  });
  return {
    shipDay,
    window: windows.w80,
    byDay: quantiles.q80.day,
    cutOff: { day: cutOffDay, hour: rules.cutOffHour },
    minutesToCutOff: Math.floor(((cutOffDay - now.day) * 24 + rules.cutOffHour - now.hour) * 60),
  };
}

/** Last day on which an order still ships in time: after it, it is unfulfilled for too long. Null when the rules never ship. */
export function lastShippingDay(origin: Origin, ordered: LocalMoment): Day | null {
  const inTime = ordered.hour < origin.rules.cutOffHour && isShippingDay(origin, ordered.day);
  const counted = inTime ? ordered.day : nextShippingDay(origin, ordered.day);
  return counted === null ? null : afterProcessing(origin, counted);
}

function afterProcessing(origin: Origin, day: Day): Day | null {
  let shipDay: Day | null = day;
  for (let left = origin.rules.processingDays; left > 0 && shipDay !== null; left -= 1)
    shipDay = nextShippingDay(origin, shipDay);
  return shipDay;
}

function nextShippingDay(origin: Origin, after: Day): Day | null {
  for (let day = after + 1; day <= after + FURTHEST_DAY; day += 1) if (isShippingDay(origin, day)) return day;
  return null;
}

function isShippingDay({ rules, country, region, holidays }: Origin, day: Day): boolean {
  return (
    rules.shipsOn.includes(weekdayOf(day)) && !rules.closedOn.has(day) && !holidays.isHoliday(country, region, day)
  );
}
