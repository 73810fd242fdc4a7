import { type Day, weekdayOf } from "./civil-day.ts";
import { decay, type Holidays, type LawState, type Ratio } from "./law.ts";
import type { ParcelFacts } from "./parcel-facts.ts";

/** How much of a delivery day each civil day is, for a lane, and how deliveries spread over a day's hours. */
export interface DeliveryClock {
  weightOf(day: Day): number;
  /** Share of a day's deliveries that happen before an hour, 0…1. */
  shareBefore(hour: number): number;
  /** The hour before which a share of the deliveries between `fromHour` and midnight have happened. */
  hourOf(share: number, fromHour: number): number;
}

/** Ratios of the weekdays live beside the factors under this name; the hours' counts beside the tables. */
export const WEEKDAY = "weekday";
export const HOURS = "hours";
export const WEEKDAY_HALF_LIFE = 120;
const WEEKDAY_PRIOR_EVENTS = 50;
const HOURS_PER_DAY = 24;
/** The pool's hours count for no more deliveries than this beside the shop's own. */
const MOST_POOLED_HOURS = 200;
/** Before anything is known: from 8 to 20 o'clock, most in the afternoon. */
const PRIOR_HOURS = Float64Array.from({ length: HOURS_PER_DAY }, (_, hour) =>
  hour >= 8 && hour < 20 ? 2 + Math.sin((Math.PI * (hour - 8)) / 12) : 0.2,
);

/** Weekday weights of a carrier: deliveries per unit of expected hazard, shrunk to the prior, Monday to Friday 1 in the mean. */
function weekdayWeights(state: LawState, carrier: string, day: Day): readonly number[] {
  const { views, weekdays } = state.spec;
  const table = `${views[0]?.name}.${WEEKDAY}`;
  const raw = weekdays.map((prior, weekday) => {
    const key = `${carrier}#${weekday}`;
    const pooled = weightOf(prior, state.pool?.ratios.get(table)?.get(key), day);
    return weightOf(pooled, state.ratios.get(table)?.get(key), day);
  });
  const mean = raw.slice(1, 6).reduce((sum, weight) => sum + weight, 0) / 5;
  return raw.map((weight) => weight / mean);
}

function weightOf(prior: number, ratio: Ratio | undefined, day: Day): number {
  if (!ratio) return prior;
  const keep = decay(day - ratio.asOf, WEEKDAY_HALF_LIFE);
  return (ratio.observed * keep + WEEKDAY_PRIOR_EVENTS * prior) / (ratio.expected * keep + WEEKDAY_PRIOR_EVENTS);
}

/** The clock for one parcel: weekdays of its carrier, holidays of its destination, hours of its carrier. */
export function openClock(state: LawState, facts: ParcelFacts, at: { day: Day; holidays: Holidays }): DeliveryClock {
  return clockOf(facts, readClockParts(state, facts, at));
}

/** What a clock is made of; the same for all parcels of a carrier, so it is worth keeping over a night. */
export interface ClockParts {
  weights: readonly number[];
  /** Share of the deliveries before each hour, 25 of them. */
  hours: Float64Array;
  holidayWeight: number;
  holidays: Holidays;
}

export function readClockParts(
  state: LawState,
  facts: ParcelFacts,
  { day, holidays }: { day: Day; holidays: Holidays },
): ClockParts {
  const carrier = facts.carrier ?? "?";
  return {
    weights: weekdayWeights(state, carrier, day),
    hours: hoursOf(state, carrier),
    holidayWeight: state.spec.holiday,
    holidays,
  };
}

/** How much of a delivery day a civil day is for a parcel. */
export function weightOn(facts: ParcelFacts, { weights, holidayWeight, holidays }: ClockParts, day: Day): number {
  const { country, region } = facts.destination;
  const weight = holidays.isHoliday(country, region, day) ? holidayWeight : (weights[weekdayOf(day)] ?? 1);
  return day === facts.since.day ? weight * firstDayShare(facts) : weight;
}

export function clockOf(facts: ParcelFacts, parts: ClockParts): DeliveryClock {
  const { hours } = parts;
  const shareBefore = (hour: number): number => {
    const whole = Math.min(HOURS_PER_DAY - 1, Math.max(0, Math.floor(hour)));
    const [low, high] = [hours[whole] ?? 0, hours[whole + 1] ?? 1];
    return low + (high - low) * Math.min(1, Math.max(0, hour - whole));
  };
  return {
    shareBefore,
    weightOf: (day) => weightOn(facts, parts, day),
    hourOf: (share, fromHour) => {
      const before = shareBefore(fromHour);
      const target = before + share * (1 - before);
      let hour = Math.floor(fromHour);
      while (hour < HOURS_PER_DAY - 1 && (hours[hour + 1] ?? 1) < target) hour += 1;
      const [low, high] = [hours[hour] ?? 0, hours[hour + 1] ?? 1];
      return hour + (high > low ? (target - low) / (high - low) : 1);
    },
  };
}

/** Of the day of the hand-over little is left: a quarter of a day at ten in the morning, nearly nothing from 20 h. */
function firstDayShare({ stage, since }: ParcelFacts): number {
  if (stage === "out_for_delivery") return Math.max(0.05, Math.min(1, (20 - since.hour) / 12));
  return Math.max(0.02, (0.25 * Math.max(0, 20 - since.hour)) / 10);
}

function hoursOf(state: LawState, carrier: string): Float64Array {
  const counts = state.cells.get(HOURS)?.get(carrier)?.events;
  const pooled = state.pool?.cells.get(HOURS)?.get(carrier)?.events;
  const seen = pooled?.reduce((sum, count) => sum + count, 0) ?? 0;
  const part = seen > MOST_POOLED_HOURS ? MOST_POOLED_HOURS / seen : 1;
  const shares = new Float64Array(HOURS_PER_DAY + 1);
  for (let hour = 0; hour < HOURS_PER_DAY; hour += 1)
    shares[hour + 1] =
      (shares[hour] ?? 0) + (PRIOR_HOURS[hour] ?? 0) + (pooled?.[hour] ?? 0) * part + (counts?.[hour] ?? 0);
  const total = shares[HOURS_PER_DAY] ?? 1;
  return shares.map((share) => share / total);
}
