import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checkShipments } from "#app/modules/shipments/check-shipments.server.ts";
import { recordEvents } from "#app/modules/shipments/record-events.server.ts";
import { resumeWatch } from "#app/modules/shipments/retrack.server.ts";
import { DAY } from "#tests/support/test-clock.ts";
import { createShipmentWorld, fakeCarrier, type FakeCarrier, type ShipmentWorld } from "./shipment-world.ts";
import { carrierEvent, carrierShipment, scan } from "./stored-events.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());
beforeEach(() => {
  world.accounts.splice(
    0,
    Infinity,
    { id: "acc_ups", carrier: "ups", status: "active", priority: 1 },
    { id: "acc_fedex", carrier: "fedex", status: "active", priority: 2 },
  );
  for (const id of ["ups", "fedex"]) world.carriers.set(id, fakeCarrier(id));
});

const carrier = (id: string) => world.carriers.get(id) as FakeCarrier;
const whereIs = (id: string) => ({ where: { shopId_id: { shopId: world.shopId, id } } });
const read = (id: string) => world.db.forShop(world.shopId, (tx) => tx.shipment.findUniqueOrThrow(whereIs(id)));
const change = (id: string, data: object) =>
  world.db.forShop(world.shopId, (tx) => tx.shipment.update({ ...whereIs(id), data }));
const check = (...shipmentIds: string[]) => checkShipments(world.deps, { shopId: world.shopId, shipmentIds });

const inTransit = (number: string) =>
  carrierShipment(number, [carrierEvent({ status: "in_transit" }, world.clock.now())]);

async function watched(carrierId = "ups") {
  const { shipmentId, trackingNumber } = await world.addShipment({ carrier: carrierId });
  await change(shipmentId, { nextCheckAt: world.clock.now() });
  return { id: shipmentId, trackingNumber };
}

test("a bug in one carrier's adapter does not keep the shop's other carriers from being asked", async () => {
  const [broken, well] = [await watched("ups"), await watched("fedex")];
  carrier("ups").answer = () => Promise.reject(new TypeError("undefined is not a function"));
  carrier("fedex").answer = () => ({ shipments: [inTransit(well.trackingNumber)], errors: [] });
  await expect(check(broken.id, well.id)).rejects.toThrow(TypeError);
  expect(await read(well.id)).toMatchObject({ status: "in_transit", checksThatDay: 1 });
  expect(await read(broken.id)).toMatchObject({ lastCheckAt: null, checkFailures: 0 });
});

test("Shopify's word is no scan: a number that its carrier does not know still gets its other candidate", async () => {
  const parcel = await watched("ups");
  const candidates = ["ups", "fedex"].map((one) => ({ carrier: one, strength: "weak" }));
  await change(parcel.id, { detection: { reason: "pattern", candidates } });
  const told = scan({ status: "in_transit", source: "shopify", carrier: "shopify", occurredAt: world.clock.now() });
  await recordEvents(world.deps, { shopId: world.shopId, shipmentId: parcel.id, events: [told] });
  expect(await read(parcel.id)).toMatchObject({ status: "in_transit", eventCount: 1 });
  await check(parcel.id);
  expect(await read(parcel.id)).toMatchObject({ carrier: "fedex" });
});

test("a job that runs again after a fault asks only about what it had not asked", async () => {
  const [broken, well] = [await watched("ups"), await watched("fedex")];
  carrier("ups").answer = () => Promise.reject(new TypeError("undefined is not a function"));
  carrier("fedex").answer = () => ({ shipments: [inTransit(well.trackingNumber)], errors: [] });
  await expect(check(broken.id, well.id)).rejects.toThrow(TypeError);
  carrier("ups").answer = () => ({ shipments: [inTransit(broken.trackingNumber)], errors: [] });
  expect(await check(broken.id, well.id)).toEqual({ asked: 1, postponed: 0, stopped: 0 });
  expect(carrier("fedex").asked).toHaveLength(1);
  expect(await read(broken.id)).toMatchObject({ status: "in_transit" });
});

test("a carrier that has scanned the parcel keeps it, whatever it says later", async () => {
  const parcel = await watched("ups");
  const candidates = ["ups", "fedex"].map((one) => ({ carrier: one, strength: "weak" }));
  await change(parcel.id, { detection: { reason: "pattern", candidates } });
  const label = carrierEvent({ status: "pre_transit" }, world.clock.now());
  carrier("ups").answer = () => ({ shipments: [carrierShipment(parcel.trackingNumber, [label])], errors: [] });
  await check(parcel.id);
  carrier("ups").answer = () => ({ shipments: [], errors: [] });
  await change(parcel.id, { nextCheckAt: world.clock.now() });
  await check(parcel.id);
  expect(await read(parcel.id)).toMatchObject({
    carrier: "ups",
    status: "pre_transit",
    checkProblem: { kind: "not_found" },
  });
});

test("a carrier's complaint is kept whatever is in it, and cannot lose the rest of the batch", async () => {
  const [first, second] = [await watched(), await watched()];
  const message = `${"x".repeat(299)}\u{1f4e6}\0`;
  carrier("ups").answer = () => ({
    shipments: [inTransit(second.trackingNumber)],
    errors: [{ kind: "server", retryable: true, message, trackingNumber: first.trackingNumber }],
  });
  await check(first.id, second.id);
  expect(await read(second.id)).toMatchObject({ status: "in_transit" });
  expect(await read(first.id)).toMatchObject({ checkFailures: 1, checkProblem: { kind: "server" } });
});

