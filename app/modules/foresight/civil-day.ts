/** A civil date as the number of days since 1970-01-01; the place whose date it is stands beside it. */
export type Day = number;

/** A wall-clock moment at a place: the civil day and the hours since its midnight (0 ≤ hour < 24, fractions allowed). */
export interface LocalMoment {
  day: Day;
  hour: number;
}

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday. */
const EPOCH_WEEKDAY = 4;

/** `YYYY-MM-DD` as a day number; NaN when it is no date. */
export function readDay(text: string): Day {
  return Math.floor(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / DAY_MS);
}

/** A day number as `YYYY-MM-DD`. */
export function writeDay(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: Day): number {
  return (((day + EPOCH_WEEKDAY) % 7) + 7) % 7;
}

/** Monday of the week of a day, as a civil date. */
export function weekOf(day: Day): string {
  return writeDay(day - ((weekdayOf(day) + 6) % 7));
}
