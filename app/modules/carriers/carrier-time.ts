import type { CarrierTime } from "./carrier.ts";

/** Dates outside are placeholders ("0001-01-01", "9999-12-31"), not scans. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;
/** No place on earth is further from UTC than this. */
const MAX_OFFSET_MINUTES = 14 * 60;
const DAY_MINUTES = 24 * 60;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?)?\s*((?:GMT|UTC)?[+-]\d{1,2}(?:[:.]?\d{2})?|Z|UTC|GMT)?$/i;

/**
 * Reads an ISO-like time: `2024-04-26T09:26:00-07:00`, `2024-08-12T15:18:10 -0500`, `2021-10-01T08:00:00` (no zone: the
 * instant stays unknown), `2024-08-05` (a date). Null when the text is none of these or not a real date.
 */
export function parseIsoTime(value: string | null): CarrierTime | null {
  const match = value === null ? null : ISO.exec(value.trim());
  if (!match) return null;
  const [, year = "", month = "", day = "", hour, minute, second, zone] = match;
  const date = civilDate(year, month, day);
  if (date === null) return null;
  const clock = hour === undefined ? null : wallClock(`${hour.padStart(2, "0")}${minute ?? "00"}${second ?? "00"}`);
  if (clock === null) return { local: date, offset: null, utc: null };
  return withOffset(`${date}T${clock}`, parseOffset(zone ?? null));
}

interface SplitTime {
  /** `YYYYMMDD` or `YYYY-MM-DD`. */
  date: string | null;
  /** `HHMMSS` or `HH:MM:SS`; leading zeros may be missing. */
  time: string | null;
  offset?: string | null;
  gmtDate?: string | null;
  gmtTime?: string | null;
}

/**
 * Reads a time sent as separate fields. The instant comes from the wall clock and its offset when the offset is stated,
 * else from the GMT fields when they agree with the wall clock within a possible zone; else it stays unknown. A GMT field
 * that is a day off exists in practice, so it never wins over the offset.
 */
export function parseSplitTime(value: SplitTime): CarrierTime | null {
  const date = compactDate(value.date);
  if (date === null) return null;
  const clock = wallClock(value.time);
  if (clock === null) return { local: date, offset: null, utc: null };
  const local = `${date}T${clock}`;
  const offset = parseOffset(value.offset ?? null);
  if (offset !== null) return withOffset(local, offset);
  return { local, offset: null, utc: plausibleInstant(local, value.gmtDate ?? null, value.gmtTime ?? null) };
}

/** `YYYY-MM-DD` from `YYYYMMDD` or `YYYY-MM-DD`; null for anything else, placeholders included. */
export function compactDate(value: string | null): string | null {
  const match = value === null ? null : /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(value.trim());
  return match ? civilDate(match[1] ?? "", match[2] ?? "", match[3] ?? "") : null;
}

/** `±HH:MM` from `+08:00`, `-0500`, `-7:00`, `-04.00`, `+8`, `Z`, `GMT-04:00`; null when it is no possible offset. */
export function parseOffset(value: string | null): string | null {
  if (value === null) return null;
  const zone = value
    .trim()
    .toUpperCase()
    .replace(/^(?:GMT|UTC)(?=[+-])/, "");
  if (zone === "Z" || zone === "UTC" || zone === "GMT") return "+00:00";
  const match = /^([+-])(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(zone);
  if (!match) return null;
  const [, sign = "+", hours = "0", minutes = "00"] = match;
  const total = Number(hours) * 60 + Number(minutes);
  // Every offset in use is a multiple of 15 minutes; "-04.50" is more likely four and a half hours than 4:50.
  if (total > MAX_OFFSET_MINUTES || Number(minutes) % 15 !== 0) return null;
  return `${total === 0 ? "+" : sign}${hours.padStart(2, "0")}:${minutes}`;
}

function withOffset(local: string, offset: string | null): CarrierTime {
  return { local, offset, utc: offset === null ? null : instantAt(local, offset) };
}

/** `YYYY-MM-DDTHH:mm:ssZ`. Plain arithmetic: Temporal objects were half of what reading an answer cost. */
function instantAt(local: string, offset: string): string {
  if (offset === "+00:00") return `${local}Z`;
  const away = minutesAt(offset, 1);
  const minutes = minutesAt(local, 11) + (offset.startsWith("-") ? away : -away);
  const days = Math.floor(minutes / DAY_MINUTES);
  const inDay = minutes - days * DAY_MINUTES;
  const clock = `${twoDigits(Math.floor(inDay / 60))}:${twoDigits(inDay % 60)}`;
  return `${days === 0 ? local.slice(0, 10) : shiftDate(local.slice(0, 10), days)}T${clock}${local.slice(16)}Z`;
}

/** Minutes of the `HH:mm` at this position. */
function minutesAt(text: string, position: number): number {
  return Number(text.slice(position, position + 2)) * 60 + Number(text.slice(position + 3, position + 5));
}

function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MINUTES * 60_000).toISOString().slice(0, 10);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function plausibleInstant(local: string, gmtDate: string | null, gmtTime: string | null): string | null {
  const date = compactDate(gmtDate);
  const clock = wallClock(gmtTime);
  if (date === null || clock === null) return null;
  const minutes = Math.abs(asIfUtc(`${date}T${clock}`) - asIfUtc(local)) / 60_000;
  return minutes <= MAX_OFFSET_MINUTES ? `${date}T${clock}Z` : null;
}

/** Milliseconds of `YYYY-MM-DDTHH:mm:ss` on a clock at UTC. */
function asIfUtc(local: string): number {
  return Date.parse(`${local}Z`);
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The date if it exists and is no placeholder, else null. */
function civilDate(year: string, month: string, day: string): string | null {
  const [inYear, inMonth, inDay] = [Number(year), Number(month), Number(day)];
  if (inYear < FIRST_YEAR || inYear > LAST_YEAR) return null;
  const leap = inMonth === 2 && inYear % 4 === 0 && (inYear % 100 !== 0 || inYear % 400 === 0);
  const last = leap ? 29 : (DAYS_IN_MONTH[inMonth - 1] ?? 0);
  return inDay >= 1 && inDay <= last ? `${year}-${month}-${day}` : null;
}

function wallClock(value: string | null): string | null {
  if (value === null) return null;
  const digits = /^\d{1,2}:\d{2}(?::\d{2})?$/.test(value.trim())
    ? value
        .trim()
        .replaceAll(":", "")
        .padStart(value.trim().split(":").length * 2, "0")
        .padEnd(6, "0")
    : value.trim().padStart(6, "0");
  const match = /^([01]\d|2[0-3])([0-5]\d)([0-5]\d)$/.exec(digits);
  return match ? `${match[1]}:${match[2]}:${match[3]}` : null;
}
