import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { HttpError } from "#app/lib/http.server.ts";
import { checkShipments } from "#app/modules/shipments/check-shipments.server.ts";
import { recordPush } from "#app/modules/shipments/record-push.server.ts";
import { resumeWatch, retrack } from "#app/modules/shipments/retrack.server.ts";
import { DAY, HOUR, MINUTE } from "#tests/support/test-clock.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";
import { createShipmentWorld, fakeCarrier, type FakeCarrier, type ShipmentWorld } from "./shipment-world.ts";
import { carrierEvent, carrierShipment } from "./stored-events.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());
beforeEach(() => {
  world.accounts.splice(0, Infinity, { id: "acc_ups", carrier: "ups", status: "active", priority: 1 });
  world.refusals.splice(0);
  for (const id of ["ups", "fedex"]) world.carriers.set(id, fakeCarrier(id));
  world.carriers.set("easypost", fakeCarrier("easypost", "aggregator"));
});

const carrier = (id: string) => world.carriers.get(id) as FakeCarrier;

async function watched(given: { carrier?: string | null; candidates?: string[] } = {}) {
  const { shipmentId, trackingNumber } = await world.addShipment({
    carrier: given.carrier === undefined ? "ups" : given.carrier,
  });
  const candidates = (given.candidates ?? []).map((one) => ({ carrier: one, strength: "weak" }));
  await world.db.forShop(world.shopId, (tx) =>
    tx.shipment.update({
      where: { shopId_id: { shopId: world.shopId, id: shipmentId } },
      data: { nextCheckAt: world.clock.now(), detection: { reason: "pattern", candidates } },
    }),
  );
  return { id: shipmentId, trackingNumber };
}

const check = (...parcels: { id: string }[]) =>
  checkShipments(world.deps, { shopId: world.shopId, shipmentIds: parcels.map(({ id }) => id) });
const read = ({ id }: { id: string }) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.shipment.findUniqueOrThrow({ where: { shopId_id: { shopId: world.shopId, id } } }),
  );
const inTransit = (number: string) =>
  carrierShipment(number, [carrierEvent({ status: "in_transit" }, world.clock.now())]);

test("parcels are asked in the carrier's batches, and every answer is recorded", async () => {
  const parcels = [await watched(), await watched(), await watched()];
  carrier("ups").answer = (requests) => ({
    shipments: requests.map(({ trackingNumber }) => inTransit(trackingNumber)),
    errors: [],
  });
  expect(await check(...parcels)).toEqual({ asked: 3, postponed: 0, stopped: 0 });
  expect(carrier("ups").asked.map((batch) => batch.length)).toEqual([2, 1]);
  for (const parcel of parcels) {
    const row = await read(parcel);
    expect(row).toMatchObject({ status: "in_transit", checksThatDay: 1, checkProblem: null });
    expect(row.nextCheckAt?.getTime()).toBeGreaterThan(world.clock.now().getTime() + 3 * HOUR);
  }
});

test("a number refused inside a good answer hurts only itself", async () => {
  const [good, bad] = [await watched(), await watched()];
  carrier("ups").answer = () => ({
    shipments: [inTransit(good.trackingNumber)],
    errors: [{ kind: "invalid_number", retryable: false, message: "No.", trackingNumber: bad.trackingNumber }],
  });
  await check(good, bad);
  expect(await read(good)).toMatchObject({ status: "in_transit", checkProblem: null });
  expect(await read(bad)).toMatchObject({
    status: "unknown",
    checkFailures: 1,
    checkProblem: { kind: "invalid_number" },
  });
});

test("an unreachable carrier leaves everything as it was, and is asked later", async () => {
  const parcel = await watched();
  carrier("ups").answer = () => Promise.reject(new HttpError("timeout"));
  await check(parcel);
  const row = await read(parcel);
  expect(row).toMatchObject({ status: "unknown", version: 0, checkFailures: 1, checkProblem: { kind: "server" } });
  expect((row.nextCheckAt?.getTime() ?? 0) - world.clock.now().getTime()).toBeLessThan(20 * MINUTE);
});

test("a bug in an adapter is not taken for an answer", async () => {
  const parcel = await watched();
  carrier("ups").answer = () => Promise.reject(new TypeError("undefined is not a function"));
  await expect(check(parcel)).rejects.toThrow(TypeError);
  expect(await read(parcel)).toMatchObject({ checkFailures: 0, lastCheckAt: null });
});

test("refused credentials stop the account: no further batch, the account is marked, the parcels rest visibly", async () => {
  const parcels = [await watched(), await watched(), await watched()];
  carrier("ups").answer = () => ({
    shipments: [],
    errors: [{ kind: "auth", retryable: false, message: "Key refused." }],
  });
  await check(...parcels);
  expect(carrier("ups").asked).toHaveLength(1);
  expect(world.refusals).toHaveLength(1);
  const rows = await Promise.all(parcels.map(read));
  expect(rows.filter(({ stopReason }) => stopReason === "auth_failed")).toHaveLength(2);
  world.clock.advance(40 * MINUTE);
  await check(...parcels);
  expect((await Promise.all(parcels.map(read))).map(({ stopReason }) => stopReason)).toEqual([
    "auth_failed",
    "auth_failed",
    "auth_failed",
  ]);
  expect(carrier("ups").asked).toHaveLength(1);
  // The merchant mends it: the parcels wake up.
  for (const account of world.accounts) account.status = "active";
  expect(await resumeWatch(world.deps, world.shopId)).toBeGreaterThanOrEqual(3);
  expect(await read(parcels[0] as { id: string })).toMatchObject({ stopReason: null, nextCheckAt: expect.any(Date) });
});

