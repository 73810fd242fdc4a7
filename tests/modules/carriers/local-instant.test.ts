import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { instantIn } from "#app/modules/carriers/local-instant.ts";

test.each<[string[], string, string | null]>([
  [["Europe/Berlin"], "2026-03-29T01:59:59", "2026-03-29T00:59:59Z"],
  // The hour that never was, and the one that was twice.
  [["Europe/Berlin"], "2026-03-29T02:30:00", null],
  [["Europe/Berlin"], "2026-03-29T03:00:00", "2026-03-29T01:00:00Z"],
  [["Europe/Berlin"], "2026-10-25T01:59:59", "2026-10-24T23:59:59Z"],
  [["Europe/Berlin"], "2026-10-25T02:30:00", null],
  [["Europe/Berlin"], "2026-10-25T03:00:00", "2026-10-25T02:00:00Z"],
  [["America/New_York"], "2026-11-01T01:30:00", null],
  [["Australia/Lord_Howe"], "2026-04-05T01:45:00", null],
  // Samoa left out a whole day.
  [["Pacific/Apia"], "2011-12-30T12:00:00", null],
  [["Pacific/Apia"], "2011-12-31T12:00:00", "2011-12-30T22:00:00Z"],
  [["Europe/Berlin", "Europe/Paris"], "2026-07-01T12:00:00", "2026-07-01T10:00:00Z"],
  [["Europe/Berlin", "Europe/London"], "2026-07-01T12:00:00", null],
  [[], "2026-07-01T12:00:00", null],
])("%s %s", (zones, local, utc) => expect(instantIn(zones, local)).toBe(utc));

test("is Temporal's instant, and null where Temporal sees none or two", () => {
  const zone = fc.constantFrom(
    "Europe/London",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Asia/Tehran",
  );
  // Around the changes of the clock of many years, to the quarter of an hour.
  const quarter = fc.integer({ min: 0, max: 4 * 24 * 365 * 20 });
  const start = Temporal.PlainDateTime.from("2010-01-01T00:00:00");
  fc.assert(
    fc.property(zone, quarter, (name, quarters) => {
      const local = start.add({ minutes: quarters * 15 }).toString({ smallestUnit: "second" });
      expect(instantIn([name], local)).toBe(reference(name, local));
    }),
    { numRuns: 3_000 },
  );
});

function reference(zone: string, local: string): string | null {
  try {
    const zoned = Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: "reject" });
    return zoned.toInstant().toString();
  } catch {
    return null;
  }
}
