import { afterAll, beforeAll, expect, test } from "vitest";
import { learnShop } from "#app/modules/foresight/learn-shop.server.ts";
import { redactOrders } from "#app/modules/shops/redact-orders.server.ts";
import { DAY } from "#tests/support/test-clock.ts";
import { createForesightWorld, type ForesightWorld, THREE_DAYS } from "./foresight-world.ts";

let world: ForesightWorld;
beforeAll(async () => {
  world = await createForesightWorld();
  world.clock.set("2026-03-20T16:00:00Z");
});
afterAll(() => world.close());

test("a forecast keeps no person, and of a redacted order's destination the country alone", async () => {
  const { clock, db, shopId } = world;
  const id = await world.ship({ at: "2026-03-20T12:00:00Z", scans: [["in_transit", "accepted", 2]] });
  const read = () => db.forShop(shopId, (tx) => tx.parcelForecast.findFirstOrThrow({ where: { shipmentId: id } }));
  for (const canary of ["Avery", "avery@", "Austin"]) expect(JSON.stringify(await read())).not.toContain(canary);
  expect(JSON.stringify((await read()).facts)).toContain("78704");
  const { orderId } = await db.forShop(shopId, (tx) => tx.shipment.findFirstOrThrow({ where: { id } }));
  const order = { where: { shopId_id: { shopId, id: orderId } } };
  const waiting = { shipReviewAt: clock.now(), unfulfilledSince: clock.now() };
  await db.forShop(shopId, (tx) => tx.order.update({ ...order, data: waiting }));
  await db.forShop(shopId, (tx) => redactOrders(tx, { shopId, orderIds: [orderId], now: clock.now() }));
  expect(JSON.stringify(await read())).not.toContain("78704");
  expect(await read()).toMatchObject({ reviewAt: null, facts: { destination: { country: "US" } } });
  expect(await db.forShop(shopId, (tx) => tx.parcelClock.count())).toBe(0);
  const redacted = await db.forShop(shopId, (tx) => tx.order.findUniqueOrThrow(order));
  expect(redacted).toMatchObject({ shipReviewAt: null, unfulfilledSince: null });
});

test("a shop that goes takes everything it has learnt with it", async () => {
  const { db, foresight, shopId } = world;
  const at = new Date(world.clock.now().getTime() - 9 * DAY).toISOString();
  await world.ship({ at, scans: THREE_DAYS, origin: "import" });
  await learnShop(foresight, { shopId });
  const count = () =>
    db.forShop(shopId, async (tx) => [
      await tx.parcelForecast.count(),
      await tx.hazardRow.count(),
      await tx.factorRow.count(),
      await tx.learning.count(),
    ]);
  expect(Math.min(...(await count()))).toBeGreaterThan(0);
  await db.forShop(shopId, (tx) => tx.shop.delete({ where: { id: shopId } }));
  expect(await count()).toEqual([0, 0, 0, 0]);
});
