import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FulfillmentSnapshot, TrackingInfo } from "#app/modules/orders/snapshot.ts";
import { recordEvents } from "#app/modules/shipments/record-events.server.ts";
import { createParcelSync } from "#app/modules/shipments/sync-shipments.server.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";
import { carrierEvent, carrierShipment } from "./stored-events.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());
beforeEach(
  () => void world.accounts.splice(0, Infinity, { id: "acc_ups", carrier: "ups", status: "active", priority: 1 }),
);

const named = (number: string, company: string | null = "UPS"): TrackingInfo => ({ company, number, url: null });

/** A fulfillment with one parcel, and the means to tell of it again. */
async function told(...tracking: TrackingInfo[]) {
  const { shopId, orderId, db, clock, deps } = world;
  const other = await world.addShipment({ lifecycle: "removed" });
  const { fulfillmentId } = other;
  const times = { createdAt: clock.now(), updatedAt: clock.now() };
  const sync = (given: Partial<FulfillmentSnapshot>, orderCancelled = false) => {
    const fulfillment: FulfillmentSnapshot = {
      ...{ id: fulfillmentId, orderId, name: null, status: "success", nativeStatus: null, nativeDeliveredAt: null },
      ...{ estimatedDeliveryAt: null, shipFrom: null, tracking, lines: [], ...times, ...given },
    };
    const input = { shopId, fulfillment, orderCancelled, destinationCountry: "US", origin: "live" as const };
    return db.forShop(shopId, (tx) => createParcelSync(deps).sync(tx, input));
  };
  const parcels = () =>
    db.forShop(shopId, (tx) =>
      tx.shipment.findMany({
        where: { shopId, fulfillmentId, trackingNumber: { not: other.trackingNumber } },
        orderBy: { trackingNumber: "asc" },
      }),
    );
  await sync({});
  return { sync, parcels };
}

test("an order that comes back after its cancellation gets its parcels back, with the log they had", async () => {
  const { sync, parcels } = await told(named("1ZE0001"), named("1ZE0002"));
  const [first] = await parcels();
  const shipment = carrierShipment("1ZE0001", [carrierEvent({ status: "in_transit" }, world.clock.now())]);
  await recordEvents(world.deps, {
    ...{ shopId: world.shopId, shipmentId: first?.id ?? "" },
    answer: { source: "poll", carrier: "ups", shipment },
  });
  expect(await sync({}, true)).toEqual({ created: 0, removed: 2 });
  expect(await sync({}, true)).toEqual({ created: 0, removed: 0 });
  expect(await sync({ tracking: [named("1ZE0001")] })).toEqual({ created: 0, removed: 0 });
  expect(await parcels()).toMatchObject([
    { id: first?.id, lifecycle: "active", stopReason: null, status: "in_transit", eventCount: 1 },
    { lifecycle: "cancelled", nextCheckAt: null },
  ]);
});

test("one number in several spellings is one parcel", async () => {
  const { sync, parcels } = await told(named("1ze 0010"), named("1ZE-0010"), named("１ＺＥ００１０"));
  expect(await parcels()).toMatchObject([{ trackingNumber: "1ZE0010" }]);
  expect(await sync({ tracking: [named("1Z E0010")] })).toEqual({ created: 0, removed: 0 });
});

test("a carrier that the merchant corrects is believed, although Shopify has said where the parcel is", async () => {
  const { sync, parcels } = await told(named("1ZE0020", null));
  expect(await parcels()).toMatchObject([{ carrier: "ups" }]);
  await sync({ nativeStatus: "in_transit" });
  await sync({ nativeStatus: "in_transit", tracking: [named("1ZE0020", "FEDEX")] });
  expect(await parcels()).toMatchObject([{ carrier: "fedex", companyName: "FEDEX", status: "in_transit" }]);
});

test("a carrier that has scanned the parcel is not corrected away", async () => {
  const { sync, parcels } = await told(named("1ZE0030"));
  const [parcel] = await parcels();
  const shipment = carrierShipment("1ZE0030", [carrierEvent({ status: "pre_transit" }, world.clock.now())]);
  await recordEvents(world.deps, {
    ...{ shopId: world.shopId, shipmentId: parcel?.id ?? "" },
    answer: { source: "push", carrier: "ups", shipment },
  });
  await sync({ tracking: [named("1ZE0030", "FEDEX")] });
  expect(await parcels()).toMatchObject([{ carrier: "ups", companyName: "FEDEX" }]);
});

test("Shopify's date of arrival is kept as the instant that it is", async () => {
  const { sync, parcels } = await told();
  await sync({ tracking: [named("1ZE0040")], estimatedDeliveryAt: new Date("2026-03-05T23:30:00Z") });
  const utc = "2026-03-05T23:30:00.000Z";
  expect(await parcels()).toMatchObject([
    { estimatedDelivery: { at: { local: "2026-03-05T23:30:00", offset: "+00:00", utc } } },
  ]);
});
