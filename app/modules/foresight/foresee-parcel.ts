import { isCarrierBetter } from "./carrier-date.ts";
import { type Day, type LocalMoment, readDay, writeDay } from "./civil-day.ts";
import { detectTrouble, type Detection, type Thresholds, USUAL_THRESHOLDS } from "./detect-trouble.ts";
import { type Forecast, type ForecastModel, forecastParcel } from "./forecast-parcel.ts";
import { type ForecastWishes, NO_WISHES } from "./forecast-wishes.ts";
import type { ForecastView, ShownOn, Trouble } from "./forecast-view.ts";
import { currentStep, handOver, type Journey } from "./journey.ts";
import type { Holidays, LawState } from "./law.ts";
import { localMoment } from "./local-moment.ts";
import { neverShare } from "./lost-probability.ts";
import { type ClockWalker, clockKey, type ParcelClocks } from "./parcel-clocks.ts";
import { NEWBORN, type Stage } from "./parcel-facts.ts";
import type { Peaks } from "./parcel-outcomes.ts";
import { nextReview } from "./next-review.ts";
import { heldWeight, openSilence, type Silence } from "./scan-silence.ts";
import type { ScoredParcel } from "./score-forecasts.ts";
import { chooseShownDate, type ShownDate } from "./shown-date.ts";
import { factsAt, type StoredFacts } from "./stored-facts.ts";
import type { Knowledge } from "./tally.ts";

/** What was said at the hand-over, as days since 1970. */
export type FirstSaid = Omit<ScoredParcel, "warnedDay" | "arrivedDay"> & { saidOn: Day };

export interface ForeseenBefore {
  clocks: ParcelClocks;
  learnFrom: Day;
  shown: ShownOn | null;
  troubles: readonly Trouble[];
  firstSaid: FirstSaid | null;
  warnedOn: string | null;
  peakLate: number | null;
  peaks: Peaks;
}

export interface Foreseen {
  modelVersion: string;
  windows: NonNullable<ForecastView["windows"]>;
  likelyOn: string;
  shown: ShownOn;
  lateProbability: number | null;
  lostProbability: number;
  peakLate: number | null;
  peaks: Peaks;
  reasons: Forecast["reasons"];
  troubles: Trouble[];
  firstSaid: FirstSaid | null;
  warnedOn: string | null;
  reviewAt: Date;
}

export interface ForeseeInput {
  facts: StoredFacts;
  journey: Journey;
  promiseDay: Day | null;
  before: ForeseenBefore;
  now: Date;
  /** How sure its silence makes us that it is held back. */
  held?: number;
  /** Something that is stable for the parcel: spreads the work after midnight. */
  seed: string;
}

export interface ForeseeLaws {
  model: ForecastModel;
  silence: LawState;
  holidays: Holidays;
  knowledge: Knowledge;
  walker: ClockWalker;
  /** The merchant's; without them everything is as usual. */
  wishes?: ForecastWishes;
}

/** Everything that is foreseen for a parcel on its way. Null for one of which nothing is known, or that has arrived. */
export function foreseeParcel(laws: ForeseeLaws, input: ForeseeInput): Foreseen | null {
  const { facts, journey, promiseDay, before, now } = input;
  const step = currentStep(journey);
  if (!step || journey.end) return null;
  const local = localMoment(facts.zone, now);
  const heard = factsAt(facts, journey.news.at(-1) ?? step);
  const silenceAt = openSilence({ law: laws.silence, holidays: laws.holidays }, { facts: heard, day: local.day });
  const silence = silenceAt(local.hour);
  const forecast = forecastOn(laws, { ...input, held: heldWeight(silence.tail) }, local);
  const thresholds = thresholdsOf(laws.knowledge, laws.wishes);
  const state = { stage: step.stage, ended: false, attempted: journey.attempt !== null, promiseDay };
  const found = detectTrouble({ state, forecast, silence, now: local }, thresholds);
  const troubles = found.map((one) => toTrouble(one, before.troubles, now));
  const shown = chooseShownDate({
    forecast,
    style: (laws.wishes ?? NO_WISHES).style,
    shown: readShownDay(before.shown),
    outForDelivery: step.stage === "out_for_delivery",
    carrier: carrierOf(laws, facts),
  });
  const warned = troubles.some(({ kind }) => kind === "delay_predicted");
  const counts = promiseDay !== null && local.day <= promiseDay;
  return {
    modelVersion: forecast.modelVersion,
    windows: windowsOf(forecast),
    likelyOn: writeDay(forecast.quantiles.q50.day),
    shown: {
      ...{ on: writeDay(shown.day), source: shown.source, coverage: shown.coverage },
      ...(laws.wishes?.range ? { from: writeDay(Math.min(shown.day, forecast.windows.w80.from)) } : {}),
    },
    lateProbability: forecast.lateProbability,
    lostProbability: forecast.lostProbability,
    peakLate: counts ? Math.max(before.peakLate ?? 0, forecast.lateProbability ?? 0) : before.peakLate,
    // An attempt is in time from then on: the silence after it is the shopper's.
    peaks:
      journey.attempt === null
        ? peaksOf(before.peaks, { stage: step.stage, silence, lost: forecast.lostProbability })
        : before.peaks,
    reasons: forecast.reasons,
    troubles,
    firstSaid: before.firstSaid ?? sayFirst(input, forecast),
    warnedOn: before.warnedOn ?? (warned ? writeDay(local.day) : null),
    reviewAt: nextReview({ zone: facts.zone, now: local, seed: input.seed, silenceAt, thresholds, stage: step.stage }),
  };
}

