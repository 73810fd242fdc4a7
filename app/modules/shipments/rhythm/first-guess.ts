import type { Phase } from "./phase.ts";
import type { Rhythm } from "./rhythm.ts";

interface Guess {
  /** Weight of each hour of the day, from midnight. */
  hours: readonly number[];
  /** Monday to Sunday. */
  weekdays: readonly number[];
  /** How many of a hundred such phases end in each bin of days. */
  dwell: readonly number[];
  /** The same by days from the expected day; even where the day says little. */
  expected: readonly number[];
}

const WORKING_WEEK = [18, 18, 18, 18, 18, 8, 2] as const;
const WAKING = [1, 1, 1, 1, 1, 2, 3, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 5, 4, 3, 3, 2, 1] as const;
const ANY_DAY = [6, 6, 8, 12, 20, 14, 12, 10, 12] as const;

/**
 * What is assumed of a carrier that nobody has watched yet: parcels are collected in the late afternoon, loaded in the
 * early morning and handed over during the day, six days a week. Round figures of general experience, no carrier's own.
 */
const GUESSES: Readonly<Record<Phase, Guess>> = {
  unheard: {
    hours: [2, 1, 1, 1, 1, 2, 2, 3, 4, 5, 5, 5, 5, 5, 5, 6, 7, 8, 8, 7, 6, 5, 4, 2],
    weekdays: WORKING_WEEK,
    dwell: [45, 25, 12, 7, 4, 2, 1.5, 1, 1, 0.5, 0.5, 0.3, 0.1, 0.05, 0.03, 0.02],
    expected: ANY_DAY,
  },
  waiting: {
    hours: [1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 6, 8, 11, 13, 12, 9, 6, 4, 2, 1],
    weekdays: WORKING_WEEK,
    dwell: [35, 32, 14, 8, 4, 2, 1.5, 1, 1, 0.5, 0.5, 0.3, 0.1, 0.05, 0.03, 0.02],
    expected: ANY_DAY,
  },
  abroad: {
    hours: WAKING,
    weekdays: [16, 16, 16, 16, 16, 12, 8],
    dwell: [2, 3, 5, 7, 8, 8, 8, 8, 13, 10, 9, 7, 5, 4, 2, 1],
    expected: [20, 10, 12, 12, 10, 8, 6, 5, 17],
  },
  moving: {
    hours: [1, 1, 1, 1, 2, 4, 9, 16, 18, 13, 8, 5, 3, 2, 2, 2, 2, 2, 2, 1.5, 1.5, 1, 1, 1],
    weekdays: [19, 19, 19, 18, 18, 9, 2],
    dwell: [3, 15, 23, 19, 12, 8, 6, 4, 4, 2, 1.5, 1, 0.5, 0.3, 0.2, 0.1],
    expected: [3, 2, 4, 9, 62, 9, 4, 2, 5],
  },
  on_van: {
    hours: [0.3, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 1.5, 4, 7, 9, 10, 10, 9, 9, 9, 8, 7, 6, 4, 3, 1.5, 0.8, 0.4],
    weekdays: [18, 18, 18, 18, 18, 10, 3],
    dwell: [94, 4, 1, 0.5, 0.2, 0.1, 0.1, 0.05, 0.05, 0.02, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01],
    expected: [3, 2, 3, 10, 65, 10, 4, 2, 3],
  },
  held: {
    hours: [1, 1, 1, 1, 2, 3, 6, 10, 11, 10, 9, 8, 7, 6, 6, 6, 5, 5, 4, 3, 2, 2, 1, 1],
    weekdays: [18, 18, 18, 18, 18, 10, 3],
    dwell: [18, 42, 16, 9, 5, 3, 2, 1.5, 1.5, 1, 1, 0.5, 0.3, 0.2, 0.1, 0.1],
    expected: [10, 6, 8, 12, 28, 12, 8, 6, 10],
  },
  at_point: {
    hours: [0.2, 0.1, 0.1, 0.1, 0.1, 0.3, 1, 3, 5, 7, 8, 8, 8, 8, 7, 8, 9, 10, 9, 6, 3, 1, 0.5, 0.3],
    weekdays: [15, 15, 15, 15, 16, 17, 7],
    dwell: [20, 28, 16, 10, 7, 5, 4, 4, 3, 2, 1, 0.5, 0.3, 0.1, 0.1, 0.05],
    expected: ANY_DAY,
  },
  returning: {
    hours: WAKING,
    weekdays: WORKING_WEEK,
    dwell: [1, 3, 7, 11, 12, 12, 10, 9, 12, 8, 6, 4, 2, 1, 0.5, 0.2],
    expected: ANY_DAY,
  },
};

/** The guess in the form of a rhythm. */
export function firstGuess(phase: Phase): Rhythm {
  const { hours, weekdays, dwell, expected } = GUESSES[phase];
  return [...hours, ...weekdays, ...dwell, ...expected];
}
