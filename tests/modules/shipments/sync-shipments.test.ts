import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { FulfillmentSnapshot, Origin, TrackingInfo } from "#app/modules/orders/snapshot.ts";
import { createParcelSync } from "#app/modules/shipments/sync-shipments.server.ts";
import { HOUR } from "#tests/support/test-clock.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());
beforeEach(
  () => void world.accounts.splice(0, Infinity, { id: "acc_ups", carrier: "ups", status: "active", priority: 1 }),
);

let counter = 0;

function fulfillment(tracking: TrackingInfo[], given: Partial<FulfillmentSnapshot> = {}): FulfillmentSnapshot {
  counter += 1;
  return {
    id: `gid://shopify/Fulfillment/${counter}`,
    orderId: world.orderId,
    name: null,
    status: "success",
    nativeStatus: null,
    nativeDeliveredAt: null,
    estimatedDeliveryAt: null,
    shipFrom: null,
    tracking,
    lines: [],
    createdAt: world.clock.now(),
    updatedAt: world.clock.now(),
    ...given,
  };
}

const ups = (number: string): TrackingInfo => ({ company: "UPS", number, url: null });

async function sync(snapshot: FulfillmentSnapshot, { orderCancelled = false, origin = "live" as Origin } = {}) {
  const { shopId, clock, db, deps } = world;
  const parcels = createParcelSync(deps);
  return db.forShop(shopId, async (tx) => {
    const now = clock.now();
    await tx.fulfillment.upsert({
      where: { shopId_id: { shopId, id: snapshot.id } },
      update: {},
      create: {
        ...{ shopId, id: snapshot.id, orderId: snapshot.orderId, status: snapshot.status, origin },
        ...{ fulfilledAt: snapshot.createdAt, sourceUpdatedAt: now, createdAt: now, updatedAt: now },
      },
    });
    return parcels.sync(tx, { shopId, fulfillment: snapshot, orderCancelled, destinationCountry: "US", origin });
  });
}

const parcelsOf = (snapshot: FulfillmentSnapshot) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.shipment.findMany({
      where: { shopId: world.shopId, fulfillmentId: snapshot.id },
      orderBy: { trackingNumber: "asc" },
    }),
  );
const trailOf = (id: string) =>
  world.db.forShop(world.shopId, async (tx) => {
    const rows = await tx.activity.findMany({ where: { shopId: world.shopId, subjectId: id }, orderBy: { id: "asc" } });
    return rows.map(({ type }) => type).sort();
  });

test("several numbers become several parcels, asked about at once; again changes nothing", async () => {
  const snapshot = fulfillment([ups("1z 0001"), ups("1Z-0002"), ups("1Z0002")]);
  expect(await sync(snapshot)).toEqual({ created: 2, removed: 0 });
  const parcels = await parcelsOf(snapshot);
  expect(parcels).toMatchObject([
    {
      trackingNumber: "1Z0001",
      carrier: "ups",
      detection: { reason: "company" },
      nextCheckAt: world.clock.now(),
      stopReason: null,
    },
    { trackingNumber: "1Z0002" },
  ]);
  expect(await sync(snapshot)).toEqual({ created: 0, removed: 0 });
  expect(await parcelsOf(snapshot)).toEqual(parcels);
  expect(await trailOf(parcels[0]?.id ?? "")).toEqual(["shipment.created"]);
});

test("no number, no parcel; the number may come later", async () => {
  const snapshot = fulfillment([]);
  expect(await sync(snapshot)).toEqual({ created: 0, removed: 0 });
  expect(await sync({ ...snapshot, tracking: [ups("1Z0003")] })).toEqual({ created: 1, removed: 0 });
});

test("an edited number ends the old parcel; the same number coming back restores it", async () => {
  const snapshot = fulfillment([ups("1ZOLD1")]);
  await sync(snapshot);
  expect(await sync({ ...snapshot, tracking: [ups("1ZNEW1")] })).toEqual({ created: 1, removed: 1 });
  const [fresh, old] = await parcelsOf(snapshot);
  expect(fresh).toMatchObject({ trackingNumber: "1ZNEW1", lifecycle: "active" });
  expect(old).toMatchObject({
    trackingNumber: "1ZOLD1",
    lifecycle: "removed",
    nextCheckAt: null,
    stopReason: "removed",
  });
  await sync(snapshot);
  const [left, back] = await parcelsOf(snapshot);
  expect(left).toMatchObject({ trackingNumber: "1ZNEW1", lifecycle: "removed" });
  expect(back).toMatchObject({ id: old?.id, lifecycle: "active", nextCheckAt: world.clock.now(), stopReason: null });
  expect(await trailOf(old?.id ?? "")).toEqual(["shipment.created", "shipment.removed", "shipment.restored"]);
});

