import { expect, test } from "vitest";
import type { CarrierLimits } from "#app/modules/carriers/carrier.ts";
import { fairHours, maySpend, mostInHour, urgencyOf } from "#app/modules/shipments/share-budget.ts";
import { simulateScarceDays } from "./simulate-scarce-days.ts";

const limits = (given: Partial<CarrierLimits>): CarrierLimits => ({
  ...{ batchSize: 1, requestsPerSecond: null, requestsPerDay: null, perParcelPerDay: null, stopOnNotFound: false },
  ...{ source: "test", ...given },
});
const at = (time: string) => new Date(`2026-03-02T${time}:00Z`);

test("a budget that lasts stretches nothing; one that does not is divided, with what presses taken off first", () => {
  expect(fairHours(limits({}), { parcels: 90_000, pressing: 0 })).toBe(0);
  expect(fairHours(limits({ requestsPerDay: 250 }), { parcels: 50, pressing: 50 })).toBe(0);
  expect(fairHours(limits({ requestsPerDay: 250 }), { parcels: 225, pressing: 0 })).toBe(24);
  expect(fairHours(limits({ requestsPerDay: 250 }), { parcels: 225, pressing: 20 })).toBeCloseTo((24 * 205) / 145);
  expect(fairHours(limits({ requestsPerDay: 250, batchSize: 10 }), { parcels: 400, pressing: 0 })).toBe(0);
  expect(fairHours(limits({ requestsPerHour: 60 }), { parcels: 2_592, pressing: 0 })).toBe(48);
  // However many press, the others get a quarter.
  expect(fairHours(limits({ requestsPerDay: 1_000 }), { parcels: 1_225, pressing: 1_000 })).toBeCloseTo(24);
});

test("a day's budget becomes free hour by hour; what presses may run ahead, and no hour takes more than twice its share", () => {
  const day = limits({ requestsPerDay: 240 });
  const ask = (usedToday: number, pressing: boolean, time: string) =>
    maySpend({ limits: day, pace: 1, usedToday, usedThisHour: 0, pressing, now: at(time) });
  expect([ask(59, false, "05:30"), ask(60, false, "05:30"), ask(119, true, "05:30"), ask(120, true, "05:30")]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect(mostInHour(day, 1)).toBe(20);
  expect(mostInHour(limits({ requestsPerDay: 12 }), 1)).toBeNull();
});

test("an hour's budget keeps a quarter for what presses", () => {
  const hour = limits({ requestsPerHour: 60 });
  const ask = (usedThisHour: number, pressing: boolean) =>
    maySpend({ limits: hour, pace: 1, usedToday: 0, usedThisHour, pressing, now: at("12:00") });
  expect([ask(44, false), ask(45, false), ask(59, true)]).toEqual([true, false, true]);
  expect(mostInHour(hour, 1)).toBe(60);
});

test("what is at the door presses most, then what is expected today", () => {
  expect(urgencyOf("out_for_delivery", null, "2026-03-02")).toBe(2);
  expect(urgencyOf("delivery_attempted", "2026-03-05", "2026-03-02")).toBe(2);
  expect(urgencyOf("in_transit", "2026-03-02", "2026-03-02")).toBe(1);
  expect(urgencyOf("in_transit", "2026-03-03", "2026-03-02")).toBe(0);
  expect(urgencyOf("delivered", "2026-03-02", "2026-03-02")).toBe(0);
});

test("400 parcels on 250 questions a day: never too many, spread over the day, and the van is asked about", () => {
  const { perDay, perHour, vanGaps, longestGap } = simulateScarceDays({ parcels: 400, requestsPerDay: 250, days: 12 });
  expect(Math.max(...perDay)).toBeLessThanOrEqual(250);
  expect(Math.max(...perHour)).toBeLessThanOrEqual((2 * 250) / 24);
  // The budget is used, and the evening has its part of it.
  expect(Math.min(...perDay)).toBeGreaterThan(150);
  const byHour = Array.from({ length: 24 }, (_, hour) => perHour.filter((_, index) => index % 24 === hour));
  const mean = byHour.map((counts) => counts.reduce((sum, count) => sum + count, 0) / counts.length);
  expect(Math.min(...mean.slice(12, 20))).toBeGreaterThan(250 / 24 / 2);
  expect(vanGaps.length).toBeGreaterThan(100);
  expect(Math.max(...vanGaps)).toBeLessThanOrEqual(4);
  // And nobody is forgotten.
  expect(longestGap).toBeLessThan(7 * 24);
});
