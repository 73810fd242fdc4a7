/**
 * When news came that ended a phase, as counts in bins: the hour and the weekday on the scan's own clock, the days that the
 * phase had lasted, and the days from the day the carrier had named. A plain list of numbers, so that the rhythms of two
 * shops are added by adding them, and an old one fades by multiplying it.
 */
export type Rhythm = readonly number[];

const DAY = 86_400_000;

export const HOUR_BINS = 24;
const WEEKDAY_BINS = 7;
/** First day of each bin; the last one is open. */
export const DWELL_FROM = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 19, 25, 35, 50] as const;
/** Days from the expected day: before the third last, −3 … +3, after that. */
const EXPECTED_REACH = 3;
const EXPECTED_BINS = 2 * EXPECTED_REACH + 3;

/** The parts of a rhythm: where each begins and ends. */
export const PARTS = {
  hours: [0, HOUR_BINS],
  weekdays: [HOUR_BINS, HOUR_BINS + WEEKDAY_BINS],
  dwell: [HOUR_BINS + WEEKDAY_BINS, HOUR_BINS + WEEKDAY_BINS + DWELL_FROM.length],
  expected: [
    HOUR_BINS + WEEKDAY_BINS + DWELL_FROM.length,
    HOUR_BINS + WEEKDAY_BINS + DWELL_FROM.length + EXPECTED_BINS,
  ],
} as const;

export const RHYTHM_SIZE = PARTS.expected[1];

/** A count is worth half after so long: carriers change their rounds, and December is not May. */
export const HALF_LIFE_DAYS = 60;

/** Days since 1970 of a civil date, `YYYY-MM-DD…`. */
export function civilDay(date: string): number {
  return Math.floor(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY);
}

/** 0 = Monday. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

export function dwellBin(days: number): number {
  let bin = 0;
  while (bin + 1 < DWELL_FROM.length && days >= (DWELL_FROM[bin + 1] ?? Infinity)) bin += 1;
  return bin;
}

export function expectedBin(daysFromExpected: number): number {
  const reach = EXPECTED_REACH + 1;
  return Math.max(-reach, Math.min(reach, daysFromExpected)) + reach;
}

export interface News {
  /** The scan's own wall clock, `YYYY-MM-DDTHH:mm…`. */
  local: string;
  /** Civil day on which the phase began that it ended. */
  sinceDay: number;
  /** Civil day on which the carrier had expected to deliver; null when it had named none. */
  expectedDay: number | null;
}

/** The bins that one piece of news counts in. */
export function binsOf({ local, sinceDay, expectedDay }: News): number[] {
  const day = civilDay(local);
  const bins = [
    PARTS.hours[0] + Number(local.slice(11, 13)),
    PARTS.weekdays[0] + weekdayOf(day),
    PARTS.dwell[0] + dwellBin(Math.max(0, day - sinceDay)),
  ];
  return expectedDay === null ? bins : [...bins, PARTS.expected[0] + expectedBin(day - expectedDay)];
}

export function emptyRhythm(): number[] {
  return new Array<number>(RHYTHM_SIZE).fill(0);
}

/** The rhythm with news added to it; bins that do not exist (written by a later version) are left out. */
export function withNews(rhythm: Rhythm, bins: readonly number[]): number[] {
  const counts = Array.from({ length: RHYTHM_SIZE }, (_, bin) => rhythm[bin] ?? 0);
  for (const bin of bins) if (bin >= 0 && bin < RHYTHM_SIZE) counts[bin] = (counts[bin] ?? 0) + 1;
  return counts;
}

/** The rhythm as it counts after so many milliseconds. */
export function faded(rhythm: Rhythm, elapsed: number): number[] {
  const factor = 0.5 ** (Math.max(0, elapsed) / (HALF_LIFE_DAYS * DAY));
  return rhythm.map((count) => count * factor);
}
