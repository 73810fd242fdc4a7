import { binOf, LAST_AGE } from "./age-bins.ts";
import { type Day, weekdayOf } from "./civil-day.ts";
import { type ClockParts, clockOf, HOURS, hoursOf, WEEKDAY, weekdayWeights } from "./delivery-clock.ts";
import { slotKey, slotOf, SLOTS } from "./factor-slots.ts";
import type { Holidays, LawState } from "./law.ts";
import { addCount, addRatio, type NightSums, openSums, settleSums } from "./night-sums.ts";
import type { ParcelClock, ParcelFacts } from "./parcel-facts.ts";
import { type Lane, type LaneView, productOf, resolveLane } from "./resolve-lane.ts";

/** One parcel's day: what a night learns from. */
export interface LearnEvent {
  facts: ParcelFacts;
  /** At the beginning of the day. */
  clock: ParcelClock;
  /** What the parcel was waiting for happened on the day, at this local hour; null: it is still waiting. */
  happenedAt: number | null;
}

/**
 * One night: the parcels that were waiting on `day`, in any order and in as many shares as wanted, then `close`.
 * Nothing changes before `close`, so the order cannot matter, and memory grows with lanes and not with parcels.
 */
export interface Night {
  /** Returns the parcel's clock at the end of the day, or null when there is no more to learn from it. */
  learn(event: LearnEvent): ParcelClock | null;
  close(): void;
}

interface NightWork {
  state: LawState;
  day: Day;
  sums: NightSums;
  holidays: Holidays;
  lanes: Map<string, Lane>;
  clocks: Map<string, ClockParts>;
}

/** Lanes that are kept resolved; beyond that the night forgets them and resolves again. */
const MOST_LANES = 20_000;
/** A factor may not make one parcel count for more than three, or less than a third, in the tables. */
const MOST_PULL = 3;

export function openNight(state: LawState, day: Day, holidays: Holidays): Night {
  const work: NightWork = { state, day, holidays, sums: openSums(), lanes: new Map(), clocks: new Map() };
  return {
    learn: (event) => learn(work, event),
    close: () => settleSums(state, work.sums, day),
  };
}

function learn(work: NightWork, { facts, clock, happenedAt }: LearnEvent): ParcelClock | null {
  const lane = laneOf(work, facts);
  const weight = clockOf(facts, partsOf(work, facts.carrier ?? "?")).weightOf(work.day);
  const ages: number[] = [];
  let lived = 0;
  for (const [index, view] of lane.views.entries()) {
    const age = clock.ages[index] ?? 0;
    const parcelDay = { lane, view, index, bin: binOf(age), weight, facts, happened: happenedAt !== null };
    const { pull, hazard } = addView(work, parcelDay);
    const pace = work.state.spec.views[index]?.pace ?? 0;
    ages.push(age + weight * (pace === 0 ? 1 : pull ** pace));
    lived += hazard / lane.views.length;
  }
  if (happenedAt !== null) {
    addCount(work.sums, HOURS, facts.carrier ?? "?", { bin: Math.floor(happenedAt), events: 1, exposure: 0 });
    return null;
  }
  return Math.max(...ages) >= LAST_AGE ? null : { ages, hazard: clock.hazard + lived };
}

interface ViewDay {
  lane: Lane;
  view: LaneView;
  index: number;
  bin: number;
  weight: number;
  facts: ParcelFacts;
  happened: boolean;
}

/** Adds one parcel's day to every level and factor of a view; returns the clamped product of the factors and the hazard. */
function addView(work: NightWork, parcelDay: ViewDay): { pull: number; hazard: number } {
  const { lane, view, index, bin, weight, facts, happened } = parcelDay;
  const { spec } = work.state;
  const name = spec.views[index]?.name ?? "";
  const at = { bin, day: work.day, carrierDay: facts.carrierDay };
  const product = productOf(view, spec.factors, at);
  const pull = Math.min(MOST_PULL, Math.max(1 / MOST_PULL, product));
  const events = happened ? 1 : 0;
  const exposure = weight * pull * (happened ? 0.5 : 1);
  for (const [depth, level] of spec.levels.entries()) {
    const key = lane.keys.levels[depth];
    if (key) addCount(work.sums, `${name}.${level.name}`, key, { bin, events, exposure });
  }
  const hazard = (view.rates[bin] ?? 0) * product * weight;
  const expected = 1 - Math.exp(-hazard);
  for (const [position, factor] of spec.factors.entries()) {
    const key = lane.keys.factors[position];
    if (!key || (factor.view && factor.view !== name)) continue;
    const slot = slotOf(factor.by, at);
    const value = view.factors[position * SLOTS + slot] ?? 1;
    addRatio(work.sums, `${name}.${factor.name}`, slotKey(factor.by, key, slot), { observed: events, expected: expected / value });
  }
  if (index === 0) addWeekday(work, { facts, name, events, expected });
  return { pull, hazard };
}

function addWeekday(
  work: NightWork,
  { facts, name, events, expected }: { facts: ParcelFacts; name: string; events: number; expected: number },
): void {
  const { country, region } = facts.destination;
  if (work.day === facts.since.day || work.holidays.isHoliday(country, region, work.day)) return;
  const carrier = facts.carrier ?? "?";
  const weekday = weekdayOf(work.day);
  const weight = partsOf(work, carrier).weights[weekday] ?? 1;
  addRatio(work.sums, `${name}.${WEEKDAY}`, `${carrier}#${weekday}`, {
    observed: events,
    expected: expected / weight,
  });
}

function partsOf({ state, day, holidays, clocks }: NightWork, carrier: string): ClockParts {
  const known = clocks.get(carrier);
  if (known) return known;
  const parts = {
    weights: weekdayWeights(state, carrier, day),
    hours: hoursOf(state, carrier),
    holidayWeight: state.spec.holiday,
    holidays,
  };
  clocks.set(carrier, parts);
  return parts;
}

function laneOf({ state, day, lanes }: NightWork, facts: ParcelFacts): Lane {
  const { origin, destination } = facts;
  const id = `${facts.carrier}|${facts.service}|${facts.stage}|${origin.country}|${origin.region}|${destination.country}|${destination.region}|${destination.zip}|${facts.shipFrom}|${facts.distanceKm === null ? "" : Math.floor(facts.distanceKm)}|${facts.shippingOption}|${facts.items}|${facts.standardDays}`;
  const known = lanes.get(id);
  if (known) return known;
  if (lanes.size >= MOST_LANES) lanes.clear();
  const lane = resolveLane(state, facts, day);
  lanes.set(id, lane);
  return lane;
}
