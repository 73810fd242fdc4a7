import { beforeEach, describe, expect, it } from "vitest";
import { readDay, weekOf } from "#app/modules/foresight/civil-day.ts";
import { openScore, type Score, scoreParcel } from "#app/modules/foresight/score-forecasts.ts";
import { loader as scorecard } from "#app/routes/app.foresight.tsx";
import { action as forecasts, loader as forecastsLoader } from "#app/routes/app.settings.forecasts.tsx";
import { action as promise, loader as promiseLoader } from "#app/routes/app.settings.promise.tsx";
import { loader as preview } from "#app/routes/app.settings_.promise_.preview.ts";
import { loader as home } from "#app/routes/app._index.tsx";
import { loader as unshipped } from "#app/routes/app.orders.tsx";
import { loader as shipments } from "#app/routes/app.shipments._index.tsx";
import { loader as parcel } from "#app/routes/app.shipments.$shipmentId.tsx";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { makeOrder, makeShipment } from "#tests/support/factories.ts";
import { makeForecast } from "#tests/support/foreseen-parcel.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { type AdminCall, callRoute, type RouteFunction } from "./admin-requests.ts";
import { type AdminWorld, makeAdminWorld } from "./admin-world.ts";

const edge = keepOpen(openRouteEdge);
let shop: AdminWorld;

beforeEach(async () => {
  shop = await makeAdminWorld(edge, "frsght");
});
type Answer = Record<string, unknown>;

async function jsonOf(route: RouteFunction, call: Partial<AdminCall> = {}): Promise<Answer> {
  const answer = await callRoute(route, { domain: shop.domain, url: "/app", ...call });
  return (await answer.json()) as Answer;
}

/** So many parcels of the week that were in the 80 % window, and so many that were not. */
function scoreOf({ held, missed }: { held: number; missed: number }): Score {
  let score = openScore();
  for (let number = 0; number < held + missed; number += 1)
    score = scoreParcel(score, {
      promiseDay: 5,
      windows: {
        w50: { from: 3, to: 4, coverage: 0.5 },
        w80: { from: 2, to: 5, coverage: 0.8 },
        w90: { from: 1, to: 6, coverage: 0.9 },
      },
      by: { q50: 3, q80: 5, q90: 6 },
      ...{ lateProbability: 0.2, carrierDay: null, warnedDay: null },
      arrivedDay: number < held ? 3 : 9,
    });
  return score;
}

async function addScore(weeksAgo: number, counts: { held: number; missed: number }): Promise<void> {
  const { services, clock } = edge;
  const week = weekOf(readDay(clock.now().toISOString()) - 7 * weeksAgo);
  await services.db.forShop(shop.shopId, (tx) =>
    tx.forecastScore.create({
      data: { shopId: shop.shopId, weekOf: week, carrier: "ups", countryCode: "US", score: { ...scoreOf(counts) } },
    }),
  );
}

describe("the scorecard", () => {
  it("says what was said beside what it was, over the period asked for", async () => {
    await addScore(0, { held: 32, missed: 8 });
    await addScore(8, { held: 0, missed: 40 });
    const recent = await jsonOf(scorecard, { url: "/app/foresight?weeks=4" });
    expect(recent).toMatchObject({ weeks: 4, fewest: 30, names: { ups: "UPS" }, score: { parcels: 40 } });
    expect(recent).toHaveProperty("score.overall.coverage.w80.was.share", 0.8);
    expect(recent).toHaveProperty("score.overall.coverage.w80.verdict", "holds");
    const longer = await jsonOf(scorecard, { url: "/app/foresight" });
    expect(longer).toMatchObject({ weeks: 12, score: { parcels: 80 } });
    expect(longer).toHaveProperty("score.overall.coverage.w80.verdict", "too_sure");
  });

  it.each(["0", "1000", "x", "-4"])("looks at twelve weeks where %j are asked for", async (weeks) => {
    expect(await jsonOf(scorecard, { url: `/app/foresight?weeks=${weeks}` })).toMatchObject({ weeks: 12 });
  });

  it("judges nothing by a handful of parcels", async () => {
    await addScore(0, { held: 4, missed: 8 });
    expect(await jsonOf(scorecard)).toHaveProperty("score.lanes.0.scorecard.coverage.w80.verdict", "too_few");
  });
});

describe("a parcel's page", () => {
  it("has the forecast and its bars, or says that there is none", async () => {
    const { shopId, shipmentId } = shop;
    expect(await jsonOf(parcel, { params: { shipmentId } })).toMatchObject({ forecast: null, shares: null });
    const now = edge.clock.now();
    await edge.services.db.forShop(shopId, (tx) =>
      makeForecast(tx, { shopId, shipmentId, now, troubles: ["delayed"], shown: { on: "2026-12-03" } }),
    );
    expect(await jsonOf(parcel, { params: { shipmentId } })).toMatchObject({
      forecast: { shown: { on: "2026-12-03" }, troubles: [{ kind: "delayed" }], modelVersion: "test" },
      shares: { shares: [{ from: "2026-12-03", to: "2026-12-03" }] },
    });
  });
});