test("after an account is connected every resting parcel wakes that it can ask about, however many rest", async () => {
  const { shopId, orderId, db, clock } = world;
  const { fulfillmentId } = await world.addShipment();
  const now = clock.now();
  const rest = { lifecycle: "active", stopReason: "no_account", statusSince: now, createdAt: now, updatedAt: now };
  const rows = Array.from({ length: 1_203 }, (_, index) => ({
    ...{ shopId, orderId, fulfillmentId, origin: "live", ...rest },
    id: `shp_rest${String(index).padStart(5, "0")}`,
    trackingNumber: `1ZREST${index}`,
    // Nobody can be asked about the first thousand and two hundred.
    carrier: index < 1_200 ? "dhl" : "ups",
  }));
  await db.forShop(shopId, (tx) => tx.shipment.createMany({ data: rows }));
  expect(await resumeWatch(world.deps, shopId)).toBe(3);
  for (const { id } of rows.slice(1_200)) {
    const row = await read(id);
    expect(row.stopReason).toBeNull();
    const wait = (row.nextCheckAt?.getTime() ?? Infinity) - now.getTime();
    expect(wait).toBeGreaterThanOrEqual(0);
    expect(wait).toBeLessThanOrEqual(30 * 60_000);
  }
  expect(await read("shp_rest00000")).toMatchObject({ stopReason: "no_account", nextCheckAt: null });
});

test("a slow account gives its parcels back instead of holding the job until another worker takes it", async () => {
  const limits = { ...carrier("ups").limits, batchSize: 1, requestsPerSecond: 0.05 };
  world.carriers.set("ups", { ...carrier("ups"), limits });
  const parcels = [await watched(), await watched(), await watched()];
  const from = world.pauses.length;
  const report = await check(...parcels.map(({ id }) => id));
  const waited = world.pauses.slice(from).reduce((sum, pause) => sum + pause, 0);
  expect(waited).toBeLessThanOrEqual(10_000);
  expect(report).toMatchObject({ asked: 1, postponed: 2 });
});

test("a late refusal of credentials that were replaced meanwhile stops nothing: the parcel is asked about again", async () => {
  const parcel = await watched("ups");
  carrier("ups").answer = () => ({ shipments: [], errors: [{ kind: "auth", retryable: false, message: "401" }] });
  const access = { ...world.deps.access, markAuthFailed: () => Promise.resolve(false) };
  const report = await checkShipments({ ...world.deps, access }, { shopId: world.shopId, shipmentIds: [parcel.id] });
  expect(report).toEqual({ asked: 0, postponed: 1, stopped: 0 });
  const { nextCheckAt, stopReason, checkProblem } = await read(parcel.id);
  expect([stopReason, checkProblem]).toEqual([null, null]);
  expect(nextCheckAt?.getTime()).toBeGreaterThan(world.clock.now().getTime());
});

test("one number that spoils a question is not held against the others: each is asked alone, and recorded once", async () => {
  const [bad, good] = [await watched(), await watched()];
  carrier("ups").answer = (requests) => {
    const spoiled = requests.some(({ trackingNumber }) => trackingNumber === bad.trackingNumber);
    const refusal = { kind: "invalid_number" as const, retryable: false, message: "Bad number." };
    if (spoiled) return { shipments: [], errors: [refusal] };
    return { shipments: requests.map(({ trackingNumber }) => inTransit(trackingNumber)), errors: [] };
  };
  const report = await check(bad.id, good.id);
  expect(report).toEqual({ asked: 2, postponed: 0, stopped: 0 });
  expect(carrier("ups").asked.map((requests) => requests.length)).toEqual([2, 1, 1]);
  expect(await read(good.id)).toMatchObject({ status: "in_transit", checkFailures: 0, checkProblem: null });
  expect(await read(bad.id)).toMatchObject({ checkFailures: 1, checkProblem: { kind: "invalid_number" } });
});

test("terms hold for a parcel that an account is connected for too late", async () => {
  const limits = { ...carrier("ups").limits, askForDays: 14, silentAfterDelivery: true as const };
  world.carriers.set("ups", { ...carrier("ups"), limits });
  const [old, delivered, young] = [await watched(), await watched(), await watched()];
  await change(old.id, { createdAt: new Date(world.clock.now().getTime() - 15 * DAY) });
  await change(delivered.id, { status: "delivered" });
  const report = await check(old.id, delivered.id, young.id);
  expect(report).toEqual({ asked: 1, postponed: 0, stopped: 2 });
  expect(await read(old.id)).toMatchObject({ nextCheckAt: null, stopReason: "terms", lastCheckAt: null });
  expect(await read(delivered.id)).toMatchObject({ nextCheckAt: null, stopReason: "delivered", lastCheckAt: null });
});

test("a number on two parcels is asked about once, and both hear of it", async () => {
  const first = await watched();
  const { shipmentId } = await world.addShipment({ carrier: "ups", trackingNumber: first.trackingNumber });
  await change(shipmentId, { nextCheckAt: world.clock.now() });
  carrier("ups").answer = (requests) => {
    return { shipments: requests.map(({ trackingNumber }) => inTransit(trackingNumber)), errors: [] };
  };
  await check(first.id, shipmentId);
  expect(carrier("ups").asked).toMatchObject([[{ trackingNumber: first.trackingNumber }]]);
  expect(await read(first.id)).toMatchObject({ status: "in_transit", checksThatDay: 1 });
  expect(await read(shipmentId)).toMatchObject({ status: "in_transit", checksThatDay: 1 });
});
