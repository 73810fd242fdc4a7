import type { CarrierTime } from "../carrier.ts";
import { parseIsoTime } from "../carrier-time.ts";

const DAY_FIRST = /^(\d{2})-(\d{2})-(\d{4}) (.+)$/;

/** "07-03-2018 23:20:05" or "2018-03-07T23:20:05": Dutch wall clock, no zone stated, so the instant stays unknown. */
export function readPostnlTime(value: string | null): CarrierTime | null {
  const match = value === null ? null : DAY_FIRST.exec(value);
  if (!match) return parseIsoTime(value);
  const [, day = "", month = "", year = "", clock = ""] = match;
  return parseIsoTime(`${year}-${month}-${day}T${clock}`);
}
