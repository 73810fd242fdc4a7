import { destinationZone, offsetOf, probableZone } from "#app/modules/shipments/destination-zone.ts";
import { type LocalMoment, writeDay } from "./civil-day.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** The clock a parcel's days are counted by: the destination's where it can be told, else the shop's. */
export function zoneOfParcel(
  { country, region }: { country: string | null; region: string | null },
  shopZone: string | null,
): string {
  return destinationZone(country, region) ?? probableZone(country) ?? shopZone ?? "UTC";
}

/** An instant on the clock of a zone; an unknown zone is taken for UTC. */
export function localMoment(zone: string, at: Date): LocalMoment {
  const local = at.getTime() + (offsetOf(zone, at) ?? 0) * MINUTE_MS;
  const day = Math.floor(local / DAY_MS);
  return { day, hour: (local - day * DAY_MS) / HOUR_MS };
}

/** A carrier's wall clock (`YYYY-MM-DD` with or without a time) as a moment; null when it is none. A date alone is noon. */
export function momentOfText(local: string): LocalMoment | null {
  const at = Date.parse(`${local.slice(0, 10)}T${local.slice(11, 16) || "12:00"}:00Z`);
  if (Number.isNaN(at)) return null;
  const day = Math.floor(at / DAY_MS);
  return { day, hour: (at - day * DAY_MS) / HOUR_MS };
}

/** The instant at which a zone's clock shows the moment. */
export function instantOf(zone: string, { day, hour }: LocalMoment): Date {
  const local = Date.parse(`${writeDay(day)}T00:00:00Z`) + hour * HOUR_MS;
  const guess = new Date(local - (offsetOf(zone, new Date(local)) ?? 0) * MINUTE_MS);
  return new Date(local - (offsetOf(zone, guess) ?? 0) * MINUTE_MS);
}
