import { afterAll, beforeAll, expect, test } from "vitest";
import type { NativeEvent } from "#app/modules/orders/native-events.ts";
import { historyEventOf } from "#app/modules/shipments/native-events.ts";
import { createNativeEvents } from "#app/modules/shipments/record-native-event.server.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());

const event: NativeEvent = {
  id: "gid://shopify/FulfillmentEvent/1",
  status: "out_for_delivery",
  message: "On the\0 van",
  happenedAt: new Date("2026-03-03T13:00:00Z"),
  happenedAtText: "2026-03-03T08:00:00-05:00",
  city: "Austin",
  province: "TX",
  country: "US",
  postalCode: null,
  estimatedDeliveryAt: null,
};

const read = (id: string) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.shipment.findUniqueOrThrow({ where: { shopId_id: { shopId: world.shopId, id } }, include: { events: true } }),
  );
const record = (fulfillmentId: string, given: Partial<NativeEvent> = {}) =>
  world.db.forShop(world.shopId, (tx) =>
    createNativeEvents(world.deps).record(tx, { shopId: world.shopId, fulfillmentId, event: { ...event, ...given } }),
  );

test("an event of Shopify's history joins the log once, with its time and place", async () => {
  const { shipmentId, fulfillmentId } = await world.addShipment();
  await record(fulfillmentId);
  await record(fulfillmentId);
  expect(await read(shipmentId)).toMatchObject({
    status: "out_for_delivery",
    statusAt: event.happenedAt,
    version: 1,
    events: [
      {
        source: "shopify",
        description: "On the van",
        location: "Austin, TX, US",
        localTime: "2026-03-03T08:00:00",
        zoneSource: "inferred",
      },
    ],
  });
});

test("the same status at another place is another event", async () => {
  const { shipmentId, fulfillmentId } = await world.addShipment();
  await record(fulfillmentId, { status: "in_transit" });
  await record(fulfillmentId, { status: "in_transit", id: "gid://shopify/FulfillmentEvent/2", city: "Dallas" });
  expect((await read(shipmentId)).eventCount).toBe(2);
});

test("words that tell nothing of the parcel, and fulfillments without one, leave no trace", async () => {
  const { shipmentId, fulfillmentId } = await world.addShipment();
  await record(fulfillmentId, { status: "something_new" });
  await record("gid://shopify/Fulfillment/0");
  expect(await read(shipmentId)).toMatchObject({ status: "unknown", events: [] });
});

test("an event without a readable time has none", () => {
  const row = historyEventOf({ ...event, happenedAt: null, happenedAtText: "yesterday" }, world.clock.now());
  expect(row).toMatchObject({ occurredAt: null, localTime: null, utcOffset: null, zoneSource: "unknown" });
});
