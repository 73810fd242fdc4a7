import { clockBetween, instantOfWallTime, wallTime } from "#app/lib/zone-clock.ts";
import type { Channel } from "./channels/channel.ts";
import type { RecipientPlace } from "./decision-book.ts";
import { recipientZones } from "./hours/recipient-zones.ts";
import { type Hours, lawfulHours, overlap } from "./hours/sms-law.ts";
import type { MessageRules } from "./message-rules.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
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
  const now = at.getTime();
  const hoursOn = hoursByDay({ channel, place, hours });
  const zones = differentClocks(recipientZones(place), now);
  return new Date(firstAllowed(now, zones, hoursOn) ?? firstAllowed(now, zones.slice(0, 1), hoursOn) ?? now);
}

/** The first instant at or after `at` that is allowed by all of these clocks; undefined where there is none. */
function firstAllowed(at: number, zones: readonly string[], hoursOn: HoursOn): number | undefined {
  const allowed = (time: number) => zones.every((zone) => isAllowed(time, zone, hoursOn));
  if (allowed(at)) return at;
  // Almost always it is the next morning: the days after it are looked at where it is not.
  for (const days of [2, DAYS_AHEAD]) {
    const candidates = zones.flatMap((zone) => openings(at, zone, { days, hoursOn }));
    const found = candidates.sort((left, right) => left - right).find(allowed);
    if (found === undefined) continue;
    const isFirst = zones.every((zone) => found < startOfDay(zone, dayAt(zone, at) + days));
    if (isFirst || days === DAYS_AHEAD) return found;
  }
  return undefined;
}

/** The hours of a civil day, by its number since 1970. */
type HoursOn = (day: number) => readonly Hours[];

/** Of zones whose clocks show the same in the days that are looked at, the first. */
function differentClocks(zones: readonly string[], now: number): readonly string[] {
  if (zones.length === 1) return zones;
  const [from, to] = [now - DAY_MS, now + (DAYS_AHEAD + 1) * DAY_MS];
  const first = new Map<string, string>();
  for (const zone of zones) {
    const clock = clockBetween(zone, from, to);
    if (!first.has(clock)) first.set(clock, zone);
  }
  return [...first.values()];
}

function isAllowed(at: number, zone: string, hoursOn: HoursOn): boolean {
  const day = dayAt(zone, at);
  const hour = (wallTime(zone, at) - day * DAY_MS) / HOUR_MS;
  return hoursOn(day).some(({ from, to }) => hour >= from && hour < to);
}

/** The number of the civil day in a zone. */
const dayAt = (zone: string, at: number): number => Math.floor(wallTime(zone, at) / DAY_MS);

const startOfDay = (zone: string, day: number): number => instantOfWallTime(zone, day * DAY_MS);

/** The instants after `at` at which a day's hours begin in a zone; one that is skipped when clocks go forward, right after. */
function openings(at: number, zone: string, { days, hoursOn }: { days: number; hoursOn: HoursOn }): number[] {
  const today = dayAt(zone, at);
  return Array.from({ length: days }, (_unused, ahead) => today + ahead)
    .flatMap((day) => hoursOn(day).map(({ from }) => day * DAY_MS + Math.round(from * 60) * MINUTE_MS))
    .map((wall) => instantOfWallTime(zone, wall))
    .filter((time) => time > at);
}

interface Rule {
  channel: Channel;
  place: RecipientPlace;
  hours: MessageRules["hours"];
}

/** Each day is looked up once, whatever the number of clocks. */
function hoursByDay(rule: Rule): HoursOn {
  const known = new Map<number, readonly Hours[]>();
  return (day) => {
    const found = known.get(day) ?? hoursOfDay(day, rule);
    known.set(day, found);
    return found;
  };
}

/** The hours of one civil day; two stretches where the merchant's go past midnight. */
function hoursOfDay(day: number, { channel, place, hours }: Rule): Hours[] {
  if (channel === "email") return stretches(hours.email ?? { from: 0, to: 24 });
  const country = place.countryCode ?? place.phoneCountry;
  const province = place.countryCode === null ? null : place.provinceCode;
  const date = new Date(day * DAY_MS);
  const civil = { day: date.toISOString().slice(0, 10), weekday: date.getUTCDay() || 7 };
  const lawful = lawfulHours({ country, province }, civil);
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
