import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lessonsOf } from "#app/modules/shipments/rhythm/lessons-of.ts";
import { PHASES, phaseOf } from "#app/modules/shipments/rhythm/phase.ts";
import {
  binsOf,
  civilDay,
  dwellBin,
  emptyRhythm,
  expectedBin,
  faded,
  PARTS,
  RHYTHM_SIZE,
  weekdayOf,
  withNews,
} from "#app/modules/shipments/rhythm/rhythm.ts";
import { chanceOn, outAt, shapeNews } from "#app/modules/shipments/rhythm/shape-news.ts";
import { whenToAsk } from "#app/modules/shipments/rhythm/when-to-ask.ts";
import { DAY } from "#tests/support/test-clock.ts";
import { context, hour, scan, SHIPPED_AT } from "../stored-events.ts";

const news = (local: string, expected: string | null = null) =>
  binsOf({ local, sinceDay: civilDay("2026-03-02"), expectedDay: expected === null ? null : civilDay(expected) });

describe("a rhythm", () => {
  test("counts the hour, the weekday, the days it took and the days from the expected one", () => {
    const counts = withNews(emptyRhythm(), news("2026-03-05T17:45:00", "2026-03-04"));
    const counted = counts.flatMap((count, bin) => (count > 0 ? [bin] : []));
    expect(counted).toEqual([17, PARTS.weekdays[0] + 3, PARTS.dwell[0] + 3, PARTS.expected[0] + 5]);
    expect(counts).toHaveLength(RHYTHM_SIZE);
  });

  test.each([
    [0, 0],
    [7, 7],
    [9, 8],
    [14, 10],
    [49, 14],
    [900, 15],
  ])("%i days are bin %i", (days, bin) => expect(dwellBin(days)).toBe(bin));

  test("days far from the expected one share a bin at either end", () => {
    expect([-40, -4, -3, 0, 3, 4, 40].map(expectedBin)).toEqual([0, 0, 1, 4, 7, 8, 8]);
  });

  test("the second of March 2026 is a Monday, and 1970 began on a Thursday", () => {
    expect(weekdayOf(civilDay("2026-03-02"))).toBe(0);
    expect([weekdayOf(0), weekdayOf(-1)]).toEqual([3, 2]);
  });

  test("does not depend on the order of news, and two are merged by adding them", () => {
    const bin = fc.integer({ min: -3, max: RHYTHM_SIZE + 3 });
    fc.assert(
      fc.property(fc.array(bin), fc.array(bin), (left, right) => {
        const sum = withNews(emptyRhythm(), left).map((count, at) => count + (withNews(emptyRhythm(), right)[at] ?? 0));
        expect(withNews(emptyRhythm(), [...right, ...left])).toEqual(sum);
      }),
    );
  });

  test("fades by half in sixty days, and never grows", () => {
    expect(faded([8, 0], 60 * DAY)).toEqual([4, 0]);
    expect(faded([8], -DAY)).toEqual([8]);
  });
});

describe("what is believed of a carrier", () => {
  test.each(PHASES)("%s: every chance is one, and every day's news is out by midnight", (phase) => {
    const shape = shapeNews(phase, {});
    for (const chance of [...shape.dwell, ...shape.expected]) {
      expect(chance).toBeGreaterThan(0);
      expect(chance).toBeLessThan(1);
    }
    expect(outAt(shape, 0)).toBe(0);
    expect(outAt(shape, 1_440)).toBeCloseTo(1, 9);
    expect(shape.weekdays.reduce((sum, factor) => sum + factor, 0)).toBeCloseTo(7, 9);
  });

  test("a few scans move it a little, many decide; the shop's weigh against all shops'", () => {
    const at = (local: string, times: number) =>
      Array.from({ length: times }).reduce<number[]>((counts) => withNews(counts, news(local)), emptyRhythm());
    const byTen = (seen: Parameters<typeof shapeNews>[1]) => outAt(shapeNews("on_van", seen), 600);
    const guess = byTen({});
    expect(byTen({ shop: at("2026-03-02T20:30:00", 3) })).toBeGreaterThan(guess * 0.7);
    expect(byTen({ shop: at("2026-03-02T20:30:00", 500) })).toBeLessThan(guess * 0.1);
    const all = { carrier: at("2026-03-02T20:30:00", 500) };
    expect(byTen(all)).toBeLessThan(guess * 0.1);
    expect(byTen({ ...all, shop: at("2026-03-02T08:30:00", 500) })).toBeGreaterThan(0.8);
  });

  test("the expected day rules near it, and how long it has lasted after that", () => {
    const shape = shapeNews("moving", {});
    const on = (fromExpected: number | null, dwellDays = 3) => chanceOn(shape, { dwellDays, weekday: 2, fromExpected });
    expect(on(0)).toBeGreaterThan(3 * on(-2));
    expect(on(4)).toBe(on(null));
    expect(chanceOn(shape, { dwellDays: 3, weekday: 6, fromExpected: 0 })).toBeLessThan(on(0) / 3);
  });
});

