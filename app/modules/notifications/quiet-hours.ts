import { Temporal } from "temporal-polyfill";
import type { Channel } from "./channels/channel.ts";
import type { RecipientPlace } from "./decision-book.ts";
import { recipientZones } from "./hours/recipient-zones.ts";
import { type Hours, lawfulHours, overlap } from "./hours/sms-law.ts";
import type { MessageRules } from "./message-rules.ts";

/** Where law and wish leave no common hour, texts keep to these. */
const SAFE: Hours = { from: 9, to: 20 };
/** A day with hours comes within a week; more are looked at for the sake of two time zones at the date line. */
const DAYS_AHEAD = 9;

/**
 * The first instant at or after `at` at which a message may reach somebody there, in their own time. Texts keep to the law
 * of the place as well as to the merchant's hours; mails to the merchant's, where there are any. Where the recipient may
 * live by several clocks, all of them must allow it; where they never do, the first one counts.
 */
export function allowedFrom(channel: Channel, at: Date, place: RecipientPlace, hours: MessageRules["hours"]): Date {
  if (channel === "email" && hours.email === null) return at;
  const rule: Rule = { channel, place, hours };
  const zones = recipientZones(place);
  if (zones.every((zone) => isAllowed(at, zone, rule))) return at;
  const candidates = zones.flatMap((zone) => openings(at, zone, rule)).sort((left, right) => left - right);
  const common = candidates.find((time) => zones.every((zone) => isAllowed(new Date(time), zone, rule)));
  const own = zones.slice(0, 1).flatMap((zone) => openings(at, zone, rule));
  return new Date(common ?? own[0] ?? at.getTime());
}

interface Rule {
  channel: Channel;
  place: RecipientPlace;
  hours: MessageRules["hours"];
}

function isAllowed(at: Date, zone: string, rule: Rule): boolean {
  const local = localTime(at, zone);
  const hour = local.hour + local.minute / 60 + local.second / 3_600 + local.millisecond / 3_600_000;
  return hoursOn(local.toPlainDate(), rule).some(({ from, to }) => hour >= from && hour < to);
}

/** The instants after `at` at which a day's hours begin in a zone, in milliseconds. */
function openings(at: Date, zone: string, rule: Rule): number[] {
  const today = localTime(at, zone).toPlainDate();
  return Array.from({ length: DAYS_AHEAD }, (_unused, days) => today.add({ days }))
    .flatMap((day) => hoursOn(day, rule).map(({ from }) => startOf(day, from, zone)))
    .filter((time) => time > at.getTime());
}

/** The hours of one civil day; two stretches where the merchant's go past midnight. */
function hoursOn(day: Temporal.PlainDate, { channel, place, hours }: Rule): Hours[] {
  if (channel === "email") return stretches(hours.email ?? { from: 0, to: 24 });
  const country = place.countryCode ?? place.phoneCountry;
  const province = place.countryCode === null ? null : place.provinceCode;
  const lawful = lawfulHours({ country, province }, { day: day.toString(), weekday: day.dayOfWeek });
  const wished = stretches(hours.sms)
    .map((stretch) => overlap(stretch, lawful))
    .filter(({ from, to }) => from < to);
  return wished.length > 0 ? wished : [overlap(SAFE, lawful)];
}

/** 22 to 6 is the evening and the early morning; the same hour twice is the whole day. */
function stretches({ from, to }: Hours): Hours[] {
  if (from < to) return [{ from, to }];
  return from === to
    ? [{ from: 0, to: 24 }]
    : [
        { from: 0, to },
        { from, to: 24 },
      ].filter((stretch) => stretch.from < stretch.to);
}

/** When an hour of a civil day begins; one that is skipped when clocks go forward begins right after. */
function startOf(day: Temporal.PlainDate, hour: number, zone: string): number {
  const time = Temporal.PlainTime.from({ hour: Math.floor(hour), minute: Math.round((hour % 1) * 60) });
  return day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

function localTime(at: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
}
