import { instantOfWallTime, wallTime, zoneOffset } from "#app/lib/zone-clock.ts";

const DAY = 86_400_000;

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
  const wall = Date.parse(`${local}Z`);
  const first = instantOfWallTime(zone, wall);
  if (wallTime(zone, first) !== wall) return null;
  const second = wall - zoneOffset(zone, wall + DAY);
  return second !== first && wallTime(zone, second) === wall ? null : first;
}
