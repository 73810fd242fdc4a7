import type { Day } from "./civil-day.ts";
import type { Holidays, LawState } from "./law.ts";
import { openPassing } from "./learn-night.ts";
import type { JourneyStep } from "./journey.ts";
import type { ParcelClock, ParcelFacts } from "./parcel-facts.ts";

/** Clocks of a parcel by step, at the beginning of its `learnFrom`; null: there is no more to learn from that step. */
export type ParcelClocks = Record<string, ParcelClock | null>;

/**
 * Stored clocks; what no longer fits is forgotten, and walked again from the step's day. By hand: a night reads some for
 * every parcel.
 */
export function readClocks(stored: unknown): ParcelClocks {
  if (!isRecord(stored)) return {};
  for (const key in stored) if (!isClock(stored[key])) return {};
  return stored as ParcelClocks;
}

function isClock(stored: unknown): boolean {
  if (stored === null) return true;
  if (!isRecord(stored) || typeof stored["hazard"] !== "number") return false;
  const ages = stored["ages"];
  return Array.isArray(ages) && ages.every((age) => typeof age === "number");
}

const isRecord = (stored: unknown): stored is Record<string, unknown> =>
  typeof stored === "object" && stored !== null && !Array.isArray(stored);

/** Of one step, and of the silence after it. */
export const clockKey = ({ stage, day, hour }: JourneyStep): string => `${stage}@${day}.${Math.round(hour * 60)}`;
export const silenceKey = (step: JourneyStep): string => `~${clockKey(step)}`;

/** Days that no night has learnt are walked at most so far back; what waits longer is beyond the law anyway. */
const FURTHEST_WALK = 90;

/**
 * Walks a clock over days that no night has learnt from, without learning from them. One of these serves many parcels.
 */
export class ClockWalker {
  readonly #days = new Map<Day, Passing>();
  readonly #law: LawState;
  readonly #holidays: Holidays;

  constructor(law: LawState, holidays: Holidays) {
    this.#law = law;
    this.#holidays = holidays;
  }

  /** The clock at the beginning of `to`, from what it was at the beginning of `from`; null when it is too old to learn from. */
  walk(facts: ParcelFacts, start: ParcelClock, { from, to }: { from: Day; to: Day }): ParcelClock | null {
    let at: ParcelClock | null = start;
    for (let day = Math.max(from, to - FURTHEST_WALK); day < to && at; day += 1)
      at = this.#passing(day)({ facts, clock: at });
    return at;
  }

  #passing(day: Day): Passing {
    const known = this.#days.get(day);
    if (known) return known;
    const passing = openPassing(this.#law, day, this.#holidays);
    this.#days.set(day, passing);
    return passing;
  }
}

type Passing = ReturnType<typeof openPassing>;
