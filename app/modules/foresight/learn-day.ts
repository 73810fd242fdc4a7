import { writeDay, readDay, type Day } from "./civil-day.ts";
import { openModel } from "./forecast-parcel.ts";
import { type FirstSaid, firstSaidOf, type ForeseeLaws, forecastOn, thresholdsOf } from "./foresee-parcel.ts";
import type { ForecastWishes } from "./forecast-wishes.ts";
import { handOver, type Journey } from "./journey.ts";
import type { ShopLaws } from "./law-book.server.ts";
import { openNight } from "./learn-night.ts";
import { learnParcel, type NightPair } from "./learn-parcel.ts";
import { NO_PEAKS } from "./parcel-outcomes.ts";
import { ClockWalker } from "./parcel-clocks.ts";
import { learnTime } from "./learn-time.ts";
import type { NightResult, NightRow } from "./night-rows.server.ts";
import { entry } from "./night-sums.ts";
import type { NightShareSums } from "./night-share.ts";
import { lastDaySaid } from "./score-forecasts.ts";
import { countFate, openTally, type Tally } from "./tally.ts";

/** One shop's night: parcels are learnt one by one, what they add up stays apart from the laws. */
export interface NightShare extends NightPair {
  day: Day;
  laws: ForeseeLaws;
  tally: Tally;
  /** When the next day may be learnt, by zone. */
  nextAt: Map<string, string>;
  /** From this chance on a delay is predicted. */
  delayProbability: number;
}

/** Opens a day's night on the laws as they stood before it. */
export function openNightShare(laws: ShopLaws & { wishes?: ForecastWishes }, day: Day): NightShare {
  const { transit, silence, holidays } = laws;
  const walkers = { transit: new ClockWalker(transit, holidays), silence: new ClockWalker(silence, holidays) };
  return {
    day,
    walkers,
    transit: openNight(transit, day, holidays),
    silence: openNight(silence, day, holidays),
    laws: { ...laws, model: openModel(transit, holidays, day - 1), walker: walkers.transit },
    tally: openTally(),
    nextAt: new Map(),
    delayProbability: thresholdsOf(laws.knowledge, laws.wishes).delayProbability,
  };
}

/** What the parcels learnt since the last time add up to. */
export function takeSums(share: NightShare): NightShareSums {
  const { tally } = share;
  share.tally = openTally();
  return { transit: share.transit.take(), silence: share.silence.take(), tally };
}

/**
 * Learns one parcel's day. A parcel that came late, as imported ones do, is foreseen as it would have been: from what was
 * known on that day, before the day itself is learnt.
 */
export function learnRow(share: NightShare, row: NightRow, { isReplay }: { isReplay: boolean }): NightResult {
  const { day } = share;
  const firstSaid = row.firstSaid ?? saidThen(share, row);
  const late = isReplay && firstSaid ? lateThen(share, row) : null;
  const peakLate = late !== null && late > (row.peakLate ?? LEAST_PEAK) ? late : row.peakLate;
  const warnedOn = row.warnedOn ?? (late !== null && late >= share.delayProbability ? writeDay(day) : null);
  const { clocks, learnFrom, fate } = learnParcel(share, { ...row, day });
  const carrier = row.facts.carrier ?? "?";
  if (fate) countFate(share.tally, carrier, fate);
  const { end } = row.journey;
  if (end?.kind === "arrived" && learnFrom === null && firstSaid && firstSaid.carrierDay !== null)
    share.tally.rivals.push({
      ...{ carrier, arrived: end.day, carrierDay: firstSaid.carrierDay },
      ourDay: firstSaid.by.q50,
    });
  return {
    ...{ id: row.id, clocks: JSON.stringify(clocks), learnFrom, firstSaid, warnedOn, peakLate },
    tells: firstSaid !== row.firstSaid || warnedOn !== row.warnedOn || peakLate !== row.peakLate,
    // Who is followed is looked at every day; a past that is made up for has no such looks.
    due: firstSaid !== null && (learnFrom === null || (isReplay && day === lastDaySaid(firstSaid))),
    learnAt:
      learnFrom === null
        ? null
        : entry(share.nextAt, row.facts.zone, () => learnTime(row.facts.zone, day + 1).toISOString()),
  };
}

/** What would have been said when the carrier took it over, when that was on this day. */
function saidThen({ laws, day }: NightShare, row: NightRow): FirstSaid | null {
  const handed = handOver(row.journey);
  if (handed?.day !== day) return null;
  const promiseDay = row.promisedOn === null ? null : readDay(row.promisedOn);
  const journey: Journey = { stages: [handed], news: [handed], end: null, attempt: null };
  const before = { ...NOTHING_BEFORE, learnFrom: day };
  const { facts } = row;
  const input = { facts, journey, promiseDay, before, now: new Date(0), seed: row.id };
  return firstSaidOf(forecastOn(laws, input, handed), { promiseDay, facts });
}

const NOTHING_BEFORE = {
  clocks: {},
  shown: null,
  troubles: [],
  firstSaid: null,
  warnedOn: null,
  peakLate: null,
  peaks: NO_PEAKS,
} as const;

/** A peak below every threshold that may be chosen tells nothing. */
const LEAST_PEAK = 0.3;

/** How sure of a delay we would have been on the morning of this day; null when nothing could be said of one. */
function lateThen({ laws, day }: NightShare, row: NightRow): number | null {
  const promiseDay = row.promisedOn === null ? null : readDay(row.promisedOn);
  const stages = row.journey.stages.filter((step) => step.day < day);
  const arrived = row.journey.attempt !== null && row.journey.attempt < day;
  if (promiseDay === null || day > promiseDay || stages.length === 0 || arrived) return null;
  const journey: Journey = { stages, news: stages, end: null, attempt: null };
  const before = { ...NOTHING_BEFORE, clocks: row.clocks, learnFrom: day };
  const input = { facts: row.facts, journey, promiseDay, before, now: new Date(0), seed: row.id };
  return forecastOn(laws, input, { day, hour: 6 }).lateProbability;
}
