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
 * passed; the last bins stay near 0.1 a day, as tails do. A share that was measured earlier takes the place of the
 * assumption about the day it is nearest to. One that was measured on the last day alone says nothing of the days before:
 * it ends that day with what is left, where that is less than the law leaves. Source: method, "cold start".
 */
export function ratesOfStandard(last: number, first: number | null, more: MoreOfStandard = {}): Float64Array {
  const { fromLabel = false, onTime = null } = more;
  const key = `${first ?? "?"}-${last}|${fromLabel}|${onTime?.early?.join("=") ?? ""}-${onTime?.byLast ?? ""}`;
  const known = KNOWN_RATES.get(key) ?? ratesThrough(pointsOf(last, first, { fromLabel, onTime }));
  KNOWN_RATES.set(key, known);
  // Whoever asks shrinks them into the rates of a lane.
  return known.slice();
}

/** One for each published time there is: a handful, and every lane asks. */
const KNOWN_RATES = new Map<string, Float64Array>();

/** A day, and the share that has arrived when it is over. */
interface Point {
  day: number;
  share: number;
}

/** What the law goes through, and what it leaves at most after the last day. */
interface Points {
  /** Null where only the last day is known. */
  early: Point | null;
  late: Point;
  atLeast: Point;
}

function pointsOf(last: number, first: number | null, { fromLabel, onTime }: Required<MoreOfStandard>): Points {
  const lastDay = Math.min(40, Math.max(1, last + (fromLabel ? LABEL_DAYS.last : 0)));
  const late = { day: lastDay, share: SHARE_BY_LAST };
  const atLeast = { day: lastDay, share: onTime?.byLast ?? 0 };
  if (first === null) return { early: null, late, atLeast };
  const firstDay = Math.min(lastDay, first + (fromLabel ? LABEL_DAYS.first : 0));
  const early = { day: firstDay, share: SHARE_BY_FIRST };
  if (!onTime?.early) return { early, late, atLeast };
  const [day, share] = onTime.early;
  return day <= first
    ? { early: { day: firstDay, share }, late: atLeast, atLeast }
    : { early, late: { day: Math.min(lastDay, day + (fromLabel ? LABEL_DAYS.last : 0)), share }, atLeast };
}

const logOdds = (share: number): number => Math.log(share / (1 - share));

function ratesThrough({ early, late, atLeast }: Points): Float64Array {
  const steepest = logOdds(SHARE_BY_LAST) / -Math.log(MEDIAN_OF_LAST);
  const spread = early === null ? 0 : Math.log(late.day / Math.max(0.25, early.day));
  const rise = logOdds(late.share) - logOdds(early?.share ?? SHARE_BY_FIRST);
  const shape = spread > 0 ? Math.min(steepest, rise / spread) : steepest;
  const median = late.day * Math.exp(-logOdds(late.share) / shape);
  const cumulative = (age: number): number => Math.log1p((age / median) ** shape);
  const least = -Math.log(1 - atLeast.share);
  return Float64Array.from({ length: BIN_COUNT }, (_, bin) => {
    const { from: start, to } = edgesOf(bin);
    if (!Number.isFinite(to)) return 0.1;
    const isLastDay = start < atLeast.day && atLeast.day <= to;
    const end = isLastDay ? Math.max(cumulative(to), least) : cumulative(to);
    return Math.max(1e-4, (end - cumulative(start)) / (to - start));
  });
}
