import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checkShipments } from "#app/modules/shipments/check-shipments.server.ts";
import { readDetection } from "#app/modules/shipments/detection.ts";
import { recordPush } from "#app/modules/shipments/record-push.server.ts";
import { DAY } from "#tests/support/test-clock.ts";
import { createShipmentWorld, fakeCarrier, type FakeCarrier, type ShipmentWorld } from "./shipment-world.ts";
import { carrierEvent, carrierShipment } from "./stored-events.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());
beforeEach(() => {
  world.accounts.splice(0, Infinity, { id: "acc_ep", carrier: "easypost", status: "active", priority: 100 });
  world.carriers.set("ups", fakeCarrier("ups"));
  world.carriers.set("easypost", fakeCarrier("easypost", "aggregator"));
});

const carrier = (id: string) => world.carriers.get(id) as FakeCarrier;
const told = (trackingNumber: string, underlyingCarrierId: string | null) => ({
  shipments: [
    carrierShipment(trackingNumber, [carrierEvent({ status: "in_transit" }, world.clock.now())], {
      underlyingCarrierId,
    }),
  ],
  errors: [],
});
const names = (id: string | null) => {
  carrier("easypost").answer = ([request]) => told(request?.trackingNumber ?? "", id);
};

const candidates = [{ carrier: "fedex", strength: "weak" }];
async function watched(given: string | null) {
  const { shipmentId: id, trackingNumber } = await world.addShipment();
  const detection = { reason: given ? "company" : "none", candidates };
  await update(id, { carrier: given, detection, nextCheckAt: world.clock.now() });
  return { id, trackingNumber };
}

const update = (id: string, data: object) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.shipment.update({ where: { shopId_id: { shopId: world.shopId, id } }, data }),
  );
const read = (id: string) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.shipment.findUniqueOrThrow({ where: { shopId_id: { shopId: world.shopId, id } } }),
  );
async function check(id: string) {
  await update(id, { nextCheckAt: world.clock.now() });
  await checkShipments(world.deps, { shopId: world.shopId, shipmentIds: [id] });
  return read(id);
}
const named = (id: string) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.activity.findMany({
      where: { shopId: world.shopId, subjectId: id, type: "shipment.carrier_changed" },
      select: { actor: true, data: true },
    }),
  );

test("the carrier that the aggregator names is the parcel's where nobody has named one, with the note and the trail", async () => {
  names("ups");
  const { id } = await watched(null);
  const row = await check(id);
  expect(row).toMatchObject({ carrier: "ups", status: "in_transit", version: 1 });
  expect(readDetection(row.detection)).toMatchObject({ reason: "aggregator", candidates });
  expect(await check(id)).toMatchObject({ carrier: "ups", version: 1 });
  expect(await named(id)).toEqual([{ actor: "carrier", data: { from: null, to: "ups", reason: "aggregator" } }]);
});

test.each([
  ["a push tells it, too", null, "ups", "ups"],
  ["the word of the merchant or of Shopify stands", "fedex", "ups", "fedex"],
  ["a name that we do not know names nobody", null, null, null],
])("%s", async (_, given, said, expected) => {
  const { id, trackingNumber } = await watched(given);
  await recordPush(world.deps, { shopId: world.shopId, carrier: "easypost", reading: told(trackingNumber, said) });
  expect((await read(id)).carrier).toBe(expected);
  expect(await named(id)).toHaveLength(given === null && expected !== null ? 1 : 0);
});

test("a second name does not replace the first", async () => {
  names("ups");
  const { id } = await watched(null);
  await check(id);
  names("fedex");
  expect(await check(id)).toMatchObject({ carrier: "ups" });
});

test("the carrier's own account that does not know the parcel leaves it to the aggregator that does", async () => {
  names("ups");
  const { id } = await watched(null);
  await check(id);
  world.accounts.unshift({ id: "acc_ups", carrier: "ups", status: "active", priority: 50 });
  carrier("ups").answer = ([request]) => ({
    shipments: [],
    errors: [{ kind: "not_found", retryable: true, message: "?", trackingNumber: request?.trackingNumber ?? "" }],
  });
  world.clock.advance(3 * DAY);
  await check(id);
  expect(readDetection((await read(id)).detection).givenUp).toMatchObject([{ asked: "ups", reason: "not_found" }]);
  await check(id);
  expect([carrier("ups").asked.length, carrier("easypost").asked.length]).toEqual([1, 2]);
});