test("refused credentials with another account at hand: that one is asked next", async () => {
  world.accounts.push({ id: "acc_ep", carrier: "easypost", status: "active", priority: 9 });
  const parcel = await watched();
  carrier("ups").answer = () => ({
    shipments: [],
    errors: [{ kind: "auth", retryable: false, message: "Key refused." }],
  });
  carrier("easypost").answer = ([first]) => ({ shipments: [inTransit(first?.trackingNumber ?? "")], errors: [] });
  expect(await check(parcel)).toMatchObject({ postponed: 1 });
  expect(await read(parcel)).toMatchObject({ stopReason: null, checkProblem: null });
  world.clock.advance(40 * MINUTE);
  await check(parcel);
  expect(await read(parcel)).toMatchObject({ status: "in_transit" });
});

test("a rate limit rests the account as long as it says", async () => {
  const parcels = [await watched(), await watched(), await watched()];
  carrier("ups").answer = () => ({
    shipments: [],
    errors: [{ kind: "rate_limited", retryable: true, message: "Slow down.", retryAfterSeconds: 7_200 }],
  });
  expect(await check(...parcels)).toMatchObject({ asked: 2, postponed: 1 });
  for (const parcel of parcels) {
    expect((await read(parcel)).nextCheckAt?.getTime()).toBeGreaterThanOrEqual(world.clock.now().getTime() + 2 * HOUR);
  }
});

test("nobody to ask: the parcel rests, and says why", async () => {
  world.accounts.splice(0);
  const parcel = await watched();
  expect(await check(parcel)).toEqual({ asked: 0, postponed: 0, stopped: 1 });
  expect(await read(parcel)).toMatchObject({ nextCheckAt: null, stopReason: "no_account" });
});

test("a clean not-found tries the next candidate once, and then goes back for good", async () => {
  world.accounts.push({ id: "acc_fedex", carrier: "fedex", status: "active", priority: 2 });
  const parcel = await watched({ candidates: ["ups", "fedex"] });
  await check(parcel);
  expect(await read(parcel)).toMatchObject({ carrier: "fedex", detection: { fellBackFrom: "ups" } });
  await check(parcel);
  expect(await read(parcel)).toMatchObject({ carrier: "ups", detection: { returned: true }, status: "unknown" });
  await check(parcel);
  expect(await read(parcel)).toMatchObject({ carrier: "ups" });
  expect([carrier("ups").asked.length, carrier("fedex").asked.length]).toEqual([2, 1]);
});

test("the budget per second is shared and waited for; the budget per day moves the parcels to tomorrow", async () => {
  const limits = { ...carrier("ups").limits, batchSize: 1, requestsPerSecond: 1, requestsPerDay: 2 };
  world.carriers.set("ups", { ...carrier("ups"), limits });
  const parcels = [await watched(), await watched(), await watched()];
  const pauses = world.pauses.length;
  expect(await check(...parcels)).toMatchObject({ asked: 2, postponed: 1 });
  expect(world.pauses.length).toBeGreaterThan(pauses);
  const tomorrow = Math.floor(world.clock.now().getTime() / DAY + 1) * DAY;
  const rows = await Promise.all(parcels.map(read));
  const waiting = rows.filter(({ lastCheckAt }) => lastCheckAt === null);
  expect(waiting).toHaveLength(1);
  expect(waiting[0]?.nextCheckAt?.getTime()).toBeGreaterThanOrEqual(tomorrow);
});

test("a parcel that was removed since it was claimed is not asked about", async () => {
  const parcel = await watched();
  await world.db.forShop(world.shopId, (tx) =>
    tx.shipment.updateMany({ where: { id: parcel.id }, data: { lifecycle: "removed" } }),
  );
  expect(await check(parcel)).toEqual({ asked: 0, postponed: 0, stopped: 0 });
});

test("a push is recorded for the parcels with its number, and slows the questions down", async () => {
  const parcel = await watched();
  await check(parcel);
  const reading = { shipments: [inTransit(parcel.trackingNumber), inTransit("1ZNOBODYS")], errors: [] };
  const push = { shopId: world.shopId, carrier: "ups", reading };
  expect(await recordPush(world.deps, push)).toEqual({ recorded: 1, changed: 1, unknownNumbers: 1 });
  expect(await recordPush(world.deps, push)).toEqual({ recorded: 1, changed: 0, unknownNumbers: 1 });
  const row = await read(parcel);
  expect(row.nextCheckAt?.getTime()).toBeGreaterThan(world.clock.now().getTime() + 20 * HOUR);
});

test("check now: queued once, then too soon, never beside the terms", async () => {
  const parcel = await watched();
  const ask = () => retrack(world.deps, { shopId: world.shopId, shipmentId: parcel.id });
  expect(await ask()).toEqual({ kind: "queued" });
  const jobs = await waitingJobs(world.database, "shipments.check");
  expect(jobs).toContainEqual({ shopId: world.shopId, shipmentIds: [parcel.id] });
  await check(parcel);
  expect(await ask()).toEqual({ kind: "too_soon" });
  world.clock.advance(5 * MINUTE);
  expect(await ask()).toEqual({ kind: "queued" });
  world.accounts.splice(0);
  expect(await ask()).toEqual({ kind: "no_account" });
  expect(await retrack(world.deps, { shopId: world.shopId, shipmentId: "shp_none" })).toEqual({ kind: "gone" });
});
