import type { LocalMoment } from "./civil-day.ts";
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
 * The silence of a parcel whose last news came at `facts.since`, as of now: walks the days between and multiplies the
 * chances of hearing nothing. A weekend adds little to it, whatever the hours say.
 */
export function measureSilence(
  { law, holidays }: { law: LawState; holidays: Holidays },
  { facts, now }: { facts: ParcelFacts; now: LocalMoment },
): Silence {
  const lane = resolveLane(law, facts, now.day - 1);
  const clock = openClock(law, facts, { day: now.day - 1, holidays });
  const view = lane.views[0];
  let [age, hazard] = [0, 0];
  for (let day = facts.since.day; day <= now.day && age < LAST_AGE; day += 1) {
    const weight = clock.weightOf(day);
    const bin = binOf(age + weight / 2);
    let rate = view?.rates[bin] ?? 0;
    for (const [index, { by }] of law.spec.factors.entries())
      rate *= view?.factors[index * SLOTS + slotOf(by, { bin, day, carrierDay: facts.carrierDay })] ?? 1;
    const passed = weight * (day === now.day ? clock.shareBefore(now.hour) : 1);
    hazard += rate * passed;
    age += passed;
  }
  return { age, tail: Math.exp(-hazard) };
}