/** The forecast at a moment at the destination, from the clock of the parcel's stage. */
export function forecastOn(laws: ForeseeLaws, input: ForeseeInput, now: LocalMoment): Forecast {
  const { facts, journey, promiseDay, before, held = 0 } = input;
  const step = currentStep(journey) ?? { stage: "label", ...now };
  const parcel = factsAt(facts, step);
  const stored = before.clocks[clockKey(step)];
  const from = stored ? before.learnFrom : step.day;
  const clock = laws.walker.walk(parcel, stored ?? NEWBORN, { from, to: now.day }) ?? stored ?? NEWBORN;
  return forecastParcel(laws.model, {
    facts: parcel,
    clock,
    now,
    ...{ promiseDay, held },
    neverShare: neverShare(laws.knowledge.fates[facts.carrier ?? "?"] ?? { never: 0, arrived: 0 }),
  });
}

/** What is frozen for the scorecard when the carrier has the parcel, if it is known within a day of it. */
function sayFirst({ journey, promiseDay, facts }: ForeseeInput, forecast: Forecast): FirstSaid | null {
  const handed = handOver(journey);
  return handed && forecast.now.day - handed.day <= 1 ? firstSaidOf(forecast, { promiseDay, facts }) : null;
}

/** A forecast as the scorecard keeps it. Without a promise the 80 % day is taken for one. */
export function firstSaidOf(
  { now, windows, quantiles, lateProbability }: Forecast,
  { promiseDay, facts }: { promiseDay: Day | null; facts: StoredFacts },
): FirstSaid {
  return {
    saidOn: now.day,
    promiseDay: promiseDay ?? quantiles.q80.day,
    windows,
    by: { q50: quantiles.q50.day, q80: quantiles.q80.day, q90: quantiles.q90.day },
    lateProbability: lateProbability ?? 0.2,
    carrierDay: facts.carrierDay,
  };
}

/** The usual thresholds, those that the shop's own history has chosen instead, and above all what the merchant wishes. */
export function thresholdsOf({ chosen }: Knowledge, wishes: ForecastWishes = NO_WISHES): Thresholds {
  const thresholds: Thresholds = { ...USUAL_THRESHOLDS };
  for (const [name, value] of Object.entries({
    ...chosen,
    delayProbability: wishes.delayProbability ?? chosen.delayProbability,
  }))
    if (value !== undefined) thresholds[name as keyof typeof chosen] = value;
  return thresholds;
}

/** The peaks so far: a parcel is as suspicious as it was when it was most so. */
function peaksOf(before: Peaks, { stage, silence, lost }: { stage: Stage; silence: Silence; lost: number }): Peaks {
  const improbable = 1 - silence.tail;
  const isLabel = stage === "label";
  return {
    peakLabel: isLabel ? Math.max(before.peakLabel ?? 0, improbable) : before.peakLabel,
    peakSilence: isLabel ? before.peakSilence : Math.max(before.peakSilence ?? 0, improbable),
    peakLost: isLabel ? before.peakLost : Math.max(before.peakLost ?? 0, lost),
  };
}

function windowsOf({ windows }: Forecast): Foreseen["windows"] {
  const dates = ({ from, to }: { from: Day; to: Day }) => ({ from: writeDay(from), to: writeDay(to) });
  return { w50: dates(windows.w50), w80: dates(windows.w80), w90: dates(windows.w90) };
}

function carrierOf({ knowledge }: ForeseeLaws, { carrier, carrierDay }: StoredFacts) {
  if (carrierDay === null) return null;
  const rivalry = knowledge.rivalries[carrier ?? "?"];
  return { day: carrierDay, better: rivalry !== undefined && isCarrierBetter(rivalry) };
}

function readShownDay(shown: ShownOn | null): ShownDate | null {
  if (!shown) return null;
  const coverage = shown.coverage === 0.9 ? 0.9 : shown.coverage === 0.8 ? 0.8 : 0.5;
  return { day: readDay(shown.on), source: shown.source, coverage };
}

function toTrouble(found: Detection, before: readonly Trouble[], now: Date): Trouble {
  const silence = "silence" in found ? found.silence : null;
  return {
    kind: found.kind,
    since: before.find(({ kind }) => kind === found.kind)?.since ?? now.toISOString(),
    probability: "probability" in found ? found.probability : null,
    silentShare: silence?.tail ?? null,
    silentDays: silence?.age ?? null,
    daysOver: "daysOver" in found ? found.daysOver : null,
  };
}
