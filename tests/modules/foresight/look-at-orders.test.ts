import { afterAll, beforeAll, expect, test } from "vitest";
import { lookAtOrders } from "#app/modules/foresight/look-at-orders.server.ts";
import { sweepForesight } from "#app/modules/foresight/sweep-foresight.server.ts";
import { makeOrder } from "#tests/support/factories.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";
import { createForesightWorld, type ForesightWorld } from "./foresight-world.ts";

let world: ForesightWorld;
beforeAll(async () => {
  world = await createForesightWorld();
  // The order that the world comes with is none of ours.
  await world.db.forShop(world.shopId, (tx) => tx.order.updateMany({ data: { shipReviewAt: null } }));
});
afterAll(() => world.close());

const read = (id: string) =>
  world.db.forShop(world.shopId, (tx) => tx.order.findFirstOrThrow({ where: { shopId: world.shopId, id } }));
const look = (...orderIds: string[]) => lookAtOrders(world.foresight, { shopId: world.shopId, orderIds });
const place = async (at: string): Promise<string> => {
  const { db, clock, shopId } = world;
  clock.set(at);
  return (await db.forShop(shopId, (tx) => makeOrder(tx, clock, { shopId }))).orderId;
};

test("a promise is made when the order comes, and stays when the rules change", async () => {
  const { clock, db, foresight, shopId } = world;
  // Tuesday, before the cut-off in New York: out on Wednesday, five working days on the way.
  const id = await place("2026-03-03T15:00:00Z");
  expect((await sweepForesight(foresight)).orders).toBe(1);
  await look(id);
  expect(await read(id)).toMatchObject({ promisedOn: "2026-03-11", promiseSource: "rule" });
  const settings = { promise: { processingDays: 9 } };
  await db.forShop(shopId, (tx) => tx.shop.update({ where: { id: shopId }, data: { settings } }));
  clock.advance(HOUR);
  await look(id);
  expect((await read(id)).promisedOn).toBe("2026-03-11");
  await db.forShop(shopId, (tx) => tx.shop.update({ where: { id: shopId }, data: { settings: {} } }));
  await look(id);
});

test("an order that should have shipped is found once, and clear when it has", async () => {
  const { clock, db, foresight, shopId } = world;
  const id = await place("2026-04-07T15:00:00Z");
  await look(id);
  await db.forShop(shopId, (tx) => tx.order.updateMany({ where: { id: { not: id } }, data: { shipReviewAt: null } }));
  clock.advance(DAY);
  expect((await sweepForesight(foresight)).orders).toBe(0);
  clock.advance(DAY);
  expect((await sweepForesight(foresight)).orders).toBe(1);
  await look(id);
  await look(id);
  // Out on Wednesday at the latest: since that day was over in New York.
  expect((await read(id)).unfulfilledSince?.toISOString()).toBe("2026-04-09T04:00:00.000Z");

  clock.advance(HOUR);
  const { shipmentId } = await world.addShipment({ orderId: id });
  await world.forecast(shipmentId);
  expect((await sweepForesight(foresight)).orders).toBe(1);
  await look(id);
  expect(await read(id)).toMatchObject({ unfulfilledSince: null, shipReviewAt: null });
  const told = await db.forShop(shopId, (tx) =>
    tx.activity.findMany({ where: { subjectId: id }, orderBy: { at: "asc" }, select: { type: true } }),
  );
  expect(told.map(({ type }) => type)).toEqual(["order.promised", "order.trouble_found", "order.trouble_cleared"]);
  const facts = await db.forShop(shopId, (tx) => tx.fact.findMany({ where: { subjectId: id } }));
  expect(facts.map(({ kind }) => kind)).toEqual(["order.unfulfilled"]);
});
