import type { CarrierTime } from "../carrier.ts";
import { parseSplitTime } from "../carrier-time.ts";

/** `8/19/2021 5:11:26 PM`: month first, twelve hours. */
const TWELVE_HOURS = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))? ([AP])M$/i;
/** `19.08.2021, 17:11`: day first, as the German service writes. */
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4}),? (\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/**
 * DPD's wall clock at the depot; no zone is ever stated, so the instant stays unknown. Slashes without AM or PM could be
 * either order of day and month: no time then.
 */
export function readDpdDate(value: string | null): CarrierTime | null {
  if (value === null) return null;
  const american = TWELVE_HOURS.exec(value);
  if (american) {
    const [, month = "", day = "", year = "", hour = "", minute = "", second = "00", half = ""] = american;
    return civil({ year, month, day }, `${twentyFour(Number(hour), half)}${minute}${second}`);
  }
  const german = DOTTED.exec(value);
  if (!german) return null;
  const [, day = "", month = "", year = "", hour = "", minute = "", second = "00"] = german;
  return civil({ year, month, day }, `${hour.padStart(2, "0")}${minute}${second}`);
}

function civil({ year, month, day }: { year: string; month: string; day: string }, time: string): CarrierTime | null {
  return parseSplitTime({ date: `${year}${month.padStart(2, "0")}${day.padStart(2, "0")}`, time });
}

/** 12 AM is midnight, 12 PM is noon; an hour outside 1 to 12 stays as it is and is refused as a clock. */
function twentyFour(hour: number, half: string): string {
  if (hour < 1 || hour > 12) return "99";
  return String((hour % 12) + (half.toUpperCase() === "P" ? 12 : 0)).padStart(2, "0");
}
