import type { LocalMoment } from "#app/modules/foresight/civil-day.ts";
import { weekdayOf } from "#app/modules/foresight/civil-day.ts";
import { emptyLaw, type LawState, NO_HOLIDAYS } from "#app/modules/foresight/law.ts";
import { openNight } from "#app/modules/foresight/learn-night.ts";
import type { ParcelFacts } from "#app/modules/foresight/parcel-facts.ts";
import { JUST_HEARD, openSilence } from "#app/modules/foresight/scan-silence.ts";
import { SILENCE_LAW } from "#app/modules/foresight/silence-law.ts";
import { seededRandom } from "#tests/support/seeded-random.ts";
import { FIRST_DAY, parcelFacts } from "./simulated-lane.ts";

/** One parcel's scans, and what became of it: a lost one is never scanned again. */
export interface ScannedParcel {
  facts: ParcelFacts;
  scans: LocalMoment[];
  lost: boolean;
  /** It lay somewhere for days before it moved on: late, and not lost. The scans between which it lay. */
  held: { from: LocalMoment; to: LocalMoment } | null;
  /** After it, nothing happens to the parcel: it was delivered, or it is lost. */
  lastScan: LocalMoment;
}

/** How often each carrier scans on a working day; a slow post beside two fast ones, as shops have them. */
const SCANS_PER_DAY: Readonly<Record<string, number>> = { swift: 1.8, steady: 1.1, post: 0.35 };
/** Hardly anybody scans on Sundays, few on Saturdays. */
const WORK = [0.03, 1, 1, 1, 1, 1, 0.25];
const LOST_SHARE = 0.02;
const SCANS_TO_DELIVERY = 6;
/** Of the others so many are held once, for so many days. */
const HELD_SHARE = 0.06;
const HELD_DAYS = { least: 3, most: 8 };

export function simulateScans({ seed, days, perDay }: { seed: number; days: number; perDay: number }): ScannedParcel[] {
  const random = seededRandom(seed);
  const carriers = Object.keys(SCANS_PER_DAY);
  return Array.from({ length: days * perDay }, (_, index) => {
    const carrier = carriers[Math.floor(random() * carriers.length)] ?? "swift";
    const scans: LocalMoment[] = [{ day: FIRST_DAY + Math.floor(index / perDay), hour: 8 + random() * 10 }];
    const lost = random() < LOST_SHARE;
    const wanted = lost ? 1 + Math.floor(random() * (SCANS_TO_DELIVERY - 1)) : SCANS_TO_DELIVERY;
    const heldAfter = !lost && random() < HELD_SHARE ? 1 + Math.floor(random() * (wanted - 1)) : null;
    for (let day = (scans[0]?.day ?? FIRST_DAY) + 1; scans.length < wanted; day += 1) {
      const chance = 1 - Math.exp(-(SCANS_PER_DAY[carrier] ?? 1) * (WORK[weekdayOf(day)] ?? 1));
      if (random() >= chance) continue;
      const { least, most } = HELD_DAYS;
      if (scans.length === heldAfter) day += least + Math.floor(random() * (most - least + 1));
      scans.push({ day, hour: 6 + random() * 14 });
    }
    const [from, to] = heldAfter === null ? [] : scans.slice(heldAfter - 1);
    const held = from && to ? { from, to } : null;
    const lastScan = scans.at(-1) ?? { day: FIRST_DAY, hour: 8 };
    const facts = parcelFacts({ carrier, service: null, stage: "moving", shipFrom: null, since: lastScan });
    return { facts, scans, lost, held, lastScan };
  });
}

/** The newest scan before a moment; null when the parcel was not known yet. */
export function lastHeard({ scans }: ScannedParcel, { day, hour }: LocalMoment): LocalMoment | null {
  return scans.findLast((scan) => scan.day < day || (scan.day === day && scan.hour <= hour)) ?? null;
}

/** Whether it still lies somewhere, as far as the shop can know. */
export function isOpen({ lost, lastScan }: ScannedParcel, { day, hour }: LocalMoment): boolean {
  return lost || lastScan.day > day || (lastScan.day === day && lastScan.hour > hour);
}

/** Lost parcels are given up after so many days, as shops do. */
export const GIVEN_UP = 30;

/** What a shop has learnt of its carriers' gaps, night after night. */
export function learnSilence(parcels: readonly ScannedParcel[], days: number): LawState {
  const state = emptyLaw(SILENCE_LAW);
  let open: { parcel: ScannedParcel; clock: { ages: readonly number[]; hazard: number } }[] = [];
  const waiting = [...parcels].sort((left, right) => (left.scans[0]?.day ?? 0) - (right.scans[0]?.day ?? 0));
  for (let day = FIRST_DAY; day < FIRST_DAY + days; day += 1) {
    const night = openNight(state, day, NO_HOLIDAYS);
    const next: typeof open = [];
    for (const { parcel, clock } of open) {
      const heard = parcel.scans.find((scan) => scan.day === day);
      const since = lastHeard(parcel, { day: day - 1, hour: 24 }) ?? { day, hour: 0 };
      const after = night.learn({ facts: { ...parcel.facts, since }, clock, happenedAt: heard?.hour ?? null });
      const stays = isOpen(parcel, { day, hour: 24 }) && day - parcel.lastScan.day < GIVEN_UP;
      if (stays) next.push({ parcel, clock: heard ? JUST_HEARD : (after ?? clock) });
    }
    while (waiting[0]?.scans[0]?.day === day) {
      const parcel = waiting.shift();
      if (parcel && isOpen(parcel, { day, hour: 24 })) next.push({ parcel, clock: JUST_HEARD });
    }
    night.close();
    open = next;
  }
  return state;
}

/** How suspicious a parcel's silence is at a moment, by the model and by the hours: higher is more suspicious. */
export function suspicion(
  law: LawState,
  parcel: ScannedParcel,
  now: LocalMoment,
): { model: number; hours: number } | null {
  const since = lastHeard(parcel, now);
  if (!since || !isOpen(parcel, now)) return null;
  const silenceAt = openSilence({ law, holidays: NO_HOLIDAYS }, { facts: { ...parcel.facts, since }, day: now.day });
  const { tail } = silenceAt(now.hour);
  return { model: 1 - tail, hours: (now.day - since.day) * 24 + now.hour - since.hour };
}
