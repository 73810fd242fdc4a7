import { useMemo } from "react";
import { useTextsValue } from "./texts.tsx";

export interface Formats {
  /** An instant in the shop's zone: "22 Nov, 14:05". */
  moment(iso: string): string;
  /** A civil date `YYYY-MM-DD`: "22 Nov 2026". */
  date(civil: string): string;
  /** A civil date with its weekday: "Sunday, 22 November". */
  day(civil: string): string;
  /** A wall clock as a carrier wrote it (`YYYY-MM-DDTHH:mm:ss` or a date), never converted to another zone. */
  wallClock(local: string): string;
  /** How long ago, or in how long: "5 minutes ago". */
  ago(iso: string, now: string): string;
  number(value: number): string;
  /** A share 0…1 as a whole percentage, never rounded to the certainty it is not: "<1%" and ">99%" where it would be. */
  percent(share: number): string;
  /** A difference of two shares, in percentage points with its sign: "+1.2", "−3", "0". */
  points(difference: number): string;
  /** A number with at most one decimal: "2.4". */
  decimal(value: number): string;
  /** A civil date in a few letters: "Thu, 12 Mar". */
  shortDay(civil: string): string;
  /** The same without its weekday: "12 Mar". */
  dayMonth(civil: string): string;
  /** The weekday of a civil date in as few letters as there can be: "T". */
  narrowWeekday(civil: string): string;
  /** Two civil dates, both included; one where they are the same. */
  span(from: string, to: string): string;
  /** An amount given in millionths of its currency's unit: "$12.40". */
  micros(value: number, currency: string): string;
  /** The same for a price below the smallest coin: "$0.0083". */
  unitPrice(value: number, currency: string): string;
  /** A month `YYYY-MM`: "November 2025". */
  month(civil: string): string;
  /** A country's name by its two letters. */
  country(code: string): string;
}

/** Dates and numbers as the reader's language writes them. */
export function useFormats(): Formats {
  const { texts, timezone } = useTextsValue();
  return useMemo(() => createFormats(texts.locale, timezone), [texts, timezone]);
}

export function createFormats(locale: string, timezone: string): Formats {
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: timezone });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
  const clock = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: "exceptZero" });
  const short = new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  const dayMonth = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "narrow", timeZone: "UTC" });
  const inMonth = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  const countries = new Intl.DisplayNames(locale, { type: "region" });
  const noon = (civil: string) => new Date(`${civil.slice(0, 10)}T12:00:00Z`);
  return {
    moment: (iso) => plain(moment.format(new Date(iso))),
    date: (civil) => plain(date.format(noon(civil))),
    day: (civil) => plain(day.format(noon(civil))),
    wallClock: (local) =>
      plain(local.includes("T") ? clock.format(new Date(`${local.slice(0, 19)}Z`)) : date.format(noon(local))),
    ago: (iso, now) => plain(agoText(relative, new Date(iso).getTime() - new Date(now).getTime())),
    number: (value) => plain(number.format(value)),
    percent: (share) => plain(percentText(percent, share)),
    points: (difference) => plain(signed.format(difference * 100)),
    decimal: (value) => plain(decimal.format(value)),
    shortDay: (civil) => plain(short.format(noon(civil))),
    dayMonth: (civil) => plain(dayMonth.format(noon(civil))),
    narrowWeekday: (civil) => plain(weekday.format(noon(civil))),
    span: (from, to) => plain(from === to ? short.format(noon(from)) : short.formatRange(noon(from), noon(to))),
    micros: (value, currency) => plain(money(locale, { currency }).format(value / 1_000_000)),
    unitPrice: (value, currency) =>
      plain(money(locale, { currency, minimumFractionDigits: 4 }).format(value / 1_000_000)),
    month: (civil) => plain(inMonth.format(noon(`${civil}-15`))),
    country: (code) => countries.of(code) ?? code,
  };
}

function money(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: "currency", ...options });
}

function percentText(format: Intl.NumberFormat, share: number): string {
  if (share > 0 && share < 0.01) return `<${format.format(0.01)}`;
  if (share < 1 && share > 0.99) return `>${format.format(0.99)}`;
  return format.format(share);
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

function agoText(format: Intl.RelativeTimeFormat, milliseconds: number): string {
  const [unit, length] = UNITS.find(([, size]) => Math.abs(milliseconds) >= size * 1.5) ?? UNITS[2];
  return format.format(Math.round(milliseconds / length), unit);
}

/** Node and browsers disagree on which narrow space belongs into a time; a page that differs is rendered twice. */
function plain(text: string): string {
  return text.replace(/[\u202f\u00a0\u2009]/g, " ");
}
