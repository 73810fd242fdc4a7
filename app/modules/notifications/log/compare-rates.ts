import { measureRate, type Rate } from "./measure-rate.ts";

/** So many of so many. */
export interface Share {
  part: number;
  whole: number;
}

/** How far one share lies from another, with what chance alone could make of it. */
export interface RateDifference {
  told: Rate;
  withheld: Rate;
  /** The first less the second: −1 … 1. */
  by: number;
  /** 95 % interval (Newcombe's, from the two Wilson intervals): it keeps within −1 … 1 and is honest for small counts. */
  low: number;
  high: number;
  /** `few`: a group is too small to tell. `open`: no difference is proven. Else where those who were told lie. */
  verdict: "few" | "open" | "more" | "less";
}

/**
 * Compares those who were told with those who were not; null where one of the groups is empty. Source: R. G. Newcombe,
 * Interval estimation for the difference between independent proportions, Statistics in Medicine 17 (1998), method 10.
 */
export function compareRates(told: Share, withheld: Share): RateDifference | null {
  const [first, second] = [measureRate(told.part, told.whole), measureRate(withheld.part, withheld.whole)];
  if (!first || !second) return null;
  const by = first.share - second.share;
  const low = by - Math.hypot(first.share - first.low, second.high - second.share);
  const high = by + Math.hypot(first.high - first.share, second.share - second.low);
  return {
    told: first,
    withheld: second,
    by,
    low,
    high,
    verdict: verdictOf({ low, high }, first.small || second.small),
  };
}

function verdictOf({ low, high }: { low: number; high: number }, few: boolean): RateDifference["verdict"] {
  if (few) return "few";
  if (low > 0) return "more";
  return high < 0 ? "less" : "open";
}
