import { Temporal } from "temporal-polyfill";
import { knownZone } from "#app/modules/shipments/destination-zone.ts";

/** When a shop wants its digest. */
export interface DigestTime {
  /** IANA zone of the shop; null or an unknown one counts as UTC. */
  zone: string | null;
  /** Hour of the shop's day, 0 to 23. */
  hour: number;
}

/** After so many hours the digest of a day is no news any more: a worker that was down for a day sends one, not two. */
const WORTH_FOR_HOURS = 12;

/**
 * The civil day whose digest is to be made now; null before its hour, and long after it. A day without that hour (the
 * clocks went forward) has it an hour later; where the hour comes twice, the first one counts.
 */
export function digestDay(time: DigestTime, now: Date): string | null {
  const today = dayIn(time, now);
  const late = now.getTime() - instantOn(today, time);
  return late >= 0 && late < WORTH_FOR_HOURS * 3_600_000 ? today.toString() : null;
}

/** The first instant after `now` at which a digest is due. */
export function nextDigest(time: DigestTime, now: Date): Date {
  const today = dayIn(time, now);
  const days = [today, today.add({ days: 1 }), today.add({ days: 2 })];
  const next = days.map((day) => instantOn(day, time)).find((at) => at > now.getTime());
  return new Date(next ?? now.getTime() + 86_400_000);
}

const zoneOf = ({ zone }: DigestTime): string => knownZone(zone) ?? "UTC";

function dayIn(time: DigestTime, at: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zoneOf(time)).toPlainDate();
}

function instantOn(day: Temporal.PlainDate, time: DigestTime): number {
  const plainTime = Temporal.PlainTime.from({ hour: time.hour });
  return day.toZonedDateTime({ timeZone: zoneOf(time), plainTime }).epochMilliseconds;
}
