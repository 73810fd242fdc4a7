import type { EstimatedDelivery } from "#app/modules/carriers/carrier.ts";

const DATE = { weekday: "long", day: "numeric", month: "long" } as const;
const SHORT_DATE = { day: "numeric", month: "short" } as const;

/**
 * The expected arrival in the reader's words: always the carrier's civil date, never converted to another zone, never
 * shown once it has passed. A time of day is given only for a window within one day.
 * @param today civil date (`YYYY-MM-DD`) at the reader's end; a date before it gives null.
 */
export function expectedText(estimate: EstimatedDelivery | null, locale: string, today: string): string | null {
  if (!estimate) return null;
  if ("date" in estimate) return dayText(estimate.date, locale, today);
  if ("at" in estimate) return dayText(estimate.at.local.slice(0, 10), locale, today);
  const from = estimate.from.local.slice(0, 10);
  const to = estimate.to.local.slice(0, 10);
  if (to < today) return null;
  if (from === to) return dayText(from, locale, today);
  return dayFormat(locale).formatRange(utcNoon(from < today ? today : from), utcNoon(to));
}

/** What foresight shows, as an estimate like a carrier's: one civil date, or a range of them. */
export function shownEstimate({ on, from }: { on: string; from?: string | undefined }): EstimatedDelivery {
  if (!from) return { date: on };
  return { from: { local: from, offset: null, utc: null }, to: { local: on, offset: null, utc: null } };
}

/**
 * The date that shoppers are shown, in the reader's words; null where there is none, where the parcel's way has ended, or
 * where it has passed and the next one is being computed.
 */
export function shownText(
  forecast: { shown: { on: string; from?: string | undefined } | null; ended?: boolean } | null,
  locale: string,
  today: string,
): string | null {
  if (!forecast?.shown || forecast.ended) return null;
  return expectedText(shownEstimate(forecast.shown), locale, today);
}

function dayText(date: string, locale: string, today: string): string | null {
  if (date < today) return null;
  return dayFormat(locale).format(utcNoon(date));
}

/** "Friday, November 27": a civil date in the reader's words. */
export function formatDay(date: string, locale: string): string {
  return dayFormat(locale).format(utcNoon(date));
}

/** "Nov 27": the same where every letter is paid for. */
export function shortDay(date: string, locale: string): string {
  return dayFormat(locale, SHORT_DATE).format(utcNoon(date));
}

const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 100;

/** Remembered: making one costs a hundred times as much as using it. */
function dayFormat(locale: string, parts: Intl.DateTimeFormatOptions = DATE): Intl.DateTimeFormat {
  const key = parts === DATE ? locale : `${locale} short`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locale, { ...parts, timeZone: "UTC" });
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(key, format);
  return format;
}

/** Hours behind UTC of the last place to begin a day. */
const LAST_ZONE_HOURS = 12;

/**
 * Today (`YYYY-MM-DD`) for somebody whose zone is not known: the date where the day ends last. An expected day is over only
 * when it is over everywhere; until then hiding it would take it from a shopper who is still waiting.
 */
export function latestToday(now: Date): string {
  return new Date(now.getTime() - LAST_ZONE_HOURS * 3_600_000).toISOString().slice(0, 10);
}

/** A civil date as an instant that is the same date when formatted in UTC. */
function utcNoon(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}