describe("orders that were not shipped in time", () => {
  it("stand on their own page, are counted beside the shipments, and named on the home page", async () => {
    expect(await jsonOf(unshipped)).toMatchObject({ count: 0, page: { rows: [], next: null } });
    const { clock, services } = edge;
    const { shopId } = shop;
    await services.db.forShop(shopId, async (tx) => {
      const { orderId } = await makeOrder(tx, clock, { shopId, name: "#7001" });
      const where = { shopId_id: { shopId, id: orderId } };
      await tx.order.update({ where, data: { unfulfilledSince: clock.now(), promisedOn: "2026-12-01" } });
    });
    expect(await jsonOf(unshipped, { url: "/app/orders?cursor=nonsense" })).toMatchObject({
      count: 1,
      page: { rows: [{ name: "#7001", promisedOn: "2026-12-01", since: clock.now().toISOString() }] },
    });
    expect(await jsonOf(shipments, { url: "/app/shipments" })).toHaveProperty("unshipped", 1);
    expect(await jsonOf(home)).toMatchObject({ unshipped: { count: 1, orders: [{ name: "#7001" }] } });
  });
});

describe("promise rules", () => {
  it("are saved, or refused field by field", async () => {
    const bad = { cutOffHour: "noon", processingDays: "2" };
    expect(await jsonOf(promise, { form: bad })).toEqual({ kind: "invalid", problems: { cutOffHour: "hour" } });
    expect(await jsonOf(promiseLoader)).toHaveProperty("values.processingDays", "1");
    await jsonOf(promise, { form: { cutOffHour: "12:30", processingDays: "2", dateStyle: "range" } });
    expect(await jsonOf(promiseLoader)).toMatchObject({
      values: { cutOffHour: "12:30", processingDays: "2", dateStyle: "range" },
      places: [{ country: "US", region: "TX", city: "Austin", carrier: "ups" }],
    });
  });

  it("are previewed as they are typed, and nothing is saved", async () => {
    const ask = (fields: Record<string, string>) =>
      jsonOf(preview, { url: `/app/settings/promise/preview?${new URLSearchParams(fields).toString()}` });
    const soon = await ask({ processingDays: "0", domesticDays: "2", place: "US" });
    const late = await ask({ processingDays: "10", domesticDays: "2", place: "US" });
    expect(soon["kind"]).toBe("promised");
    expect(String(late["shipOn"]) > String(soon["shipOn"])).toBe(true);
    expect(String(late["promisedOn"]) > String(soon["promisedOn"])).toBe(true);
    expect(String(soon["promisedOn"]) > String(soon["shipOn"])).toBe(true);
    expect(soon["minutesToCutOff"]).toBeGreaterThan(0);
    expect(await ask({ shipsOn: "" })).toEqual({ kind: "never_ships" });
    expect(await ask({ domesticDays: "many" })).toEqual({ kind: "invalid" });
    expect(await jsonOf(promiseLoader)).toHaveProperty("values.processingDays", "1");
  });
});

describe("forecast settings", () => {
  it("are the usual ones, with the pool off, until somebody says otherwise", async () => {
    expect(await jsonOf(forecastsLoader)).toMatchObject({
      values: { pool: false, delayPercent: "" },
      chosen: { fromHistory: [], thresholds: { delayProbability: 0.5 } },
    });
    expect(await jsonOf(forecasts, { form: { pool: "true", delayPercent: "60" } })).toEqual({ kind: "saved" });
    expect(await jsonOf(forecastsLoader)).toHaveProperty("values", { pool: true, delayPercent: "60" });
    expect(await jsonOf(forecasts, { form: { delayPercent: "" } })).toEqual({ kind: "saved" });
    expect(await jsonOf(forecastsLoader)).toHaveProperty("values", { pool: true, delayPercent: "" });
  });

  it("refuse a threshold that is none, and one that would flag a flood", async () => {
    expect(await jsonOf(forecasts, { form: { delayPercent: "5" } })).toHaveProperty("problems.delayPercent", "share");
    await addParcels(24, 0.4);
    await addParcels(6, 0.1);
    expect(await jsonOf(forecasts, { form: { delayPercent: "40" } })).toHaveProperty("problems.delayPercent", "flood");
    expect(await jsonOf(forecasts, { form: { delayPercent: "41" } })).toEqual({ kind: "saved" });
  });
});

async function addParcels(count: number, lateProbability: number): Promise<void> {
  const { services, clock } = edge;
  const { shopId } = shop;
  await services.db.forShop(shopId, async (tx) => {
    for (let number = 0; number < count; number += 1) {
      const { orderId } = await makeOrder(tx, clock, { shopId });
      const { shipmentId } = await makeShipment(tx, clock, { shopId, orderId, status: "in_transit" });
      await makeForecast(tx, { shopId, shipmentId, now: clock.now(), lateProbability });
    }
  });
}
