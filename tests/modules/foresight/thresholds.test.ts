import { afterEach, beforeEach, expect, test } from "vitest";
import { writeDay } from "#app/modules/foresight/civil-day.ts";
import { USUAL_THRESHOLDS } from "#app/modules/foresight/detect-trouble.ts";
import { thresholdsOf } from "#app/modules/foresight/foresee-parcel.ts";
import { NO_WISHES } from "#app/modules/foresight/forecast-wishes.ts";
import { learnShop } from "#app/modules/foresight/learn-shop.server.ts";
import type { Stage } from "#app/modules/foresight/parcel-facts.ts";
import { NO_PEAKS, type Peaks } from "#app/modules/foresight/parcel-outcomes.ts";
import { readThresholds } from "#app/modules/foresight/read-thresholds.server.ts";
import { saveSettings } from "#app/modules/shops/settings.server.ts";
import { makeOrder } from "#tests/support/factories.ts";
import { DAY } from "#tests/support/test-clock.ts";
import { createForesightWorld, type ForesightWorld, THREE_DAYS } from "./foresight-world.ts";

let world: ForesightWorld;
beforeEach(async () => {
  world = await createForesightWorld();
  world.clock.set("2026-03-20T16:00:00Z");
});
afterEach(() => world.close());

/** Arrived and promised, in days since 1970: late by five days, or in time. */
const LATE = [20_405, 20_400] as const;

/** Parcels of half a year ago: how silent each was at most, and whether it came late, never or in time. */
interface PastParcel {
  peak: number;
  fate: "late" | "never" | "in time";
}

async function addFates(parcels: readonly PastParcel[]): Promise<void> {
  for (const { peak, fate } of parcels) {
    const { shipmentId } = await world.addShipment({ carrier: "ups" });
    await addForecast(shipmentId, { stage: "moving", fate, peaks: { peakSilence: peak, peakLost: peak } });
  }
}

async function addForecast(
  shipmentId: string,
  { stage, fate, peaks }: { stage: Stage; fate: PastParcel["fate"]; peaks: Partial<Peaks> },
): Promise<void> {
  const { clock, db, shopId } = world;
  const createdAt = new Date(clock.now().getTime() - 180 * DAY);
  const step = { stage, day: 20_396, hour: 9 };
  const attempt = fate === "never" ? null : fate === "late" ? LATE[0] : LATE[1] - 1;
  const data = {
    ...{ shopId, shipmentId, modelVersion: "test", facts: {}, createdAt, updatedAt: createdAt },
    journey: { stages: [step], news: [step], end: null, attempt },
    ...{ ...NO_PEAKS, ...peaks },
    promisedOn: writeDay(LATE[1]),
  };
  await db.forShop(shopId, (tx) => tx.parcelForecast.create({ data }));
}

/**
 * Orders of a Tuesday morning, which ship by Wednesday: how many days over that each left, how improbable the silence of
 * its label became, and what came of it.
 */
async function addOrders(orders: readonly (PastParcel & { daysOver: number })[]): Promise<void> {
  const { clock, db, shopId } = world;
  const createdAt = new Date("2025-09-16T14:00:00Z");
  for (const { daysOver, peak, fate } of orders) {
    const { orderId } = await db.forShop(shopId, (tx) => makeOrder(tx, clock, { shopId, createdAt }));
    const { shipmentId, fulfillmentId } = await world.addShipment({ carrier: "ups", orderId });
    const shippedAt = new Date(createdAt.getTime() + (1 + daysOver) * DAY);
    await db.forShop(shopId, async (tx) => {
      await tx.order.updateMany({ where: { id: orderId }, data: { promisedOn: writeDay(LATE[1]) } });
      await tx.fulfillment.updateMany({ where: { id: fulfillmentId }, data: { fulfilledAt: shippedAt } });
    });
    const stage = fate === "never" ? "label" : "accepted";
    await addForecast(shipmentId, { stage, fate, peaks: { peakLabel: peak } });
  }
}

