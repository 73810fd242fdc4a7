import type { Day, LocalMoment } from "./civil-day.ts";
import { handOver, type Journey, type JourneyStep } from "./journey.ts";
import type { LearnEvent, Night } from "./learn-night.ts";
import { type ClockWalker, clockKey, type ParcelClocks, silenceKey } from "./parcel-clocks.ts";
import { NEWBORN } from "./parcel-facts.ts";
import { JUST_HEARD } from "./scan-silence.ts";
import { factsAt, type StoredFacts } from "./stored-facts.ts";

/** One parcel on one day that a night learns from. */
export interface ParcelDay {
  facts: StoredFacts;
  journey: Journey;
  clocks: ParcelClocks;
  day: Day;
}

export interface NightPair {
  transit: Night;
  silence: Night;
  walkers: { transit: ClockWalker; silence: ClockWalker };
}

/** The clocks after the day, and the next day to learn from it; null when there is none. */
export interface ParcelLearnt {
  clocks: ParcelClocks;
  learnFrom: Day | null;
  /** What became of it, on the day on which that was learnt. */
  fate: "arrived" | "never" | null;
}

/**
 * Learns one parcel's day: every stage it has come to waits for the delivery, and every piece of news for the next one.
 * What happened on a day that was learnt before it was known counts on the first day that is left: late, but not lost.
 */
export function learnParcel(nights: NightPair, parcel: ParcelDay): ParcelLearnt {
  const { journey, day } = parcel;
  const { end } = journey;
  const ended = end !== null && end.day <= day;
  const clocks: ParcelClocks = {};
  learnStages(nights, parcel, clocks);
  learnSilence(nights, parcel, clocks);
  if (ended) return { clocks: {}, learnFrom: null, fate: fateOf(journey) };
  const waiting = Object.values(clocks).some((clock) => clock !== null);
  const tooOld = !waiting && journey.stages.every((step) => step.day <= day);
  return { clocks, learnFrom: tooOld ? null : day + 1, fate: tooOld ? "never" : null };
}

/** Labels that were never used are nobody's loss. */
function fateOf(journey: Journey): ParcelLearnt["fate"] {
  if (journey.end?.kind === "arrived") return "arrived";
  return journey.end?.kind === "lost" && handOver(journey) ? "never" : null;
}

/** The clocks go to `learnt`, as those of the silence do. */
function learnStages({ transit, walkers }: NightPair, parcelDay: ParcelDay, learnt: ParcelClocks): void {
  const { facts, journey, clocks, day } = parcelDay;
  const { end, stages } = journey;
  const [waits, events]: [string[], LearnEvent[]] = [[], []];
  for (const step of stages) {
    if (step.day > day) continue;
    const key = clockKey(step);
    const parcel = factsAt(facts, step);
    const known = clocks[key];
    const clock = known === undefined ? walkers.transit.walk(parcel, NEWBORN, { from: step.day, to: day }) : known;
    // In the order of the journey, whatever it is in the end.
    learnt[key] = null;
    // Returned, lost or taken back: nobody waited for it on that day any more.
    if (clock === null || (end !== null && end.day <= day && end.kind !== "arrived")) continue;
    waits.push(key);
    events.push({ facts: parcel, clock, happenedAt: hourOn(day, end) });
  }
  const after = transit.learnSteps(events);
  for (const [index, key] of waits.entries()) learnt[key] = after[index] ?? null;
}

/** The hour at which it happened, when it happened by the end of the day; what happened earlier counts at noon. */
function hourOn(day: Day, moment: LocalMoment | null): number | null {
  if (moment === null || moment.day > day) return null;
  return moment.day === day ? moment.hour : 12;
}

function learnSilence({ silence, walkers }: NightPair, parcelDay: ParcelDay, learnt: ParcelClocks): void {
  const { facts, journey, clocks, day } = parcelDay;
  for (const [step, next] of gapsOf(journey)) {
    if (step.day > day) continue;
    const key = silenceKey(step);
    const known = clocks[key];
    // A gap that was over before this day and has no clock is one that an earlier night has learnt.
    if (next !== null && next.day < day && known === undefined) continue;
    if (known === null) {
      if (next === null || next.day > day) learnt[key] = null;
      continue;
    }
    const parcel = factsAt(facts, step);
    const clock = known ?? walkers.silence.walk(parcel, JUST_HEARD, { from: step.day, to: day });
    const after = clock && silence.learn({ facts: parcel, clock, happenedAt: hourOn(day, next) });
    if (next === null || next.day > day) learnt[key] = after;
  }
}

function gapsOf({ news, end }: Journey): (readonly [JourneyStep, LocalMoment | null])[] {
  return news.map((step, index) => [step, news[index + 1] ?? end] as const);
}
