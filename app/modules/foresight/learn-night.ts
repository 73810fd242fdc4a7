import { binOf, LAST_AGE } from "./age-bins.ts";
import { type Day, weekdayOf } from "./civil-day.ts";
import { type ClockParts, HOURS, readClockParts, WEEKDAY, weightOn } from "./delivery-clock.ts";
import { type Pull, pullOf } from "./factor-pull.ts";
import { slotOf } from "./factor-slots.ts";
import type { Holidays, LawState } from "./law.ts";
import type { LaneNode } from "./lane-node.ts";
import { NightNodes, type ParcelFactors } from "./night-nodes.ts";
import {
  addCount,
  addRatio,
  countSum,
  entry,
  type NightSums,
  type RatioSum,
  ratioSum,
  settleSums,
} from "./night-sums.ts";
import type { ParcelClock, ParcelFacts } from "./parcel-facts.ts";
import { noteSteps, openSteps, type StepsSeen, tellSteps } from "./steps-seen.ts";

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
  /** The same for all the steps of one parcel that wait for the same, in the order of its journey. */
  learnSteps(events: readonly LearnEvent[]): (ParcelClock | null)[];
  /** What has been added since the last time: a share of the night. */
  take(): NightSums;
  /** Ends the night with what its shares add up to; without them, with what was added since the last `take`. */
  close(sums?: NightSums): void;
}

/** What all parcels of a carrier have in common on the day. */
interface CarrierDay {
  parts: ClockParts;
  weekday: RatioSum | null;
}

interface NightWork {
  state: LawState;
  day: Day;
  nodes: NightNodes;
  holidays: Holidays;
  carriers: Map<string, CarrierDay>;
  /** By view: what the factors asked about last make of it. */
  pulls: (Pull | undefined)[];
  seen: StepsSeen;
  /** False when the day only passes. */
  learns: boolean;
}

export function openNight(state: LawState, day: Day, holidays: Holidays): Night {
  const nodes = new NightNodes(state, day, { learns: true });
  const work = openWork(nodes, { state, day, holidays, learns: true });
  const take = (): NightSums => {
    // What a carrier keeps of the old sums goes with them.
    work.carriers.clear();
    return nodes.take();
  };
  const learnSteps: Night["learnSteps"] = (events) => {
    const clocks = events.map((event) => learn(work, event));
    tellSteps(work.seen);
    return clocks;
  };
  return {
    ...{ learnSteps, take },
    learn: (event) => learnSteps([event])[0] ?? null,
    close: (sums = take()) => settleSums(state, sums, day),
  };
}

/** Passes a day of waiting: the parcel's clock at its end as `Night.learn` says it, and nothing is learnt from it. */
export function openPassing(
  state: LawState,
  day: Day,
  holidays: Holidays,
): (waiting: Omit<LearnEvent, "happenedAt">) => ParcelClock | null {
  const nodes = new NightNodes(state, day, { learns: false });
  const work = openWork(nodes, { state, day, holidays, learns: false });
  return ({ facts, clock }) => learn(work, { facts, clock, happenedAt: null });
}

function openWork(nodes: NightNodes, rest: Pick<NightWork, "state" | "day" | "holidays" | "learns">): NightWork {
  return { ...rest, nodes, carriers: new Map(), pulls: [], seen: openSteps(rest.state.spec.views.length) };
}

function learn(work: NightWork, { facts, clock, happenedAt }: LearnEvent): ParcelClock | null {
  const { nodes, state, day } = work;
  const { views, teachingTail } = state.spec;
  const name = facts.carrier ?? "?";
  const carrier = work.carriers.get(name) ?? entry(work.carriers, name, () => openCarrier(work, facts));
  const weight = weightOn(facts, carrier.parts, day);
  const events = happenedAt === null ? 0 : 1;
  const teaches = work.learns && (teachingTail === 0 || Math.exp(-clock.hazard) > teachingTail);
  const [lane, factors] = [nodes.lane(facts), nodes.factorsOf(facts)];
  if (teaches) noteSteps(work.seen, factors, events);
  const ages: number[] = [];
  let [lived, oldest] = [0, 0];
  for (let index = 0; index < views.length; index += 1) {
    const [age, pace] = [clock.ages[index] ?? 0, views[index]?.pace ?? 0];
    const at = { bin: binOf(age + weight / 2), day, carrierDay: facts.carrierDay };
    const { pull, hazard, expected } = addView(work, { lane, factors, index, at, weight, events, teaches });
    const after = age + weight * (pace === 0 ? 1 : paceOf(pull.clamped, pace));
    ages.push(after);
    oldest = Math.max(oldest, after);
    lived += hazard / views.length;
    if (index === 0 && teaches) addWeekday(work, carrier, { facts, events, expected });
  }
  if (happenedAt !== null) {
    addCount(countSum(nodes.sums, HOURS, name), Math.floor(happenedAt), 1, 0);
    return null;
  }
  return oldest >= LAST_AGE ? null : { ages, hazard: clock.hazard + lived };
}

/** A power is dear, and nearly always asked for one of two. */
const paceOf = (pull: number, pace: number): number => (pace === 1 ? pull : pull ** pace);

const openCarrier = (work: NightWork, facts: ParcelFacts): CarrierDay => {
  return { parts: readClockParts(work.state, facts, work), weekday: null };
};

interface ViewDay {
  lane: LaneNode;
  factors: ParcelFactors;
  index: number;
  at: { bin: number; day: Day; carrierDay: Day | null };
  weight: number;
  events: 0 | 1;
  teaches: boolean;
}

interface ViewSeen {
  pull: Pull;
  hazard: number;
  /** Chance that what it waits for happens on the day. */
  expected: number;
}

/** Adds one parcel's day to its lane and to every factor of a view. */
function addView(work: NightWork, { lane, factors, index, at, weight, events, teaches }: ViewDay): ViewSeen {
  const pull = pullOf(work.pulls, { factors, index, at });
  const hazard = lane.rateOf(index, at.bin) * pull.product * weight;
  const expected = 1 - Math.exp(-hazard);
  if (!teaches) return { pull, hazard, expected };
  lane.add(index, at.bin, { events, exposure: weight * pull.ofTables * (events === 1 ? 0.5 : 1) });
  work.seen.expected[index] = (work.seen.expected[index] ?? 0) + expected;
  for (const { table, row } of factors.slotted)
    table.add({ row, view: index, slot: slotOf(table.spec.by, at) }, { events, expected });
  return { pull, hazard, expected };
}

/** The day of the hand-over and holidays say nothing of the weekday they fall on. */
function addWeekday(
  { nodes, state, day, holidays }: NightWork,
  carrier: CarrierDay,
  { facts, events, expected }: { facts: ParcelFacts; events: number; expected: number },
): void {
  const { country, region } = facts.destination;
  if (day === facts.since.day || holidays.isHoliday(country, region, day)) return;
  const weekday = weekdayOf(day);
  const open = (): RatioSum =>
    ratioSum(nodes.sums, `${state.spec.views[0]?.name}.${WEEKDAY}`, `${facts.carrier ?? "?"}#${weekday}`);
  addRatio((carrier.weekday ??= open()), events, expected / (carrier.parts.weights[weekday] ?? 1));
}
