import { BIN_COUNT, edgesOf } from "./age-bins.ts";

/** Share of parcels that have arrived on the last published day; carriers' own on-time figures lie around it. */
const SHARE_BY_LAST = 0.87;
/** The same for the first day: "1 to 5 days" is one day for the nearest tenth. Judgement, not data. */
const SHARE_BY_FIRST = 0.1;
/** Where only the last day is known: typical transit over it. No range is narrower than the law this makes. */
const MEDIAN_OF_LAST = 0.75;
/** From the label to the hand-over: on the same day at best, a day later at worst. */
const LABEL_DAYS = { first: 0.5, last: 1 } as const;

/**
 * Hazards of a log-logistic law in which a tenth has arrived on the first published day and 87 % when the last has
 * passed; the last bins stay near 0.1 a day, as tails do. Source: method, "cold start".
 */
export function ratesOfStandard(last: number, first: number | null, fromLabel = false): Float64Array {
  const days = Math.min(40, Math.max(1, last + (fromLabel ? LABEL_DAYS.last : 0)));
  const soonest = first === null ? null : Math.min(days, first + (fromLabel ? LABEL_DAYS.first : 0));
  const key = `${soonest ?? "?"}-${days}`;
  const known = KNOWN_RATES.get(key) ?? computeRates(days, soonest);
  KNOWN_RATES.set(key, known);
  // Whoever asks shrinks them into the rates of a lane.
  return known.slice();
}

/** One for each published time there is: a handful, and every lane asks. */
const KNOWN_RATES = new Map<string, Float64Array>();

const logOdds = (share: number): number => Math.log(share / (1 - share));

function computeRates(last: number, first: number | null): Float64Array {
  const steepest = logOdds(SHARE_BY_LAST) / -Math.log(MEDIAN_OF_LAST);
  const spread = first === null ? 0 : Math.log(last / Math.max(0.25, first));
  const shape = spread > 0 ? Math.min(steepest, (logOdds(SHARE_BY_LAST) - logOdds(SHARE_BY_FIRST)) / spread) : steepest;
  const median = last * Math.exp(-logOdds(SHARE_BY_LAST) / shape);
  const cumulative = (age: number): number => Math.log1p((age / median) ** shape);
  return Float64Array.from({ length: BIN_COUNT }, (_, bin) => {
    const { from: start, to } = edgesOf(bin);
    return Number.isFinite(to) ? Math.max(1e-4, (cumulative(to) - cumulative(start)) / (to - start)) : 0.1;
  });
}