test.each([
  ["fulfillment", { status: "cancelled" }, {}],
  ["order", {}, { orderCancelled: true }],
] as const)("a cancelled %s ends its parcels and creates none", async (_name, given, options) => {
  const snapshot = fulfillment([ups("1ZCANCEL")]);
  await sync(snapshot);
  expect(await sync({ ...snapshot, ...given, tracking: [ups("1ZCANCEL"), ups("1ZOTHER")] }, options)).toEqual({
    created: 0,
    removed: 1,
  });
  expect(await parcelsOf(snapshot)).toMatchObject([
    { lifecycle: "cancelled", nextCheckAt: null, stopReason: "cancelled" },
  ]);
});

test("without an account the parcel is there, but nobody is asked", async () => {
  world.accounts.splice(0);
  const snapshot = fulfillment([ups("1ZLONELY")]);
  await sync(snapshot);
  expect(await parcelsOf(snapshot)).toMatchObject([{ carrier: "ups", nextCheckAt: null, stopReason: "no_account" }]);
});

test("an unknown carrier is asked through an aggregator", async () => {
  world.accounts.push({ id: "acc_ep", carrier: "easypost", status: "active", priority: 5 });
  const snapshot = fulfillment([{ company: null, number: "999900001", url: null }]);
  await sync(snapshot);
  expect(await parcelsOf(snapshot)).toMatchObject([{ carrier: null, nextCheckAt: world.clock.now() }]);
});

test("an import is spread over hours; what had arrived already is not asked about", async () => {
  const many = fulfillment(Array.from({ length: 50 }, (_, index) => ups(`1ZIMP${index}`)));
  await sync(many, { origin: "import" });
  const delays = (await parcelsOf(many)).map(
    ({ nextCheckAt }) => ((nextCheckAt?.getTime() ?? 0) - world.clock.now().getTime()) / HOUR,
  );
  expect(new Set(delays).size).toBeGreaterThan(45);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...delays)).toBeGreaterThan(3);
  expect(Math.max(...delays)).toBeLessThan(6.01);
  const done = fulfillment([ups("1ZDONE")], { nativeStatus: "delivered", nativeDeliveredAt: world.clock.now() });
  await sync(done, { origin: "import" });
  const [parcel] = await parcelsOf(done);
  expect(parcel).toMatchObject({
    status: "delivered",
    deliveredAt: world.clock.now(),
    nextCheckAt: null,
    stopReason: "delivered",
  });
  const jobs = await waitingJobs(world.database, "orders.decide-write-back");
  expect(jobs.filter((job) => (job as { shipmentId: string }).shipmentId === parcel?.id)).toEqual([]);
});

test("Shopify's own status joins the log, and the first check stays at once", async () => {
  const snapshot = fulfillment([ups("1ZNATIVE")], { nativeStatus: "out_for_delivery" });
  await sync(snapshot);
  expect(await parcelsOf(snapshot)).toMatchObject([
    { status: "out_for_delivery", statusReason: { source: "shopify" }, nextCheckAt: world.clock.now() },
  ]);
  // Every later update of the fulfillment repeats it with another time: still one row.
  await sync({ ...snapshot, updatedAt: new Date(world.clock.now().getTime() + HOUR) });
  expect(await parcelsOf(snapshot)).toMatchObject([{ eventCount: 1, version: 1 }]);
});

test("one status of Shopify for several parcels tells about none of them", async () => {
  const snapshot = fulfillment([ups("1ZTWO1"), ups("1ZTWO2")], {
    nativeStatus: "delivered",
    nativeDeliveredAt: world.clock.now(),
  });
  await sync(snapshot);
  expect(await parcelsOf(snapshot)).toMatchObject([{ status: "unknown" }, { status: "unknown" }]);
});

test("a company named later decides the carrier, while there is no scan", async () => {
  const snapshot = fulfillment([{ company: null, number: "1ZLATER", url: null }]);
  await sync(snapshot);
  expect(await parcelsOf(snapshot)).toMatchObject([{ carrier: "ups", detection: { reason: "pattern" } }]);
  await sync({ ...snapshot, tracking: [{ company: "FEDEX", number: "1ZLATER", url: null }] });
  expect(await parcelsOf(snapshot)).toMatchObject([
    { carrier: "fedex", companyName: "FEDEX", detection: { reason: "company" } },
  ]);
});

test("nonsense is no number, and far too many numbers are refused", async () => {
  const odd = fulfillment([ups(""), ups("---"), ups("x".repeat(200)), ups("<script>"), ups("1ZGOOD")]);
  expect(await sync(odd)).toEqual({ created: 1, removed: 0 });
  const flood = fulfillment(Array.from({ length: 51 }, (_, index) => ups(`1ZFLOOD${index}`)));
  expect(await sync(flood)).toEqual({ created: 0, removed: 0 });
});

test("the same news delivered twice at once creates the parcel once", async () => {
  const snapshot = fulfillment([ups("1ZTWICE")]);
  await sync({ ...snapshot, tracking: [] });
  const results = await Promise.all([sync(snapshot), sync(snapshot), sync(snapshot)]);
  expect(results.reduce((sum, { created }) => sum + created, 0)).toBe(1);
  const [parcel] = await parcelsOf(snapshot);
  expect(await trailOf(parcel?.id ?? "")).toEqual(["shipment.created"]);
});
