import { Temporal } from "temporal-polyfill";

const MINUTE = 60_000;
const DAY = 86_400_000;
const MAX_CACHED = 20_000;

/** Minutes east of UTC at the beginning of a UTC day, by zone and day. */
const offsets = new Map<string, number>();

/**
 * The instant of a wall clock (`YYYY-MM-DDTHH:mm:ss`) on which every one of these zones agrees, as `…Z`. Null when they
 * differ, when the clock was turned back over that hour (it happened twice) or forward (it never happened).
 */
export function instantIn(zones: readonly string[], local: string): string | null {
  let agreed: number | null = null;
  for (const zone of zones) {
    const instant = instantInZone(zone, local);
    if (instant === null || (agreed !== null && instant !== agreed)) return null;
    agreed = instant;
  }
  return agreed === null ? null : `${new Date(agreed).toISOString().slice(0, 19)}Z`;
}

function instantInZone(zone: string, local: string): number | null {
  const asIfUtc = Date.parse(`${local}Z`);
  const day = Math.floor(asIfUtc / DAY);
  const before = offsetAt(zone, day - 1);
  // Far from any change of the clock, which is on 363 days of the year, the offset is the same on both sides.
  if (before === offsetAt(zone, day + 2)) return asIfUtc - before * MINUTE;
  try {
    const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: "reject" });
    return zoned.epochMilliseconds;
  } catch {
    return null;
  }
}

function offsetAt(zone: string, day: number): number {
  const key = `${zone} ${day}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const zoned = Temporal.Instant.fromEpochMilliseconds(day * DAY).toZonedDateTimeISO(zone);
  const minutes = zoned.offsetNanoseconds / 60_000_000_000;
  if (offsets.size >= MAX_CACHED) offsets.clear();
  offsets.set(key, minutes);
  return minutes;
}
