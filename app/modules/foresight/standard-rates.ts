import { BIN_COUNT, edgesOf } from "./age-bins.ts";
import type { ParcelFacts } from "./parcel-facts.ts";

/**
 * Share of parcels that have arrived on the last published day, where nobody measured it. Published shares on time lie
 * around it: 77 to 97 % against the promised day (`on-time-figures.ts`).
 */
const SHARE_BY_LAST = 0.87;
/** The same for the first day: "1 to 5 days" is one day for the nearest tenth. Judgement, not data. */
const SHARE_BY_FIRST = 0.1;
/** Where only the last day is known: typical transit over it. No range is narrower than the law this makes. */
const MEDIAN_OF_LAST = 0.75;
/** From the label to the hand-over: on the same day at best, a day later at worst. */
const LABEL_DAYS = { first: 0.5, last: 1 } as const;

interface MoreOfStandard {
  /** The label is printed, the parcel not handed over. */
  fromLabel?: boolean;
  onTime?: ParcelFacts["onTime"];
}

/**
 * Hazards of a log-logistic law in which a tenth has arrived on the first published day and 87 % when the last has
 * passed, or what was measured on the two; the last bins stay near 0.1 a day, as tails do. A share on time that was
 * measured against each parcel's own day says nothing of the days before: it ends the last day with what is left, where
 * that is less than the law leaves. Source: method, "cold start".
 */
export function ratesOfStandard(last: number, first: number | null, more: MoreOfStandard = {}): Float64Array {
  const { fromLabel = false, onTime = null } = more;
  const days = Math.min(40, Math.max(1, last + (fromLabel ? LABEL_DAYS.last : 0)));
  const soonest = first === null ? null : Math.min(days, first + (fromLabel ? LABEL_DAYS.first : 0));
  const key = `${soonest ?? "?"}-${days}@${onTime?.byFirst ?? ""}-${onTime?.byLast ?? ""}`;
  const known = KNOWN_RATES.get(key) ?? computeRates(days, soonest, onTime);
  KNOWN_RATES.set(key, known);
  // Whoever asks shrinks them into the rates of a lane.
  return known.slice();
}

/** One for each published time there is: a handful, and every lane asks. */
const KNOWN_RATES = new Map<string, Float64Array>();

const logOdds = (share: number): number => Math.log(share / (1 - share));

function computeRates(last: number, first: number | null, onTime: ParcelFacts["onTime"]): Float64Array {
  const byFirst = onTime?.byFirst ?? null;
  const odds = {
    last: logOdds(onTime !== null && byFirst !== null ? onTime.byLast : SHARE_BY_LAST),
    first: logOdds(byFirst ?? SHARE_BY_FIRST),
  };
  const steepest = odds.last / -Math.log(MEDIAN_OF_LAST);
  const spread = first === null ? 0 : Math.log(last / Math.max(0.25, first));
  const shape = spread > 0 ? Math.min(steepest, (odds.last - odds.first) / spread) : steepest;
  const median = last * Math.exp(-odds.last / shape);
  const cumulative = (age: number): number => Math.log1p((age / median) ** shape);
  const least = onTime === null ? 0 : -Math.log(1 - onTime.byLast);
  return Float64Array.from({ length: BIN_COUNT }, (_, bin) => {
    const { from: start, to } = edgesOf(bin);
    if (!Number.isFinite(to)) return 0.1;
    const isLastDay = start < last && last <= to;
    const end = isLastDay ? Math.max(cumulative(to), least) : cumulative(to);
    return Math.max(1e-4, (end - cumulative(start)) / (to - start));
  });
}
