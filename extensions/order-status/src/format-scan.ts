import type { ScanEvent } from "./parse-answer.ts";

const SHAPE = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** "20 Nov 2026, 08:12 · Out for delivery · Lyon"; parts that the carrier did not give are left out. */
export function formatScan(event: ScanEvent, language: string): string {
  const parts = [event.at === null ? null : formatTime(event.at, language), event.description, event.location];
  return parts.filter((part) => part !== null).join(" · ");
}

/**
 * A carrier's time for a reader. A local time is shown as the clock on the wall at the scan, whatever zone the reader is
 * in; only a pure instant (`…Z`) is moved to the reader's zone. Null when it is not a time.
 */
export function formatTime(at: string, language: string): string | null {
  const [, day, time, zone] = SHAPE.exec(at) ?? [];
  if (day === undefined) return null;
  const instant = zone === "Z";
  const moment = new Date(instant ? at : `${day}T${time ?? "00:00"}:00Z`);
  if (Number.isNaN(moment.getTime())) return null;
  return new Intl.DateTimeFormat(language, {
    dateStyle: "medium",
    ...(time === undefined ? {} : { timeStyle: "short" }),
    ...(instant ? {} : { timeZone: "UTC" }),
  }).format(moment);
}
