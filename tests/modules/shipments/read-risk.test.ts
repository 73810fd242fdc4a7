import { afterAll, beforeAll, expect, test } from "vitest";
import { Prisma } from "#app/generated/prisma/client.ts";
import { inTrouble } from "#app/modules/shipments/index-conditions.server.ts";
import { readIndexQuery } from "#app/modules/shipments/index-query.ts";
import { readAttention, readTabCounts } from "#app/modules/shipments/read-day-numbers.server.ts";
import { readIndexPage } from "#app/modules/shipments/read-index-page.server.ts";
import { makeForecast } from "#tests/support/foreseen-parcel.ts";
import { MINUTE } from "#tests/support/test-clock.ts";
import { addOrder, addShipment, addShop } from "./shipment-rows.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";

let world: ShipmentWorld;

/** Number, status, what is wrong; the newest last. */
const PARCELS = [
  ["1ZWELL", "in_transit", []],
  ["1ZLATE", "in_transit", ["delayed"]],
  ["1ZSILENT", "in_transit", ["delay_predicted", "stalled"]],
  ["1ZLOST", "exception", ["suspected_lost"]],
  ["1ZBROKEN", "exception", []],
  // Arrived a moment ago; its forecast does not know yet.
  ["1ZTHERE", "delivered", ["delayed"]],
] as const;

beforeAll(async () => {
  world = await createShipmentWorld();
  const { db, clock, shopId, orderId } = world;
  const stranger = await addShop(db, clock);
  const strangers = await addOrder(db, clock, { shopId: stranger });
  const owners = [...PARCELS.map((parcel) => [shopId, orderId, parcel] as const)];
  for (const [owner, order, [trackingNumber, status, troubles]] of [
    ...owners,
    [stranger, strangers, ["1ZFOREIGN", "in_transit", ["delayed"]]] as const,
  ]) {
    clock.advance(MINUTE);
    const { shipmentId } = await addShipment(db, clock, { shopId: owner, orderId: order, status, trackingNumber });
    const now = clock.now();
    await db.forShop(owner, (tx) => makeForecast(tx, { shopId: owner, shipmentId, now, troubles: [...troubles] }));
  }
});
afterAll(() => world.close());

const list = (query: Record<string, string>) =>
  world.db.forShop(world.shopId, (tx) =>
    readIndexPage(
      tx,
      { shopId: world.shopId, timezone: "UTC", now: world.clock.now() },
      readIndexQuery(new URLSearchParams(query)),
    ),
  );
const numbers = async (query: Record<string, string>) =>
  (await list(query)).rows.map(({ trackingNumber }) => trackingNumber);

test("the tab holds what is wrong now, the newest first, whatever the status", async () => {
  expect(await numbers({ tab: "risk" })).toEqual(["1ZLOST", "1ZSILENT", "1ZLATE"]);
});

test("what needs action holds parcels in trouble, each of them once", async () => {
  expect(await numbers({ tab: "attention" })).toEqual(["1ZBROKEN", "1ZLOST", "1ZSILENT", "1ZLATE"]);
});

test.each([
  ["any", ["1ZLOST", "1ZSILENT", "1ZLATE"]],
  ["stalled", ["1ZSILENT"]],
  ["suspected_lost", ["1ZLOST"]],
  ["label_unscanned", []],
])("the filter %j narrows every tab", async (risk, found) => {
  expect(await numbers({ risk })).toEqual(found);
});

test("the counts are those of the lists", async () => {
  const counts = await world.db.forShop(world.shopId, (tx) => readTabCounts(tx, world.shopId));
  expect(counts).toMatchObject({ risk: 3, attention: 4, in_transit: 3 });
});

test("the list of the day names each parcel once, by its most urgent reason", async () => {
  const { db, shopId, clock } = world;
  const items = await db.forShop(shopId, (tx) => readAttention(tx, { shopId, now: clock.now(), perReason: 5 }));
  expect(items.map(({ trackingNumber, reason }) => [trackingNumber, reason])).toEqual([
    ["1ZBROKEN", "exception"],
    ["1ZLOST", "exception"],
    ["1ZLATE", "delayed"],
    ["1ZSILENT", "delay_predicted"],
  ]);
});

test("rows carry the shown date and what is wrong", async () => {
  const [row] = (await list({ q: "1ZSILENT" })).rows;
  expect(row).toMatchObject({
    shown: { on: "2026-12-01" },
    troubleKinds: ["delay_predicted", "stalled"],
    lateProbability: 0.2,
  });
});

test("parcels in trouble are read from the index that holds no others", async () => {
  const { db, shopId } = world;
  const plan = await db.forShop(shopId, async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    return tx.$queryRaw<Record<string, string>[]>(
      Prisma.sql`EXPLAIN SELECT 1 FROM shipment s WHERE s.shop_id = ${shopId} AND ${inTrouble(shopId)}`,
    );
  });
  expect(plan.map((row) => Object.values(row)[0]).join("\n")).toContain("parcel_forecast_trouble_idx");
});

test("parcels behind a score are those of its weeks, and of its carrier", async () => {
  const { db, shopId } = world;
  const week = (trackingNumber: string, scoreWeek: string) =>
    db.forShop(shopId, (tx) =>
      tx.parcelForecast.updateMany({ where: { shipment: { trackingNumber } }, data: { scoreWeek } }),
    );
  await week("1ZWELL", "2026-02-09");
  await week("1ZTHERE", "2026-02-16");
  await week("1ZLATE", "2026-02-23");
  expect(await numbers({ scored: "2026-02-16" })).toEqual(["1ZTHERE", "1ZLATE"]);
  expect(await numbers({ scored: "2026-02-09_2026-02-16" })).toEqual(["1ZTHERE", "1ZWELL"]);
  expect(await numbers({ scored: "2026-02-16_2026-02-16", carrier: "fedex" })).toEqual([]);
  expect((await numbers({ scored: "since ever" })).length).toBe(PARCELS.length);
});
