import type { DeliveryWindow } from "./arrival-curve.ts";
import type { Day } from "./civil-day.ts";

/** What was said about one parcel at the hand-over, and what came of it. */
export interface ScoredParcel {
  promiseDay: Day;
  /** Windows of the first forecast. */
  windows: Readonly<Record<"w50" | "w80" | "w90", DeliveryWindow>>;
  /** Days by which 50, 80 and 90 of 100 were to arrive. */
  by: Readonly<Record<"q50" | "q80" | "q90", Day>>;
  lateProbability: number;
  carrierDay: Day | null;
  /** First day of a delay warning; null when none was given. */
  warnedDay: Day | null;
  /** Day of the first attempt or the delivery; null while it has not come. */
  arrivedDay: Day | null;
}

/** Sums over parcels: shares of them, days and lanes add up. All plain numbers, one column each. */
export interface Score {
  parcels: number;
  arrived: number;
  inW50: number;
  inW80: number;
  inW90: number;
  byQ50: number;
  byQ80: number;
  byQ90: number;
  /** Days in the 80 % windows: sharpness. */
  widthDays: number;
  /** Of those that arrived: |arrived − likely day|, and arrived − likely day. */
  errorDays: number;
  biasDays: number;
  withCarrierDate: number;
  /** Of those with a carrier's date: arrived by it, arrived by our 80 % day, and the carrier's error and ours. */
  carrierOnTime: number;
  oursOnTime: number;
  carrierErrorDays: number;
  ourErrorDays: number;
  late: number;
  expectedLate: number;
  warned: number;
  warnedRight: number;
  /** Days between a right warning and the promised day. */
  leadDays: number;
}

/** A score of nothing. */
export function openScore(): Score {
  return {
    parcels: 0,
    arrived: 0,
    inW50: 0,
    inW80: 0,
    inW90: 0,
    byQ50: 0,
    byQ80: 0,
    byQ90: 0,
    widthDays: 0,
    errorDays: 0,
    biasDays: 0,
    withCarrierDate: 0,
    carrierOnTime: 0,
    oursOnTime: 0,
    carrierErrorDays: 0,
    ourErrorDays: 0,
    late: 0,
    expectedLate: 0,
    warned: 0,
    warnedRight: 0,
    leadDays: 0,
  };
}

/**
 * Whether a parcel may be scored: when everything that was said about it could have come true, whether it arrived or not.
 * Scoring those that arrived would flatter: the slow ones come last. Source: foresight method, section 3.
 */
export function isDue(said: SaidDays, today: Day): boolean {
  return today > lastDaySaid(said);
}

type SaidDays = Pick<ScoredParcel, "promiseDay" | "by" | "windows" | "carrierDay">;

/** The last day on which something that was said about a parcel can come true. */
export function lastDaySaid({ promiseDay, by, windows, carrierDay }: SaidDays): Day {
  return Math.max(promiseDay, by.q90, windows.w90.to, carrierDay ?? 0);
}

/** A score with one more due parcel in it. */
export function scoreParcel(score: Score, parcel: ScoredParcel): Score {
  const { arrivedDay, windows, by, promiseDay, warnedDay } = parcel;
  const arrivedBy = (day: Day): number => (arrivedDay !== null && arrivedDay <= day ? 1 : 0);
  const within = ({ from, to }: DeliveryWindow): number =>
    arrivedDay !== null && arrivedDay >= from ? arrivedBy(to) : 0;
  const error = arrivedDay === null ? 0 : arrivedDay - by.q50;
  const late = 1 - arrivedBy(promiseDay);
  const warned = warnedDay !== null && warnedDay <= promiseDay ? 1 : 0;
  const own: Score = {
    ...openScore(),
    parcels: 1,
    arrived: arrivedDay === null ? 0 : 1,
    inW50: within(windows.w50),
    inW80: within(windows.w80),
    inW90: within(windows.w90),
    byQ50: arrivedBy(by.q50),
    byQ80: arrivedBy(by.q80),
    byQ90: arrivedBy(by.q90),
    widthDays: windows.w80.to - windows.w80.from + 1,
    errorDays: Math.abs(error),
    biasDays: error,
    late,
    expectedLate: parcel.lateProbability,
    warned,
    warnedRight: warned * late,
    leadDays: warned * late * (promiseDay - (warnedDay ?? promiseDay)),
    ...besideCarrier(parcel, arrivedBy),
  };
  return mergeScores(score, own);
}

function besideCarrier(
  { carrierDay, arrivedDay, by }: ScoredParcel,
  arrivedBy: (day: Day) => number,
): Pick<Score, "withCarrierDate" | "carrierOnTime" | "oursOnTime" | "carrierErrorDays" | "ourErrorDays"> {
  const none = { withCarrierDate: 0, carrierOnTime: 0, oursOnTime: 0, carrierErrorDays: 0, ourErrorDays: 0 };
  if (carrierDay === null || arrivedDay === null) return none;
  return {
    withCarrierDate: 1,
    carrierOnTime: arrivedBy(carrierDay),
    oursOnTime: arrivedBy(by.q80),
    carrierErrorDays: Math.abs(arrivedDay - carrierDay),
    ourErrorDays: Math.abs(arrivedDay - by.q50),
  };
}

/** The score of two groups of parcels together. */
export function mergeScores(left: Score, right: Score): Score {
  const sum = { ...left };
  for (const name of Object.keys(sum) as (keyof Score)[]) sum[name] += right[name];
  return sum;
}
