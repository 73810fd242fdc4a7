import type { Day, LocalMoment } from "./civil-day.ts";
import type { Forecast } from "./forecast-parcel.ts";
import type { Stage } from "./parcel-facts.ts";
import type { Silence } from "./scan-silence.ts";

/** Something wrong with a parcel now, and the figure that says so; it is gone when it is no longer found. */
export type Detection =
  /** Paid and not shipped, later than the merchant says it takes. */
  | { kind: "unfulfilled"; dueDay: Day; daysOver: number }
  /** A label was made and the carrier has not seen the parcel, for longer than nearly all others. */
  | { kind: "label_unscanned"; silence: Silence }
  /** No news for longer than nearly all others of this carrier, stage and weekday. */
  | { kind: "stalled"; silence: Silence }
  | { kind: "delay_predicted"; probability: number; promiseDay: Day; likelyDay: Day }
  /** The promised day has ended without an attempt. */
  | { kind: "delayed"; promiseDay: Day; daysOver: number; likelyDay: Day }
  | { kind: "suspected_lost"; probability: number };

/** What a merchant may change, and what is chosen from history where they did not (`chooseThreshold`). */
export interface Thresholds {
  /** Flag a silence when at most this share of such parcels stay silent so long. */
  silenceTail: number;
  labelTail: number;
  delayProbability: number;
  lostProbability: number;
  /** Or when only this share of such parcels waits so long. */
  lostWaitingShare: number;
  /** Flag an order that has not shipped so many days after the last day on which it would have in time. */
  unfulfilledDays: number;
}

/** Source: foresight method, sections 4 and 5. */
export const USUAL_THRESHOLDS: Thresholds = {
  silenceTail: 0.02,
  labelTail: 0.02,
  delayProbability: 0.5,
  lostProbability: 0.5,
  lostWaitingShare: 0.01,
  unfulfilledDays: 0,
};

export interface ParcelState {
  stage: Stage;
  /** Delivered, returned, cancelled: nothing can be wrong with its way any more. */
  ended: boolean;
  /** An attempt, or waiting at a pick-up point: it is in time from then on, and its silence is the shopper's. */
  attempted: boolean;
  promiseDay: Day | null;
}

/**
 * All that is wrong with a parcel now: a function of what is known and of the time, so that a flag clears itself by not
 * being found again. Source: merchant-experience definitions, 5.2.
 */
export function detectTrouble(
  { state, forecast, silence, now }: { state: ParcelState; forecast: Forecast; silence: Silence; now: LocalMoment },
  thresholds: Thresholds = USUAL_THRESHOLDS,
): Detection[] {
  if (state.ended || state.attempted) return [];
  const found: Detection[] = [];
  if (state.stage === "label" && silence.tail <= thresholds.labelTail) found.push({ kind: "label_unscanned", silence });
  if (state.stage !== "label" && silence.tail <= thresholds.silenceTail) found.push({ kind: "stalled", silence });
  found.push(...findDelay(state, forecast, now, thresholds));
  const { lostProbability: probability, waitingShare } = forecast;
  const silent = silence.tail <= thresholds.lostWaitingShare;
  if (
    state.stage !== "label" &&
    silent &&
    (probability >= thresholds.lostProbability || waitingShare <= thresholds.lostWaitingShare)
  )
    found.push({ kind: "suspected_lost", probability });
  return found;
}

function findDelay(
  { promiseDay }: ParcelState,
  { quantiles, lateProbability }: Forecast,
  now: LocalMoment,
  { delayProbability }: Thresholds,
): Detection[] {
  if (promiseDay === null) return [];
  const likelyDay = quantiles.q50.day;
  if (now.day > promiseDay) return [{ kind: "delayed", promiseDay, daysOver: now.day - promiseDay, likelyDay }];
  if (lateProbability === null || lateProbability < delayProbability) return [];
  return [{ kind: "delay_predicted", probability: lateProbability, promiseDay, likelyDay }];
}

/** Whether an order waits longer than the shop says it takes to ship; `dueDay` from `lastShippingDay`. */
export function detectUnfulfilled(
  { dueDay, today }: { dueDay: Day; today: Day },
  { unfulfilledDays }: Pick<Thresholds, "unfulfilledDays"> = USUAL_THRESHOLDS,
): Detection | null {
  return today > dueDay + unfulfilledDays ? { kind: "unfulfilled", dueDay, daysOver: today - dueDay } : null;
}
