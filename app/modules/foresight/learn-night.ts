import { binOf, LAST_AGE } from "./age-bins.ts";
import { type Day, weekdayOf } from "./civil-day.ts";
import { type ClockParts, HOURS, readClockParts, WEEKDAY, weightOn } from "./delivery-clock.ts";
import { slotOf } from "./factor-slots.ts";
import type { Holidays, LawState } from "./law.ts";
import type { FactorNode } from "./factor-node.ts";
import type { LaneNode } from "./lane-node.ts";
import { NightNodes } from "./night-nodes.ts";
import { addCount, addRatio, countSum, entry, type NightSums, openSums, ratioSum, settleSums } from "./night-sums.ts";
import type { ParcelClock, ParcelFacts } from "./parcel-facts.ts";

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
 * Source: foresight method, section 3 ("Midnight job").
 */
export interface Night {
  /** Returns the parcel's clock at the end of the day, or null when there is no more to learn from it. */
  learn(event: LearnEvent): ParcelClock | null;
  /** What has been added so far: a share of the night, which `settleSums` takes up with the others. */
  readonly sums: NightSums;
  close(): void;
}

interface NightWork {
  state: LawState;
  day: Day;
  sums: NightSums;
  nodes: NightNodes;
  holidays: Holidays;
  clocks: Map<string, ClockParts>;
  /** False when the day only passes. */
  learns: boolean;
}

/** A factor may not make one parcel count for more than three, or less than a third, in the tables. */
const MOST_PULL = 3;
/**
 * The tables take a part of every factor on: were it all of it, a level that the first weeks got wrong would stay split
 * between tables that are too low and factors that are too high for ever, and fade out of every forecast.
 */
const TABLE_PULL = 0.85;

export function openNight(state: LawState, day: Day, holidays: Holidays): Night {
  const sums = openSums();
  const nodes = new NightNodes(state, sums, day);
  const work: NightWork = { state, day, holidays, sums, nodes, clocks: new Map(), learns: true };
  return {
    learn: (event) => learn(work, event),
    sums,
    close: () => settleSums(state, sums, day),
  };
}

/** Passes a day of waiting: the parcel's clock at its end as `Night.learn` says it, and nothing is learnt from it. */
export function openPassing(
  state: LawState,
  day: Day,
  holidays: Holidays,
): (waiting: Omit<LearnEvent, "happenedAt">) => ParcelClock | null {
  const nodes = new NightNodes(state, null, day);
  const work: NightWork = { state, day, holidays, sums: openSums(), nodes, clocks: new Map(), learns: false };
  return ({ facts, clock }) => learn(work, { facts, clock, happenedAt: null });
}

function learn(work: NightWork, { facts, clock, happenedAt }: LearnEvent): ParcelClock | null {
  const { nodes, state } = work;
  const { views, teachingTail } = state.spec;
  const carrier = facts.carrier ?? "?";
  const parts = work.clocks.get(carrier) ?? entry(work.clocks, carrier, () => readClockParts(state, facts, work));
  const weight = weightOn(facts, parts, work.day);
  const events = happenedAt === null ? 0 : 1;
  const teaches = work.learns && (teachingTail === 0 || Math.exp(-clock.hazard) > teachingTail);
  const [lane, factors] = [nodes.lane(facts), nodes.factorsOf(facts)];
  const ages: number[] = [];
  let [lived, oldest] = [0, 0];
  for (let index = 0; index < views.length; index += 1) {
    const [age, pace] = [clock.ages[index] ?? 0, views[index]?.pace ?? 0];
    const bin = binOf(age + weight / 2);
    const { pull, hazard } = addView(work, { lane, factors, facts, index, bin, weight, events, teaches });
    const after = age + weight * (pace === 0 ? 1 : pull ** pace);
    ages.push(after);
    oldest = Math.max(oldest, after);
    lived += hazard / views.length;
    if (index === 0 && teaches) addWeekday(work, { facts, parts, events, expected: 1 - Math.exp(-hazard) });
  }
  if (happenedAt !== null) {
    addCount(countSum(work.sums, HOURS, carrier), Math.floor(happenedAt), 1, 0);
    return null;
  }
  return oldest >= LAST_AGE ? null : { ages, hazard: clock.hazard + lived };
}

interface ViewDay {
  lane: LaneNode;
  factors: readonly FactorNode[];
  facts: ParcelFacts;
  index: number;
  bin: number;
  weight: number;
  events: 0 | 1;
  teaches: boolean;
}

/** Adds one parcel's day to every level and factor of a view; returns the clamped product of the factors and the hazard. */
function addView(work: NightWork, parcelDay: ViewDay): { pull: number; hazard: number } {
  const { lane, factors, facts, index, bin, weight, events, teaches } = parcelDay;
  const at = { bin, day: work.day, carrierDay: facts.carrierDay };
  let product = 1;
  for (const { spec, values } of factors) product *= values[index]?.[spec.by ? slotOf(spec.by, at) : 0] ?? 1;
  const pull = Math.min(MOST_PULL, Math.max(1 / MOST_PULL, product));
  const hazard = lane.rateOf(index, bin) * product * weight;
  if (!teaches) return { pull, hazard };
  const exposure = weight * pull ** TABLE_PULL * (events === 1 ? 0.5 : 1);
  lane.add(index, { bin, events, exposure });
  const seen = { events, expected: 1 - Math.exp(-hazard) };
  for (const node of factors) node.add(index, node.spec.by ? slotOf(node.spec.by, at) : 0, seen);
  return { pull, hazard };
}

/** The day of the hand-over and holidays say nothing of the weekday they fall on. */
function addWeekday(
  { sums, state, day, holidays }: NightWork,
  { facts, parts, events, expected }: { facts: ParcelFacts; parts: ClockParts; events: number; expected: number },
): void {
  const { country, region } = facts.destination;
  if (day === facts.since.day || holidays.isHoliday(country, region, day)) return;
  const weekday = weekdayOf(day);
  const sum = ratioSum(sums, `${state.spec.views[0]?.name}.${WEEKDAY}`, `${facts.carrier ?? "?"}#${weekday}`);
  addRatio(sum, events, expected / (parts.weights[weekday] ?? 1));
}
