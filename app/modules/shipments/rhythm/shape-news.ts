import { firstGuess } from "./first-guess.ts";
import type { Phase } from "./phase.ts";
import { DWELL_FROM, dwellBin, expectedBin, HOUR_BINS, PARTS, type Rhythm } from "./rhythm.ts";

/** When the news of a phase comes, ready to be reckoned with. */
export interface NewsShape {
  /** Share of a day's news that is out by each full hour, 0 to 24: 25 rising values from 0 to 1. */
  outBy: readonly number[];
  /** How much busier than the mean each weekday is, Monday first. */
  weekdays: readonly number[];
  /** Chance per day that the phase ends, by how long it has lasted. */
  dwell: readonly number[];
  /** The same by days from the expected day. */
  expected: readonly number[];
}

/** Pieces of news that outweigh what was believed before: a carrier's against the first guess, a shop's against the carrier's. */
const BELIEF = 12;
const MOST_CERTAIN = 0.97;

/**
 * What is believed of a phase: the first guess, corrected by what all shops saw of the carrier, corrected by what this shop
 * saw of it. Each counts as much as it has seen.
 */
export function shapeNews(phase: Phase, seen: { shop?: Rhythm | undefined; carrier?: Rhythm | undefined }): NewsShape {
  const believe = (part: keyof typeof PARTS): number[] => {
    const [from, to] = PARTS[part];
    const layers = [seen.carrier, seen.shop].map((rhythm) => rhythm?.slice(from, to) ?? []);
    return layers.reduce<number[]>(correct, shares(firstGuess(phase).slice(from, to)));
  };
  return {
    outBy: outBy(believe("hours")),
    weekdays: believe("weekdays").map((share) => share * 7),
    dwell: hazards(believe("dwell"), (bin) => (DWELL_FROM[bin + 1] ?? Infinity) - (DWELL_FROM[bin] ?? 0)),
    expected: hazards(believe("expected"), () => 1),
  };
}

/** Chance that the phase ends on this day, not having ended before. */
export function chanceOn(
  shape: NewsShape,
  day: { dwellDays: number; weekday: number; fromExpected: number | null },
): number {
  const { dwellDays, weekday, fromExpected } = day;
  const beyond = fromExpected === null || fromExpected > 3;
  const usual = (beyond ? shape.dwell[dwellBin(dwellDays)] : shape.expected[expectedBin(fromExpected)]) ?? 0;
  return 1 - (1 - usual) ** (shape.weekdays[weekday] ?? 1);
}

/** Share of the day's news that is out at this minute of the day. */
export function outAt({ outBy: known }: NewsShape, minute: number): number {
  const hour = Math.max(0, Math.min(24, minute / 60));
  const from = Math.min(Math.floor(hour), 23);
  const start = known[from] ?? 0;
  return start + ((known[from + 1] ?? 1) - start) * (hour - from);
}

function correct(belief: number[], counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return belief.map((share, bin) => (share * BELIEF + (counts[bin] ?? 0)) / (BELIEF + total));
}

function shares(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** Neighbouring hours lend each other a little: a scan at 8:58 speaks for nine o'clock too. */
function outBy(hours: readonly number[]): number[] {
  const at = (hour: number) => hours[(hour + HOUR_BINS) % HOUR_BINS] ?? 0;
  let sum = 0;
  const rising = hours.map((_, hour) => (sum += 0.15 * at(hour - 1) + 0.7 * at(hour) + 0.15 * at(hour + 1)));
  return [0, ...rising];
}

/** Of those that reach a bin, the part that ends in it, per day of the bin. */
function hazards(ends: readonly number[], width: (bin: number) => number): number[] {
  let left = 1;
  const found: number[] = [];
  ends.forEach((share, bin) => {
    const days = width(bin);
    const ending = Math.min(MOST_CERTAIN, share / Math.max(left, 1e-9));
    // The last bin is open: it goes on as the one before it.
    found.push(
      days === Infinity || bin === ends.length - 1 ? (found.at(-1) ?? ending) : 1 - (1 - ending) ** (1 / days),
    );
    left -= share;
  });
  return found;
}