/** A night, which chooses the thresholds when it is over. */
async function passNight() {
  const { clock, db, foresight, shopId } = world;
  await world.ship({
    at: new Date(clock.now().getTime() - 4 * DAY).toISOString(),
    scans: THREE_DAYS,
    origin: "import",
  });
  await learnShop(foresight, { shopId });
  return db.forShop(shopId, (tx) => readThresholds(tx, shopId));
}

test("a short history chooses nothing: the usual thresholds hold", async () => {
  await addFates(Array.from({ length: 19 }, () => ({ peak: 0.97, fate: "late" as const })));
  expect(await passNight()).toEqual({ thresholds: USUAL_THRESHOLDS, fromHistory: [] });
});

test("a silence is flagged as early as half of such flags were right, a loss as most of them never came", async () => {
  const of = (count: number, peak: number, fate: "late" | "never" | "in time") =>
    Array.from({ length: count }, () => ({ peak, fate }));
  await addFates([
    ...of(25, 0.992, "never"),
    ...of(5, 0.97, "late"),
    ...of(20, 0.97, "in time"),
    ...of(60, 0.4, "in time"),
  ]);
  const { thresholds, fromHistory } = await passNight();
  expect([...fromHistory].sort()).toEqual(["lostProbability", "silenceTail"]);
  expect(thresholds.silenceTail).toBeCloseTo(0.03, 9);
  // The bound: nobody waits for more certainty than this.
  expect(thresholds.lostProbability).toBe(0.9);
  expect(thresholds.labelTail).toBe(USUAL_THRESHOLDS.labelTail);
}, 60_000);

test("an order is flagged as many days over, and a label as silent, as half of such flags were right", async () => {
  const of = (count: number, past: PastParcel & { daysOver: number }) => Array.from({ length: count }, () => past);
  await addOrders([
    ...of(20, { daysOver: 4, peak: 0.99, fate: "never" }),
    ...of(18, { daysOver: 3, peak: 0.97, fate: "in time" }),
    ...of(6, { daysOver: 1, peak: 0.6, fate: "in time" }),
    // It shipped on its last day: nobody waited for it too long.
    ...of(1, { daysOver: 0, peak: 0.2, fate: "late" }),
  ]);
  const { thresholds, fromHistory } = await passNight();
  expect([...fromHistory].sort()).toEqual(["labelTail", "unfulfilledDays"]);
  expect(thresholds.labelTail).toBeCloseTo(0.03, 9);
  // More than two days over: on the third day.
  expect(thresholds.unfulfilledDays).toBe(2);
}, 60_000);

test("what the merchant wishes stands above the history, and above the usual", () => {
  const knowledge = { fates: {}, rivalries: {}, chosen: { delayProbability: 0.4, labelTail: 0.01 } };
  expect(thresholdsOf(knowledge)).toEqual({ ...USUAL_THRESHOLDS, delayProbability: 0.4, labelTail: 0.01 });
  const wished = thresholdsOf(knowledge, { ...NO_WISHES, delayProbability: 0.8 });
  expect(wished).toMatchObject({ delayProbability: 0.8, labelTail: 0.01 });
});

test("a replayed day warns by the merchant's own threshold", async () => {
  const { clock, db, foresight, shopId } = world;
  const wish = (delayProbability: number) =>
    db.forShop(shopId, (tx) =>
      saveSettings(tx, { clock }, { shopId, changes: { foresight: { pool: false, delayProbability } }, actorId: null }),
    );
  // Handed over two weeks ago, and silent since: any forecast sees it late before its promise passed.
  const ship = () =>
    world.ship({ at: "2026-03-06T12:00:00Z", scans: [["in_transit", "accepted", 2]], origin: "import" });
  const warnedOf = async (shipmentId: string) => {
    await db.forShop(shopId, (tx) => tx.parcelForecast.updateMany({ where: { shipmentId }, data: { warnedOn: null } }));
    await learnShop(foresight, { shopId });
    const row = await db.forShop(shopId, (tx) => tx.parcelForecast.findFirstOrThrow({ where: { shipmentId } }));
    return row.warnedOn;
  };
  await wish(0.95);
  const careful = await warnedOf(await ship());
  await wish(0.1);
  const early = await warnedOf(await ship());
  expect(early).not.toBeNull();
  expect(careful === null || careful > (early ?? "")).toBe(true);
});
