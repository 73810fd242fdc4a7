import type { ScoredOutcome } from "./choose-threshold.ts";
import type { Day } from "./civil-day.ts";
import { handOver, type Journey } from "./journey.ts";

/** How suspicious a parcel became at most, 0…1; null where it never was in the stage that the score is of. */
export interface Peaks {
  /** How improbable its longest silence was while it was a label, and from then on. */
  peakLabel: number | null;
  peakSilence: number | null;
  peakLost: number | null;
}

export const NO_PEAKS: Peaks = { peakLabel: null, peakSilence: null, peakLost: null };

export interface ParcelFate extends Peaks {
  journey: Journey;
  /** What it was promised, or what was said at the hand-over; null where nothing was. */
  promiseDay: Day | null;
}

/**
 * What the flags of the past would have been worth. A forgotten label: never handed over, or late; a stall: late; a loss:
 * never arrived. Parcels that were cancelled or taken back say nothing.
 */
export function peakOutcomes(fates: readonly ParcelFate[]): Record<"label" | "silence" | "lost", ScoredOutcome[]> {
  const [label, silence, lost]: [ScoredOutcome[], ScoredOutcome[], ScoredOutcome[]] = [[], [], []];
  for (const { journey, promiseDay, peakLabel, peakSilence, peakLost } of fates) {
    if (journey.end?.kind === "censored") continue;
    const never = journey.attempt === null;
    const late = never || (promiseDay !== null && journey.attempt !== null && journey.attempt > promiseDay);
    if (peakLabel !== null) label.push({ score: peakLabel, right: late || handOver(journey) === null });
    if (peakSilence !== null) silence.push({ score: peakSilence, right: late });
    if (peakLost !== null) lost.push({ score: peakLost, right: never });
  }
  return { label, silence, lost };
}
