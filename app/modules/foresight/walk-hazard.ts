import { binOf } from "./age-bins.ts";
import type { Day, LocalMoment } from "./civil-day.ts";
import type { DeliveryClock } from "./delivery-clock.ts";
import { slotOf, SLOTS } from "./factor-slots.ts";
import type { KnownLane, KnownView } from "./lane-memory.ts";
import type { FactorSpec, LawSpec } from "./law.ts";
import type { ParcelClock, ParcelFacts } from "./parcel-facts.ts";

/** Days that a forecast looks ahead at most. */
export const HORIZON = 150;
/** Below this share still waiting the walk ends, once the day that was asked for has passed. */
const ENOUGH = 0.02;
const MOST_PULL = Math.log(3);

export interface Walk {
  facts: ParcelFacts;
  clock: ParcelClock;
  lane: KnownLane;
  spec: LawSpec;
  delivery: DeliveryClock;
  now: LocalMoment;
  /** Walk at least to the end of this day. */
  until: Day | null;
}

/** Where a curve is written before its length is known: made anew, it would be most of a walk's garbage. */
const SCRATCH = new Float64Array(HORIZON);

/** Share of such parcels still waiting at the end of each day from today on, given that it is still waiting now. */
export function walkHazard({ facts, clock, lane, spec, delivery, now, until }: Walk): Float64Array {
  const survival = SCRATCH;
  const walkers = lane.views.map((view, index) => openWalker(view, spec, index, clock.ages[index] ?? 0));
  const left = shareLeftToday(facts, delivery, now);
  const needed = until === null ? 0 : until - now.day;
  let days = 0;
  while (days < HORIZON) {
    const weight = delivery.weightOf(now.day + days);
    const part = days === 0 ? left : 1;
    const at = { weight, part, ahead: days, day: now.day + days, carrierDay: facts.carrierDay };
    let sum = 0;
    for (const walker of walkers) {
      step(walker, at);
      sum += spec.frailty === 0 ? Math.exp(-walker.hazard) : (1 + spec.frailty * walker.hazard) ** (-1 / spec.frailty);
    }
    survival[days] = sum / walkers.length;
    days += 1;
    if (sum / walkers.length < ENOUGH && days > needed) break;
  }
  return survival.slice(0, days);
}

/** What is left of today: the part of the day's deliveries that comes after this hour. */
function shareLeftToday({ since }: ParcelFacts, delivery: DeliveryClock, { day, hour }: LocalMoment): number {
  const from = day === since.day ? 1 - delivery.shareBefore(since.hour) : 1;
  return from <= 0 ? 1 : Math.min(1, (1 - delivery.shareBefore(hour)) / from);
}

interface Walker {
  rates: Float64Array;
  pace: number;
  age: number;
  hazard: number;
  /** Logarithms of the factors' values. */
  logs: readonly number[];
  /** Sum of the logarithms of the factors that fade alike, and how they fade. */
  groups: { log: number; fading: Float64Array }[];
  /** Where the logarithms of those with slots begin. */
  slotted: { by: FactorSpec["by"]; start: number }[];
}

function openWalker({ rates, logs }: KnownView, spec: LawSpec, index: number, age: number): Walker {
  const { fadings, groupOf } = planOf(spec);
  const groups = fadings.map((fading) => ({ log: 0, fading }));
  const slotted: Walker["slotted"] = [];
  for (let position = 0; position < spec.factors.length; position += 1) {
    const start = position * SLOTS;
    const group = groups[groupOf[position] ?? -1];
    if (group) group.log += logs[start] ?? 0;
    else if (hasValues(logs, start)) slotted.push({ by: spec.factors[position]?.by, start });
  }
  return {
    rates,
    logs,
    pace: spec.views[index]?.pace ?? 0,
    age,
    hazard: 0,
    groups: groups.filter(({ log }) => log !== 0),
    slotted,
  };
}

function hasValues(logs: readonly number[], start: number): boolean {
  for (let at = start; at < start + SLOTS; at += 1) if (logs[at] !== 0) return true;
  return false;
}

/** How the factors of a law fade: those that fade alike are one group; a factor with slots has none. */
interface Plan {
  fadings: readonly Float64Array[];
  groupOf: readonly number[];
}

const PLANS = new WeakMap<LawSpec, Plan>();

function planOf(spec: LawSpec): Plan {
  const known = PLANS.get(spec);
  if (known) return known;
  const fades = [...new Set(spec.factors.filter(({ by }) => !by).map(({ fade }) => fade))];
  const plan = {
    fadings: fades.map(fadingOf),
    groupOf: spec.factors.map(({ by, fade }) => (by ? -1 : fades.indexOf(fade))),
  };
  PLANS.set(spec, plan);
  return plan;
}

interface Step {
  weight: number;
  /** Part of the day that lies ahead. */
  part: number;
  ahead: number;
  day: Day;
  carrierDay: Day | null;
}

function step(walker: Walker, { weight, part, ahead, day, carrierDay }: Step): void {
  const bin = binOf(walker.age + weight / 2);
  let log = 0;
  for (const group of walker.groups) log += group.log * (group.fading[ahead] ?? 0);
  for (const { by, start } of walker.slotted) log += walker.logs[start + slotOf(by, { bin, day, carrierDay })] ?? 0;
  walker.hazard += (walker.rates[bin] ?? 0) * Math.exp(log) * weight * part;
  const pull = Math.min(MOST_PULL, Math.max(-MOST_PULL, log));
  walker.age += walker.pace === 0 ? weight : weight * Math.exp(walker.pace * pull);
}

/** `exp(-days/fade)` for every day ahead; 0 = it lasts. */
function fadingOf(fade: number): Float64Array {
  return Float64Array.from({ length: HORIZON }, (_, days) => (fade === 0 ? 1 : Math.exp(-days / fade)));
}
