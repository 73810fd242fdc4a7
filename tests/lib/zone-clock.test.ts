import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { civilDay, clockBetween, instantOfWallTime, wallTime, zoneOffset } from "#app/lib/zone-clock.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Changes of all kinds: by an hour, by half of one, at the date line, in the autumn, for good. */
const CHANGES: readonly [zone: string, around: string][] = [
  ["Europe/Berlin", "2026-03-29T01:00:00Z"],
  ["Europe/Berlin", "2026-10-25T01:00:00Z"],
  ["America/New_York", "2026-03-08T07:00:00Z"],
  ["America/New_York", "2026-11-01T06:00:00Z"],
  ["America/St_Johns", "2026-11-01T04:30:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00:00Z"],
  ["Australia/Lord_Howe", "2026-10-03T15:30:00Z"],
  ["America/Santiago", "2026-09-06T04:00:00Z"],
  ["Antarctica/Troll", "2026-03-29T01:00:00Z"],
  ["Pacific/Apia", "2011-12-30T10:00:00Z"],
  ["Europe/Istanbul", "2016-09-06T21:00:00Z"],
  ["Asia/Kolkata", "2026-03-29T01:00:00Z"],
  ["UTC", "2026-03-29T01:00:00Z"],
];

/** Three days around it, closely, and the edges of the change itself. */
function around(iso: string): number[] {
  const change = Date.parse(iso);
  const steps = Array.from({ length: 145 }, (_unused, step) => change + (step - 72) * (HOUR / 2));
  return [...steps, change - 1, change + 1];
}

describe("the clocks of a zone, around a change, as Temporal says", () => {
  test.each(CHANGES)("%s at %s", (zone, iso) => {
    const asked = around(iso).map((at) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone));
    const own = around(iso);
    expect(own.map((at) => zoneOffset(zone, at))).toEqual(asked.map((at) => at.offsetNanoseconds / 1_000_000));
    expect(own.map((at) => civilDay(zone, at))).toEqual(asked.map((at) => at.toPlainDate().toString()));
  });

  test.each(CHANGES)("and back, %s at %s", (zone, iso) => {
    const walls = around(iso).map((at) => wallTime(zone, Date.parse(iso)) + (at - Date.parse(iso)));
    const asked = walls.map((wall) => {
      const shown = Temporal.PlainDateTime.from(new Date(wall).toISOString().slice(0, 23));
      return shown.toZonedDateTime(zone).epochMilliseconds;
    });
    expect(walls.map((wall) => instantOfWallTime(zone, wall))).toEqual(asked);
  });
});

test("a zone that is none is an error", () => {
  expect(() => zoneOffset("Not/AZone", 0)).toThrow(RangeError);
});

test("zones show the same clock where they change it alike, and not where one does so later", () => {
  const [from, to] = [Date.parse("2026-10-20T00:00:00Z"), Date.parse("2026-11-05T00:00:00Z")];
  expect(clockBetween("Europe/Berlin", from, to)).toBe(clockBetween("Europe/Paris", from, to));
  expect(clockBetween("Europe/Berlin", from, to)).not.toBe(clockBetween("Europe/London", from, to));
  // Both are five hours behind UTC in winter, and only one of them in summer.
  expect(clockBetween("America/New_York", from, to)).not.toBe(clockBetween("America/Bogota", from, to));
  const winter = Date.parse("2026-12-10T00:00:00Z");
  expect(clockBetween("America/New_York", winter, winter + DAY)).toBe(
    clockBetween("America/Bogota", winter, winter + DAY),
  );
});
