import type { Day } from "./civil-day.ts";
import { openClock } from "./delivery-clock.ts";
import type { Holidays, LawState } from "./law.ts";
import { NEWBORN, type ParcelFacts } from "./parcel-facts.ts";
import { resolveLane } from "./resolve-lane.ts";
import { binOf, LAST_AGE } from "./age-bins.ts";
import { slotOf, SLOTS } from "./factor-slots.ts";

/** How improbable a parcel's silence is. */
export interface Silence {
  /** Working days of the scanners since the last news. */
  age: number;
  /** Share of such parcels that stay silent so long: at 0.02 the silence is longer than 98 % of them. */
  tail: number;
}

/** Of a hundred parcels some three lie somewhere for longer than the law of their lane knows: judgement, not data. */
const HELD_SHARE = 0.03;

/**
 * How sure a silence makes us that a parcel is held back, by Bayes: those that are held are silent for sure, of the others
 * `tail` are silent so long. 0 for a parcel that was just heard of: the law has its share of held parcels already.
 */
export function heldWeight(tail: number): number {
  const held = HELD_SHARE / (HELD_SHARE + (1 - HELD_SHARE) * tail);
  return Math.max(0, (held - HELD_SHARE) / (1 - HELD_SHARE));
}

/** A parcel of which there was news a moment ago. */
export const JUST_HEARD = { ...NEWBORN, ages: [0] };

/**
 * The silence of a parcel whose last news came at `facts.since`, at any hour of a day: walks the days between once and
 * multiplies the chances of hearing nothing. A weekend adds little to it, whatever the hours say.
 */
export function openSilence(
  { law, holidays }: { law: LawState; holidays: Holidays },
  { facts, day: today }: { facts: ParcelFacts; day: Day },
): (hour: number) => Silence {
  const view = resolveLane(law, facts, today - 1).views[0];
  const clock = openClock(law, facts, { day: today - 1, holidays });
  const rateOn = (day: Day, age: number, weight: number): number => {
    const bin = binOf(age + weight / 2);
    let rate = view?.rates[bin] ?? 0;
    for (const [index, { by }] of law.spec.factors.entries())
      rate *= view?.factors[index * SLOTS + slotOf(by, { bin, day, carrierDay: facts.carrierDay })] ?? 1;
    return rate;
  };
  let [age, hazard] = [0, 0];
  for (let day = facts.since.day; day < today && age < LAST_AGE; day += 1) {
    const weight = clock.weightOf(day);
    hazard += rateOn(day, age, weight) * weight;
    age += weight;
  }
  const weight = clock.weightOf(today);
  const begun = today >= facts.since.day && age < LAST_AGE;
  const rate = begun ? rateOn(today, age, weight) : 0;
  return (hour) => {
    const passed = begun ? weight * clock.shareBefore(hour) : 0;
    return { age: age + passed, tail: Math.exp(-(hazard + rate * passed)) };
  };
}
