import type { ArrivalCurve } from "./arrival-curve.ts";
import { dayOf } from "./arrival-curve.ts";
import { weekdayOf } from "./civil-day.ts";
import { SLOTS } from "./factor-slots.ts";
import type { Holidays, LawSpec } from "./law.ts";
import type { ParcelFacts } from "./parcel-facts.ts";
import type { KnownLane } from "./lane-memory.ts";

/** Why a forecast is what it is; the key has a sentence in every catalogue, the number goes into it. */
export type Reason =
  /** Deliveries run at `speed` times the usual rate: of the carrier, to the region, on the lane, from the location … */
  | { key: "speed"; of: string; speed: number }
  /** Only `share` of such parcels wait as long as this one has. */
  | { key: "long_wait"; share: number }
  | { key: "holidays"; days: number }
  | { key: "weekend"; days: number }
  | { key: "carrier_date"; day: number };

interface Subject {
  lane: KnownLane;
  spec: LawSpec;
  facts: ParcelFacts;
  curve: ArrivalCurve;
  holidays: Holidays;
  waitingShare: number;
}

const MOST_REASONS = 3;
/** A rate within a tenth of the usual one explains nothing. */
const WORTH_SAYING = Math.log(1.1);

/** The strongest reasons, by how far each moves the hazard. */
export function explainForecast(subject: Subject): Reason[] {
  return [...speeds(subject), ...waits(subject), ...idleDays(subject)]
    .sort((left, right) => right.strength - left.strength)
    .slice(0, MOST_REASONS)
    .map(({ reason }) => reason);
}

interface Weighed {
  reason: Reason;
  strength: number;
}

/** What moves alike is said once: "the network now" and "the network" are one reason. */
const SUBJECTS: Readonly<Record<string, string>> = {
  network_now: "network",
  network: "network",
  region_now: "region",
  region: "region",
  lane_now: "lane",
  zip3: "area",
  zip5: "area",
  ship_from: "ship_from",
  option: "option",
};

function speeds({ lane, spec }: Subject): Weighed[] {
  const logs = new Map<string, number>();
  for (const view of lane.views)
    for (const [position, { name }] of spec.factors.entries()) {
      const of = SUBJECTS[name];
      if (!of) continue;
      const log = (view.logs[position * SLOTS] ?? 0) / lane.views.length;
      logs.set(of, (logs.get(of) ?? 0) + log);
    }
  return [...logs]
    .filter(([, log]) => Math.abs(log) >= WORTH_SAYING)
    .map(([of, log]) => ({ reason: { key: "speed", of, speed: Math.exp(log) }, strength: Math.abs(log) }));
}

function waits({ waitingShare }: Subject): Weighed[] {
  if (waitingShare > 0.25) return [];
  return [{ reason: { key: "long_wait", share: waitingShare }, strength: -Math.log(waitingShare) / 4 }];
}

/** Holidays and Sundays between now and the likely day. */
function idleDays({ facts, curve, holidays }: Subject): Weighed[] {
  const { country, region } = facts.destination;
  const [first, last] = [curve.now.day, dayOf(curve, 0.5)];
  let [free, sundays] = [0, 0];
  for (let day = first; day <= last; day += 1) {
    // A holiday on a Sunday takes nothing away.
    if (weekdayOf(day) === 0) sundays += 1;
    else if (holidays.isHoliday(country, region, day)) free += 1;
  }
  const length = last - first + 1;
  const weighed: Weighed[] = [];
  if (free > 0) weighed.push({ reason: { key: "holidays", days: free }, strength: free / length + 0.2 });
  if (sundays > 0) weighed.push({ reason: { key: "weekend", days: sundays }, strength: sundays / length });
  if (facts.carrierDay !== null && facts.carrierDay >= first && Math.abs(facts.carrierDay - last) <= 1)
    weighed.push({ reason: { key: "carrier_date", day: facts.carrierDay }, strength: 0.3 });
  return weighed;
}