describe("lessons", () => {
  const heardAt = hour(100);
  const at = (hours: number) => ({ occurredAt: hour(hours), receivedAt: heardAt });
  const learn = (log: Parameters<typeof lessonsOf>[0], expectedOn: string | null = null) =>
    lessonsOf(log, { context, expectedOn, heardAt });
  const journey = [
    scan({ status: "pre_transit", ...at(1) }),
    scan({ status: "in_transit", ...at(8), code: "picked up" }),
    scan({ status: "in_transit", ...at(20), code: "hub" }),
    scan({ status: "out_for_delivery", ...at(46) }),
    scan({ status: "delivered", ...at(52) }),
  ];

  test("are one for each phase that ended, whatever the order of the log", () => {
    const lessons = learn([...journey].reverse(), "2026-03-04");
    expect(lessons.map(({ phase }) => phase)).toEqual(["unheard", "waiting", "moving", "on_van"]);
    expect(lessons[2]?.bins).toEqual(news(hour(46).toISOString(), "2026-03-04"));
  });

  test("come from what is new alone", () => {
    const known = journey.map((event, index) => (index < 4 ? { ...event, receivedAt: SHIPPED_AT } : event));
    expect(learn(known).map(({ phase }) => phase)).toEqual(["on_van"]);
    expect(learn(known.slice(0, 4))).toEqual([]);
  });

  test("come from nothing that has no clock time or was not said by the carrier", () => {
    const odd = [
      scan({ status: "in_transit", ...at(8), localTime: "2026-03-02" }),
      scan({ status: "in_transit", ...at(9), localTime: "2026-03-02T00:00:00" }),
      scan({ status: "in_transit", receivedAt: heardAt }),
      scan({ status: "in_transit", ...at(10), source: "shopify" }),
      scan({ status: "in_transit", ...at(11), rule: "top:in_transit" }),
      scan({ status: "in_transit", ...at(-200) }),
      scan({ status: "unknown", ...at(12) }),
    ];
    expect(learn(odd)).toEqual([]);
  });

  test("a border ends a phase, and a scan without a country does not", () => {
    const abroad = [
      scan({ status: "in_transit", ...at(8), countryCode: "CN" }),
      scan({ status: "in_transit", ...at(30), code: "somewhere" }),
      scan({ status: "in_transit", ...at(90), countryCode: "DE" }),
    ];
    expect(learn(abroad).map(({ phase }) => phase)).toEqual(["unheard", "abroad"]);
  });

  test("every status but those that end a journey is a phase", () => {
    expect(phaseOf("in_transit", true)).toBe("abroad");
    for (const status of ["delivered", "cancelled", "expired"] as const) expect(phaseOf(status, false)).toBeNull();
  });
});

test("whatever was learned, the next question stands between the fewest and the most hours", () => {
  const counts = fc.array(fc.nat({ max: 2_000 }), { minLength: RHYTHM_SIZE, maxLength: RHYTHM_SIZE });
  const question = fc.record({
    phase: fc.constantFrom(...PHASES),
    shop: counts,
    minutes: fc.integer({ min: 0, max: 400 * 1_440 }),
    offset: fc.integer({ min: -840, max: 840 }),
    lasted: fc.integer({ min: -2, max: 90 }),
    expected: fc.option(fc.integer({ min: -30, max: 30 })),
    price: fc.double({ min: 0.01, max: 10, noNaN: true }),
    atLeast: fc.constantFrom(0, 0.5, 2.4, 12),
    atMost: fc.constantFrom(12, 24, 48),
  });
  fc.assert(
    fc.property(question, ({ phase, shop, minutes, lasted, expected, ...given }) => {
      const now = new Date(SHIPPED_AT.getTime() + minutes * 60_000);
      const today = civilDay(now.toISOString());
      const hours = whenToAsk({
        ...{ ...given, now, shape: shapeNews(phase, { shop }), sinceDay: today - lasted },
        expectedDay: expected === null ? null : today + expected,
      });
      expect(hours).toBeGreaterThanOrEqual(given.atLeast);
      expect(hours).toBeLessThanOrEqual(Math.max(given.atMost, given.atLeast));
      expect(hours).toBeGreaterThanOrEqual(0.5);
    }),
    { numRuns: 150 },
  );
});
