import { binOf } from "./age-bins.ts";
import type { Day, LocalMoment } from "./civil-day.ts";
import type { DeliveryClock } from "./delivery-clock.ts";
import { slotOf, SLOTS } from "./factor-slots.ts";
import type { FactorSpec, LawSpec } from "./law.ts";
import type { ParcelClock, ParcelFacts } from "./parcel-facts.ts";
import type { Lane, LaneView } from "./resolve-lane.ts";

/** Days that a forecast looks ahead at most. */
export const HORIZON = 150;
/** Below this share still waiting the walk ends, once the day that was asked for has passed. */
const ENOUGH = 0.02;
const MOST_PULL = Math.log(3);

export interface Walk {
  facts: ParcelFacts;
  clock: ParcelClock;
  lane: Lane;
  spec: LawSpec;
  delivery: DeliveryClock;
  now: LocalMoment;
  /** Walk at least to the end of this day. */
  until: Day | null;
}

/** Share of such parcels still waiting at the end of each day from today on, given that it is still waiting now. */
export function walkHazard({ facts, clock, lane, spec, delivery, now, until }: Walk): Float64Array {
  const survival = new Float64Array(HORIZON);
  const walkers = lane.views.map((view, index) => openWalker(view, spec, index, clock.ages[index] ?? 0));
  const left = shareLeftToday(facts, delivery, now);
  const needed = until === null ? 0 : until - now.day;
  let days = 0;
  while (days < HORIZON) {
    const weight = delivery.weightOf(now.day + days);
    const part = days === 0 ? left : 1;
    let sum = 0;
    for (const walker of walkers) {
      step(walker, { weight, part, ahead: days, day: now.day + days, carrierDay: facts.carrierDay });
      sum += spec.frailty === 0 ? Math.exp(-walker.hazard) : (1 + spec.frailty * walker.hazard) ** (-1 / spec.frailty);
    }
    survival[days] = sum / walkers.length;
    days += 1;
    if (sum / walkers.length < ENOUGH && days > needed) break;
  }
  return survival.subarray(0, days);
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
  /** Sum of the logarithms of the factors that fade alike, and how they fade. */
  groups: { log: number; fading: Float64Array }[];
  slotted: { by: FactorSpec["by"]; logs: Float64Array }[];
}

function openWalker(view: LaneView, spec: LawSpec, index: number, age: number): Walker {
  const groups = new Map<number, number>();
  const slotted: Walker["slotted"] = [];
  for (const [position, { by, fade }] of spec.factors.entries()) {
    const start = position * SLOTS;
    const own = view.factors.subarray(start, start + SLOTS);
    if (by && own.some((value) => value !== 1)) slotted.push({ by, logs: own.map(Math.log) });
    else if (!by) groups.set(fade, (groups.get(fade) ?? 0) + Math.log(view.factors[start] ?? 1));
  }
  return {
    rates: view.rates,
    pace: spec.views[index]?.pace ?? 0,
    age,
    hazard: 0,
    groups: [...groups].map(([fade, log]) => ({ log, fading: fadingOf(fade) })),
    slotted,
  };
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
  for (const { by, logs } of walker.slotted) log += logs[slotOf(by, { bin, day, carrierDay })] ?? 0;
  walker.hazard += (walker.rates[bin] ?? 0) * Math.exp(log) * weight * part;
  const pull = Math.min(MOST_PULL, Math.max(-MOST_PULL, log));
  walker.age += walker.pace === 0 ? weight : weight * Math.exp(walker.pace * pull);
}

const FADINGS = new Map<number, Float64Array>();

/** `exp(-days/fade)` for every day ahead; 0 = it lasts. A handful of constants, computed once. */
function fadingOf(fade: number): Float64Array {
  const known = FADINGS.get(fade);
  if (known) return known;
  const made = Float64Array.from({ length: HORIZON }, (_, days) => (fade === 0 ? 1 : Math.exp(-days / fade)));
  FADINGS.set(fade, made);
  return made;
}
