import type { Score } from "./score-forecasts.ts";

/** A share of parcels with what chance alone could make of it. */
export interface MeasuredShare {
  share: number;
  /** 95 % interval (Wilson). */
  low: number;
  high: number;
  parcels: number;
}

export type CoverageVerdict = "too_few" | "holds" | "too_sure" | "too_careful";

/** "We said 80 %, it was 79 %": null shares have no parcels behind them. */
export interface Scorecard {
  coverage: Readonly<
    Record<"w50" | "w80" | "w90", { said: number; was: MeasuredShare | null; verdict: CoverageVerdict }>
  >;
  /** Mean length of the 80 % windows in days. */
  widthDays: number | null;
  errorDays: number | null;
  /** Positive: parcels come later than the likely day. */
  biasDays: number | null;
  ourOnTime: MeasuredShare | null;
  carrierOnTime: MeasuredShare | null;
  /** Late parcels over those that were expected late. */
  latenessRatio: number | null;
  warningPrecision: MeasuredShare | null;
  warningRecall: MeasuredShare | null;
  /** Mean days between a right warning and the promised day. */
  leadDays: number | null;
}

/** Fewer parcels than this say nothing: the figures are shown as "too few". */
export const FEWEST_PARCELS = 30;
const Z = 1.96;

/** The figures that a merchant sees, with an honest margin. */
export function judgeScore(score: Score): Scorecard {
  const coverage = (said: number, inside: number): Scorecard["coverage"]["w80"] => {
    const was = measureShare(inside, score.parcels);
    return { said, was, verdict: judgeCoverage(said, was) };
  };
  return {
    coverage: { w50: coverage(0.5, score.inW50), w80: coverage(0.8, score.inW80), w90: coverage(0.9, score.inW90) },
    widthDays: mean(score.widthDays, score.parcels),
    errorDays: mean(score.errorDays, score.arrived),
    biasDays: mean(score.biasDays, score.arrived),
    ourOnTime: measureShare(score.oursOnTime, score.withCarrierDate),
    carrierOnTime: measureShare(score.carrierOnTime, score.withCarrierDate),
    latenessRatio: mean(score.late, score.expectedLate),
    warningPrecision: measureShare(score.warnedRight, score.warned),
    warningRecall: measureShare(score.warnedRight, score.late),
    leadDays: mean(score.leadDays, score.warnedRight),
  };
}

/** Windows are whole days and hold a little more than they say, so being over is judged by what is clearly too wide. */
function judgeCoverage(said: number, was: MeasuredShare | null): CoverageVerdict {
  if (!was || was.parcels < FEWEST_PARCELS) return "too_few";
  if (was.high < said) return "too_sure";
  return was.low > said + (1 - said) / 2 ? "too_careful" : "holds";
}

/** A share with Wilson's interval, which is honest for small samples and at 0 and 1. */
export function measureShare(part: number, parcels: number): MeasuredShare | null {
  if (parcels === 0) return null;
  const share = part / parcels;
  const middle = (share + Z ** 2 / (2 * parcels)) / (1 + Z ** 2 / parcels);
  const half = (Z * Math.sqrt((share * (1 - share)) / parcels + Z ** 2 / (4 * parcels ** 2))) / (1 + Z ** 2 / parcels);
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half), parcels };
}

const mean = (sum: number, count: number): number | null => (count === 0 ? null : sum / count);
