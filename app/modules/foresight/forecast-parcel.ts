import {
  type ArrivalCurve,
  type Coverage,
  type DeliveryWindow,
  momentOf,
  waitingAfter,
  windowOf,
} from "./arrival-curve.ts";
import type { Day, LocalMoment } from "./civil-day.ts";
import { type ClockParts, clockOf, readClockParts } from "./delivery-clock.ts";
import { explainForecast, type Reason } from "./explain-forecast.ts";
import type { Holidays, LawState } from "./law.ts";
import { LaneMemory } from "./lane-memory.ts";
import { lostProbability } from "./lost-probability.ts";
import { NEWBORN, type ParcelClock, type ParcelFacts } from "./parcel-facts.ts";
import { MODEL_VERSION } from "./transit-law.ts";
import { type Walk, walkHazard } from "./walk-hazard.ts";

export interface ForecastRequest {
  facts: ParcelFacts;
  clock: ParcelClock;
  /** Now, at the destination. */
  now: LocalMoment;
  /** Last day on which a delivery keeps the promise; null when nothing was promised. */
  promiseDay: Day | null;
  /** Share of the carrier's parcels that never arrive (`neverShare`). */
  neverShare: number;
  /** How sure its silence makes us that it is held back (`heldWeight`); 0 or absent: it moves as others do. */
  held?: number;
}

/** All answers about one parcel, from one distribution. */
export interface Forecast {
  modelVersion: string;
  now: LocalMoment;
  /** By then 50, 80 and 90 of 100 such parcels have arrived, of those that have not arrived yet. */
  quantiles: { q50: LocalMoment; q80: LocalMoment; q90: LocalMoment };
  /** Windows with 50, 80 and 90 % coverage. */
  windows: Readonly<Record<"w50" | "w80" | "w90", DeliveryWindow>>;
  /** P(it arrives after the promised day); null without a promise. */
  lateProbability: number | null;
  /** P(it never arrives), given how long it has been waiting. */
  lostProbability: number;
  /** Share of such parcels that wait as long as this one has. */
  waitingShare: number;
  /** At most three, the strongest first. */
  reasons: readonly Reason[];
  curve: ArrivalCurve;
}

/** What a forecast needs besides the parcel. */
export interface ForecastModel {
  transit: LawState;
  holidays: Holidays;
  /** The last day that was learnt: the state is read as it stood then. */
  learntDay: Day;
  /** Weekdays and hours of each carrier, read once. */
  clocks: Map<string, ClockParts>;
  /** The law of the lanes asked for so far. */
  lanes: LaneMemory;
}

/** Opens the model as it stands after a night; open it again after the next one. */
export function openModel(transit: LawState, holidays: Holidays, learntDay: Day): ForecastModel {
  return { transit, holidays, learntDay, clocks: new Map(), lanes: new LaneMemory(transit, learntDay) };
}

/**
 * Forecasts one parcel, given that it has not arrived yet. Pure; some 20 µs.
 * Source: foresight method, section 3 ("Prediction").
 */
export function forecastParcel(model: ForecastModel, request: ForecastRequest): Forecast {
  const { transit, holidays, lanes } = model;
  const { facts, clock, now, promiseDay, neverShare, held = 0 } = request;
  const lane = lanes.resolve(facts);
  const delivery = clockOf(facts, partsOf(model, facts));
  const way = { facts, clock, lane, spec: transit.spec, delivery, now, until: promiseDay };
  const moving = walkHazard(way);
  const curve = { now, survival: held > 0 ? mixCurves(moving, walkHazard(fromNow(way)), held) : moving };
  const window = (coverage: Coverage): DeliveryWindow => windowOf(curve, coverage);
  const waitingShare = Math.exp(-clock.hazard);
  return {
    modelVersion: versionOf(transit),
    now,
    quantiles: {
      q50: momentOf(curve, 0.5, delivery),
      q80: momentOf(curve, 0.8, delivery),
      q90: momentOf(curve, 0.9, delivery),
    },
    windows: { w50: window(0.5), w80: window(0.8), w90: window(0.9) },
    lateProbability: promiseDay === null ? null : waitingAfter(curve, promiseDay),
    lostProbability: lostProbability(waitingShare, neverShare),
    waitingShare,
    reasons: explainForecast({ lane, spec: transit.spec, facts, curve, holidays, waitingShare }),
    curve,
  };
}

/** The method, and whether it stands on what other shops have learnt as well. */
function versionOf({ pool }: LawState): string {
  return pool ? `${MODEL_VERSION}+pool` : MODEL_VERSION;
}

/** A parcel that is held back has its whole way from this stage before it, whenever it moves again. */
function fromNow(way: Walk): Walk {
  return { ...way, facts: { ...way.facts, since: way.now }, clock: NEWBORN };
}

/** Two fates of which only one will be: the shares of the parcels still waiting, weighed. */
function mixCurves(moving: Float64Array, held: Float64Array, weight: number): Float64Array {
  const at = (curve: Float64Array, day: number): number => curve[day] ?? curve.at(-1) ?? 0;
  return Float64Array.from({ length: Math.max(moving.length, held.length) }, (_, day) => {
    return (1 - weight) * at(moving, day) + weight * at(held, day);
  });
}

function partsOf({ transit, holidays, learntDay, clocks }: ForecastModel, facts: ParcelFacts): ClockParts {
  const carrier = facts.carrier ?? "?";
  const known = clocks.get(carrier);
  if (known) return known;
  const parts = readClockParts(transit, facts, { day: learntDay, holidays });
  clocks.set(carrier, parts);
  return parts;
}
