/** One parcel of the past: how high its score got before its fate was known, and whether the flag would have been right. */
export interface ScoredOutcome {
  score: number;
  right: boolean;
}

export interface ChosenThreshold {
  threshold: number;
  precision: number;
  recall: number;
  /** Flags it would have raised in the history it was chosen from. */
  flags: number;
}

/** A precision measured on fewer right flags than this is luck. */
const FEWEST_RIGHT = 20;

/**
 * The lowest threshold, and so the one that finds most, whose flags were right as often as wanted in the shop's history.
 * Null when the history is too short or never reaches it: the usual threshold stays. Higher scores are more suspicious.
 */
export function chooseThreshold(outcomes: readonly ScoredOutcome[], precision: number): ChosenThreshold | null {
  const sorted = [...outcomes].sort((left, right) => right.score - left.score);
  const wanted = sorted.filter(({ right }) => right).length;
  let [right, chosen]: [number, ChosenThreshold | null] = [0, null];
  for (const [index, outcome] of sorted.entries()) {
    if (outcome.right) right += 1;
    // Equal scores are flagged together.
    if (sorted[index + 1]?.score === outcome.score) continue;
    const flags = index + 1;
    if (right >= FEWEST_RIGHT && right / flags >= precision)
      chosen = { threshold: outcome.score, precision: right / flags, recall: right / wanted, flags };
  }
  return chosen;
}
