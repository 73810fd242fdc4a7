import { Temporal } from "temporal-polyfill";
import type { CarrierTime } from "./carrier.ts";

/** Dates outside are placeholders ("0001-01-01", "9999-12-31"), not scans. */
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;
/** No place on earth is further from UTC than this. */
const MAX_OFFSET_MINUTES = 14 * 60;

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
  const date = civilDate(`${year}-${month}-${day}`);
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
  return match ? civilDate(`${match[1]}-${match[2]}-${match[3]}`) : null;
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
  const utc = offset === null ? null : Temporal.Instant.from(`${local}${offset}`).toString();
  return { local, offset, utc };
}

function plausibleInstant(local: string, gmtDate: string | null, gmtTime: string | null): string | null {
  const date = compactDate(gmtDate);
  const clock = wallClock(gmtTime);
  if (date === null || clock === null) return null;
  const gmt = Temporal.PlainDateTime.from(`${date}T${clock}`);
  const distance = Math.abs(gmt.until(local).total("minutes"));
  return distance <= MAX_OFFSET_MINUTES ? `${date}T${clock}Z` : null;
}

function civilDate(value: string): string | null {
  try {
    const date = Temporal.PlainDate.from(value, { overflow: "reject" });
    return date.year >= FIRST_YEAR && date.year <= LAST_YEAR ? date.toString() : null;
  } catch {
    return null;
  }
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
