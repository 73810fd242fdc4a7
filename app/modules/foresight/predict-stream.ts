import { readDay } from "./civil-day.ts";
import type { Day, LocalMoment } from "./civil-day.ts";
import { waitingAfter } from "./arrival-curve.ts";
import { type Forecast, type ForecastModel, forecastParcel, openModel } from "./forecast-parcel.ts";
import { emptyLaw, type Holidays, type LawState } from "./law.ts";
import { openNight } from "./learn-night.ts";
import { NEWBORN, type ParcelClock, type ParcelFacts, priceBand } from "./parcel-facts.ts";
import { TRANSIT_LAW } from "./transit-law.ts";
import type { HandedOver, StreamEvent } from "./stream-events.ts";

/** One answer of the predictor: fractional days after the hand-over, and the chances of being late. */
export interface Prediction {
  id: string;
  d: number;
  q50: number;
  q80: number;
  q90: number;
  p_late: number;
  p_late_std: number | null;
}

interface Parcel {
  facts: ParcelFacts;
  clock: ParcelClock;
  promiseDay: Day;
  standardDay: Day | null;
  arrived: LocalMoment | null;
  /** Nobody learns from it any more; it may still be asked about. */
  old: boolean;
}

/** More parcels than this are not followed at once: the oldest are given up. */
const MOST_PARCELS = 2_000_000;
const USUAL_NEVER_SHARE = 0.0075;

/** Replays a stream of parcels through the production model, learning every midnight as the nightly job does. */
export class StreamPredictor {
  readonly #state: LawState = emptyLaw(TRANSIT_LAW);
  readonly #parcels = new Map<string, Parcel>();
  readonly #holidays: Holidays;
  #today: Day | null = null;
  #model: ForecastModel | null = null;

  constructor(holidays: Holidays) {
    this.#holidays = holidays;
  }

  /**
   * Takes one event; answers a question and nothing else. Events come in the order of their times. "unknown": the question
   * is about a parcel that was never handed over, or was given up.
   */
  take(event: StreamEvent): Prediction | "unknown" | null {
    const now = momentOfText(event.at);
    this.#passMidnights(now.day);
    switch (event.t) {
      case "handed":
        this.#handOver(event, now);
        return null;
      case "delivered": {
        const parcel = this.#parcels.get(event.id);
        if (parcel) parcel.arrived = now;
        return null;
      }
      case "predict":
        return this.#predict(event, now);
    }
  }

  #passMidnights(day: Day): void {
    this.#today ??= day;
    while (this.#today < day) {
      const night = openNight(this.#state, this.#today, this.#holidays);
      for (const [id, parcel] of this.#parcels) {
        if (parcel.arrived && parcel.old) this.#parcels.delete(id);
        if (parcel.old) continue;
        const happenedAt = parcel.arrived?.hour ?? null;
        const clock = night.learn({ facts: parcel.facts, clock: parcel.clock, happenedAt });
        if (clock) parcel.clock = clock;
        else if (parcel.arrived) this.#parcels.delete(id);
        else parcel.old = true;
      }
      night.close();
      this.#today += 1;
    }
  }

  #handOver(event: HandedOver, now: LocalMoment): void {
    if (this.#parcels.size >= MOST_PARCELS) {
      const oldest = this.#parcels.keys().next();
      if (!oldest.done) this.#parcels.delete(oldest.value);
    }
    this.#parcels.set(event.id, {
      facts: factsOf(event, now),
      clock: NEWBORN,
      promiseDay: readDay(event.promised_on),
      standardDay: event.standard_days === null ? null : now.day + Math.floor(event.standard_days),
      arrived: null,
      old: false,
    });
  }

  #predict({ id, d }: { id: string; d: number }, now: LocalMoment): Prediction | "unknown" {
    const parcel = this.#parcels.get(id);
    if (!parcel) return "unknown";
    const { facts, clock, promiseDay, standardDay } = parcel;
    if (this.#model?.learntDay !== now.day - 1) this.#model = openModel(this.#state, this.#holidays, now.day - 1);
    const forecast = forecastParcel(this.#model, {
      facts,
      clock,
      now,
      promiseDay: Math.max(promiseDay, standardDay ?? promiseDay),
      neverShare: USUAL_NEVER_SHARE,
    });
    return { id, d, ...daysAfter(forecast, facts.since), ...chances(forecast, promiseDay, standardDay) };
  }
}

function factsOf(event: HandedOver, since: LocalMoment): ParcelFacts {
  const items = Math.max(1, event.n_items ?? 1);
  return {
    carrier: null,
    service: null,
    stage: "accepted",
    since,
    origin: { country: COUNTRY, region: event.origin_state, zip: event.origin_zip5 },
    destination: { country: COUNTRY, region: event.dest_state, zip: event.dest_zip5 },
    shipFrom: event.seller,
    distanceKm: event.distance_km,
    shippingOption: event.freight_value === null ? null : priceBand(event.freight_value / items),
    items,
    // A published transit time is the carrier's word, given before; this one is computed from the outcomes.
    ...{ standardDays: null, standardFrom: null, onTime: null },
    carrierDay: null,
  };
}

/** The protocol names no country; its places are Brazilian states and postcodes. */
const COUNTRY = "BR";

function momentOfText(at: string): LocalMoment {
  return { day: readDay(at), hour: Number(at.slice(11, 13)) + Number(at.slice(14, 16)) / 60 };
}

function daysAfter({ quantiles }: Forecast, since: LocalMoment): Pick<Prediction, "q50" | "q80" | "q90"> {
  const days = ({ day, hour }: LocalMoment): number => day - since.day + (hour - since.hour) / 24;
  return { q50: days(quantiles.q50), q80: days(quantiles.q80), q90: days(quantiles.q90) };
}

function chances({ curve }: Forecast, promise: Day, standard: Day | null): Pick<Prediction, "p_late" | "p_late_std"> {
  return {
    p_late: waitingAfter(curve, promise),
    p_late_std: standard === null ? null : waitingAfter(curve, standard),
  };
}
