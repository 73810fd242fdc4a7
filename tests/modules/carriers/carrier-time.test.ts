import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { compactDate, parseIsoTime, parseOffset, parseSplitTime } from "#app/modules/carriers/carrier-time.ts";

describe("parseIsoTime", () => {
  test.each([
    ["2024-04-26T09:26:00-07:00", "2024-04-26T09:26:00", "-07:00", "2024-04-26T16:26:00Z"],
    ["2024-08-12T15:18:10 -0500", "2024-08-12T15:18:10", "-05:00", "2024-08-12T20:18:10Z"],
    ["2024-08-02T19:26:52.123Z", "2024-08-02T19:26:52", "+00:00", "2024-08-02T19:26:52Z"],
    ["2021-05-07 23:59:00 GMT-04:00", "2021-05-07T23:59:00", "-04:00", "2021-05-08T03:59:00Z"],
    ["2024-01-31T23:30:00+05:30", "2024-01-31T23:30:00", "+05:30", "2024-01-31T18:00:00Z"],
    // No zone: the wall clock is kept, and no instant is invented.
    ["2021-10-01T08:00:00", "2021-10-01T08:00:00", null, null],
    ["2021-10-01 8:05", "2021-10-01T08:05:00", null, null],
    ["2024-08-05", "2024-08-05", null, null],
    // An impossible zone, an impossible clock.
    ["2024-08-05T10:00:00+15:00", "2024-08-05T10:00:00", null, null],
    ["2024-08-05T25:00:00Z", "2024-08-05", null, null],
  ])("%s", (value, local, offset, utc) => {
    expect(parseIsoTime(value)).toEqual({ local, offset, utc });
  });

  test.each([
    null,
    "",
    "yesterday",
    "2024-02-30T10:00:00Z",
    "2024-13-01",
    "0001-01-01T00:00:00",
    "9999-12-31",
    "12/03/2024",
  ])("no time: %s", (value) => expect(parseIsoTime(value)).toBeNull());
});

describe("parseSplitTime", () => {
  const local = { date: "20240320", time: "070700" };

  test("the offset gives the instant", () => {
    const parsed = parseSplitTime({ ...local, offset: "+08:00", gmtDate: "20240319", gmtTime: "23:07:00" });
    expect(parsed).toEqual({ local: "2024-03-20T07:07:00", offset: "+08:00", utc: "2024-03-19T23:07:00Z" });
  });

  test("a GMT field that is a day off does not win over the offset", () => {
    expect(parseSplitTime({ ...local, offset: "+08:00", gmtDate: "20240318", gmtTime: "230700" })?.utc).toBe(
      "2024-03-19T23:07:00Z",
    );
  });

  test("without an offset the GMT fields give the instant, and no offset is made up", () => {
    const parsed = parseSplitTime({ date: "20240423", time: "091519", gmtDate: "20240423", gmtTime: "131519" });
    expect(parsed).toEqual({ local: "2024-04-23T09:15:19", offset: null, utc: "2024-04-23T13:15:19Z" });
  });

  test("GMT fields further away than any zone are not believed", () => {
    expect(parseSplitTime({ ...local, gmtDate: "20240318", gmtTime: "070700" })?.utc).toBeNull();
  });

  test("neither: the wall clock alone", () => {
    expect(parseSplitTime(local)).toEqual({ local: "2024-03-20T07:07:00", offset: null, utc: null });
  });

  test("dropped leading zeros, colons, missing seconds, missing or impossible times", () => {
    const clocks = ["70700", "07:07:00", "7:07", "700", null, "250000", "noon"].map(
      (time) => parseSplitTime({ date: "2024-03-20", time })?.local,
    );
    expect(clocks).toEqual([
      "2024-03-20T07:07:00",
      "2024-03-20T07:07:00",
      "2024-03-20T07:07:00",
      "2024-03-20T00:07:00",
      "2024-03-20",
      "2024-03-20",
      "2024-03-20",
    ]);
  });

  test("no date, no time", () => {
    expect(parseSplitTime({ date: null, time: "070700" })).toBeNull();
    expect(parseSplitTime({ date: "20240230", time: "070700" })).toBeNull();
  });
});

test("parseOffset reads every spelling seen, and refuses what is no zone", () => {
  const read = ["+08:00", "-0500", "-7:00", "-04.00", "+8", "Z", "GMT-04:00", "-00:00", "+05:45"].map(parseOffset);
  expect(read).toEqual(["+08:00", "-05:00", "-07:00", "-04:00", "+08:00", "+00:00", "-04:00", "+00:00", "+05:45"]);
  expect([null, "", "EST", "+15:00", "-04.50", "8", "+1:2:3"].map(parseOffset)).toEqual(Array(7).fill(null));
});

test("compactDate", () => {
  expect(["20240229", "2024-02-29", "20230229", "null", "", null].map(compactDate)).toEqual([
    "2024-02-29",
    "2024-02-29",
    null,
    null,
    null,
    null,
  ]);
});

describe("the arithmetic is Temporal's", () => {
  const two = (value: number) => String(value).padStart(2, "0");
  const number = (min: number, max: number) => fc.integer({ min, max });
  const dates = fc
    .tuple(number(1980, 2110), number(0, 13), number(0, 32))
    .map(([year, month, day]) => `${year}-${two(month)}-${two(day)}`);
  const clocks = fc.tuple(number(0, 23), number(0, 59), number(0, 59)).map((parts) => parts.map(two).join(":"));
  const offsets = fc
    .tuple(fc.constantFrom("+", "-"), number(0, 13), fc.constantFrom("00", "15", "30", "45"))
    .map(([sign, hours, minutes]) => `${sign}${two(hours)}:${minutes}`);

  test("which dates exist", () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(compactDate(date)).toBe(existing(date));
      }),
      { numRuns: 2_000 },
    );
  });

  test("an instant from wall clock and offset", () => {
    fc.assert(
      fc.property(dates, clocks, offsets, (date, clock, offset) => {
        const expected = existing(date) === null ? null : Temporal.Instant.from(`${date}T${clock}${offset}`).toString();
        expect(parseIsoTime(`${date}T${clock}${offset}`)?.utc ?? null).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test("how far the GMT fields are away", () => {
    const base = Temporal.PlainDateTime.from("2024-02-29T12:00:00");
    fc.assert(
      fc.property(number(-1_000, 1_000), (minutes) => {
        const gmt = base.add({ minutes }).toString({ smallestUnit: "second" });
        const [gmtDate = null, gmtTime = null] = gmt.split("T");
        const read = parseSplitTime({ date: "20240229", time: "120000", gmtDate, gmtTime });
        expect(read?.utc).toBe(Math.abs(minutes) <= 14 * 60 ? `${gmt}Z` : null);
      }),
      { numRuns: 500 },
    );
  });

  /** The date when Temporal knows it and it is in the years of parcels. */
  function existing(date: string): string | null {
    try {
      const { year } = Temporal.PlainDate.from(date, { overflow: "reject" });
      return year >= 1990 && year <= 2100 ? date : null;
    } catch {
      return null;
    }
  }
});
