import { weekdayOf } from "./rhythm.ts";
import { chanceOn, type NewsShape, outAt } from "./shape-news.ts";

export interface Question {
  shape: NewsShape;
  now: Date;
  /** Minutes that the clock is ahead of UTC where the next scan is made. */
  offset: number;
  /** Civil day, counted from 1970, on which the phase began. */
  sinceDay: number;
  /** Civil day on which the carrier expects to deliver. */
  expectedDay: number | null;
  /** Hours of delay of a piece of news that one question is worth. */
  price: number;
  /** Fewest and most hours until the next question. */
  atLeast: number;
  atMost: number;
  /** The day has no hours: parcels that move in fast motion. */
  timeless?: boolean;
}

const MINUTE = 60_000;
const DAY = 1_440;
/** Minutes between two moments that are considered. */
const STEP = 30;
/** Hours looked ahead. */
const HORIZON = 48;
/** Minutes from a scan until the carrier's service tells it. */
const PUBLISHED_AFTER = 15;
/** Chance per day of news that no rhythm foresees: weather, a correction, a scan out of turn. */
const SURPRISE = 0.04;

/**
 * Hours until the next question: the start of the plan that costs least over two days, when every question has a price and
 * so has every hour that news goes unheard. Solved backwards, from the end of the horizon to now: the best moment after a
 * question is the one where its price, the delay until then and the rest of the plan are least together. Nothing is asked
 * in hours without news, and questions stand close where news is likely.
 */
export function whenToAsk(question: Question): number {
  const steps = (HORIZON * 60) / STEP;
  const { unheard, area } = foresee(question, steps);
  const fewest = Math.max(1, Math.ceil((question.atLeast * 60) / STEP));
  const most = Math.max(fewest, Math.floor((question.atMost * 60) / STEP));
  const rest = new Float64Array(steps + 1).fill(question.price);
  let next = Math.min(most, steps);
  for (let asked = steps - 1; asked >= 0; asked -= 1) {
    const still = unheard[asked] as number;
    let least = Infinity;
    const last = Math.min(asked + most, steps);
    for (let then = Math.min(asked + fewest, last); then <= last; then += 1) {
      // The delay that gathers until then: time, less the time in which there was nothing to hear.
      const delay = ((then - asked) * STEP) / 60 - ((area[then] as number) - (area[asked] as number)) / still;
      const cost = question.price + delay + ((unheard[then] as number) / still) * (rest[then] as number);
      if (cost < least) {
        least = cost;
        next = then - asked;
      }
    }
    rest[asked] = least;
  }
  return Math.max((Math.max(next, fewest) * STEP) / 60, question.atLeast);
}

interface Foresight {
  /** Chance that there is still no news at each step. */
  unheard: Float64Array;
  /** Hours without news that may be expected up to each step. */
  area: Float64Array;
}

function foresee(question: Question, steps: number): Foresight {
  const unheard = new Float64Array(steps + 1).fill(1);
  const area = new Float64Array(steps + 1);
  const start = question.now.getTime() / MINUTE + question.offset - PUBLISHED_AFTER;
  let chance = 0;
  let chanceDay = NaN;
  for (let step = 0; step < steps; step += 1) {
    const minute = start + step * STEP;
    const day = Math.floor(minute / DAY);
    if (day !== chanceDay) {
      chanceDay = day;
      chance = chanceOfDay(question, day);
    }
    const from = share(question, minute - day * DAY);
    const to = share(question, minute - day * DAY + STEP);
    const survives = ((1 - chance * to) / (1 - chance * from)) * (1 - (SURPRISE * STEP) / DAY);
    const before = unheard[step] as number;
    unheard[step + 1] = before * survives;
    area[step + 1] = (area[step] as number) + ((before * (1 + survives)) / 2) * (STEP / 60);
  }
  return { unheard, area };
}

function chanceOfDay({ shape, sinceDay, expectedDay }: Question, day: number): number {
  return chanceOn(shape, {
    dwellDays: Math.max(0, day - sinceDay),
    weekday: weekdayOf(day),
    fromExpected: expectedDay === null ? null : day - expectedDay,
  });
}

function share({ shape, timeless }: Question, minute: number): number {
  return timeless ? Math.min(1, minute / DAY) : outAt(shape, minute);
}
