import { describe, expect, test } from "vitest";
import type { Trouble } from "#app/modules/foresight/forecast-view.ts";
import { shopperDateOf, type ShopperRow } from "#app/modules/foresight/shopper-date.ts";
import { shopperDateText } from "#app/modules/shipments/shopper-date.ts";

const NOW = new Date("2026-11-20T12:00:00Z");
const row = (change: Partial<ShopperRow> = {}): ShopperRow => ({
  ...{ id: "shp_1", status: "in_transit", subStatus: null, active: true, zone: "America/Chicago" },
  estimatedDelivery: { date: "2026-11-30" },
  shown: { on: "2026-11-24", source: "forecast", coverage: 0.5 },
  window: { from: "2026-11-22", to: "2026-11-26" },
  ...{ promisedOn: "2026-11-25", promiseSource: "rule", troubles: [], computedAt: NOW },
  reviewAt: new Date("2026-11-21T06:20:00Z"),
  ...change,
});
const at = (change: Partial<ShopperRow> = {}, now = NOW) => shopperDateOf(row(change), now);

const trouble = (kind: Trouble["kind"]): Trouble => ({
  ...{ kind, since: "2026-11-19T08:00:00.000Z", probability: 0.7, silentShare: 0.01, silentDays: 3, daysOver: 1 },
});

test("the date that is shown, whose it is, how sure, and what was promised", () => {
  expect(at()).toEqual({
    shipmentId: "shp_1",
    shown: { on: "2026-11-24", from: null, source: "forecast", coverage: 0.5 },
    window: { from: "2026-11-22", to: "2026-11-26" },
    promise: { on: "2026-11-25", source: "rule" },
    ...{ troubles: [], reviewOn: "2026-11-21", ended: false, today: "2026-11-20" },
  });
});

describe("a date is never in the past", () => {
  const shown = (on: string, from?: string) => ({ on, source: "forecast" as const, coverage: 0.9, from });

  test("a range that has begun begins today, and one that ends today is a day", () => {
    expect(at({ shown: shown("2026-11-24", "2026-11-18") }).shown).toMatchObject({ from: "2026-11-20" });
    expect(at({ shown: shown("2026-11-20", "2026-11-18") }).shown).toMatchObject({ on: "2026-11-20", from: null });
  });

  test("after midnight at the destination, until the next one is made, it is today", () => {
    const midnight = new Date("2026-11-25T06:05:00Z");
    const date = at({ computedAt: new Date("2026-11-24T23:01:00Z") }, midnight);
    expect(date).toMatchObject({ today: "2026-11-25", shown: { on: "2026-11-25" } });
    expect(date.window).toEqual({ from: "2026-11-25", to: "2026-11-26" });
  });

  test("one that nobody has looked at for days is no date any more", () => {
    expect(at({}, new Date("2026-11-29T12:00:00Z"))).toMatchObject({ shown: null, window: null });
    // An old one that lies ahead still stands.
    expect(at({}, new Date("2026-11-23T12:00:00Z")).shown?.on).toBe("2026-11-24");
  });

  test.each([
    [{ date: "2026-11-30" }, { on: "2026-11-30", from: null }],
    [{ date: "2026-11-19" }, null],
    [
      { from: { local: "2026-11-18T08:00:00" }, to: { local: "2026-11-23T20:00:00" } },
      { on: "2026-11-23", from: "2026-11-20" },
    ],
    [{ at: { local: "2026-11-21T17:00:00" } }, { on: "2026-11-21", from: null }],
    [null, null],
  ])("before anything is foreseen the carrier's own date %j is shown as %j", (estimate, shownDate) => {
    const estimatedDelivery = estimate as ShopperRow["estimatedDelivery"];
    const date = at({ shown: null, window: null, computedAt: null, estimatedDelivery });
    expect(date.shown).toEqual(shownDate && { ...shownDate, source: "carrier", coverage: null });
  });
});

test.each([
  [{ status: "delivered" }],
  [{ status: "return_to_sender" }],
  [{ status: "expired" }],
  [{ subStatus: "lost" }],
  [{ active: false }],
])("a parcel whose way has ended (%j) has no date and no trouble, whatever was foreseen last", (change) => {
  expect(at({ ...change, troubles: [trouble("delayed")] })).toMatchObject({
    ...{ ended: true, shown: null, window: null, troubles: [] },
    promise: { on: "2026-11-25" },
  });
});

describe("the day on which it is looked at again", () => {
  test("is the destination's", () => {
    expect(at({ reviewAt: new Date("2026-11-21T05:59:00Z") }).reviewOn).toBe("2026-11-20");
    expect(at({ zone: "Asia/Tokyo", reviewAt: new Date("2026-11-21T15:30:00Z") }).reviewOn).toBe("2026-11-22");
  });

  test("is today where the look is due already", () => {
    expect(at({}, new Date("2026-11-21T18:00:00Z"))).toMatchObject({ today: "2026-11-21", reviewOn: "2026-11-21" });
    expect(at({}, new Date("2026-11-22T11:00:00Z"))).toMatchObject({ today: "2026-11-22", reviewOn: "2026-11-22" });
  });

  test.each([
    ["once its way has ended", { status: "delivered" }],
    ["where no look is planned", { reviewAt: null }],
    ["before it was looked at first", { computedAt: null }],
    ["where nobody has looked for days", { computedAt: new Date("2026-11-18T11:00:00Z") }],
  ])("is unknown %s", (_, change) => {
    expect(at(change).reviewOn).toBeNull();
  });
});

test("troubles come worst first, and those of an order are not a parcel's", () => {
  const troubles = [trouble("stalled"), trouble("unfulfilled"), trouble("delayed")];
  expect(at({ troubles }).troubles.map(({ kind }) => kind)).toEqual(["delayed", "stalled"]);
  expect(at({ troubles }).troubles[0]).toEqual({
    ...{ kind: "delayed", since: "2026-11-19T08:00:00.000Z", probability: 0.7, daysOver: 1 },
  });
});

test("in the reader's words it is a day or a range, by the destination's calendar", () => {
  expect(shopperDateText(at(), "en")).toBe("Tuesday, November 24");
  const range = at({ shown: { on: "2026-11-24", source: "forecast", coverage: 0.9, from: "2026-11-22" } });
  expect(shopperDateText(range, "de")).toMatch(/22\..*24\. November/);
  expect(shopperDateText(at({ status: "delivered" }), "en")).toBeNull();
  expect(shopperDateText(null, "en")).toBeNull();
});
