import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mapCode, undoCodeMapping } from "#app/modules/shipments/map-code.server.ts";
import {
  countUnknownCodes,
  readCodeMappings,
  readUnknownCodes,
} from "#app/modules/shipments/read-unknown-codes.server.ts";
import { recordEvents } from "#app/modules/shipments/record-events.server.ts";
import { rereadScans } from "#app/modules/shipments/reread-scans.server.ts";
import { HOUR } from "#tests/support/test-clock.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";
import { addOrder, addShipment, addShop } from "./shipment-rows.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";
import { carrierEvent, carrierShipment } from "./stored-events.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());
beforeEach(async () => {
  world.shopId = await addShop(world.db, world.clock);
  world.orderId = await addOrder(world.db, world.clock, { shopId: world.shopId });
});

const inShop = <T>(work: Parameters<typeof world.db.forShop<T>>[1]) => world.db.forShop(world.shopId, work);
const moving = () => carrierEvent({ status: "in_transit", code: "IT" }, world.clock.now());
/** A scan as the adapters leave one whose code is in no table. */
const odd = (code = "ZX", hours = 1) =>
  carrierEvent(
    { status: "unknown", code, description: `Words of ${code}`, unknownCode: true, rule: "none" },
    new Date(world.clock.now().getTime() + hours * HOUR),
  );

type Events = Parameters<typeof carrierShipment>[1];

async function heard(events: Events, known?: string): Promise<string> {
  const { shopId, orderId } = world;
  const shipmentId = known ?? (await addShipment(world.db, world.clock, { shopId, orderId })).shipmentId;
  const answer = { source: "poll" as const, carrier: "ups", shipment: carrierShipment("1Z", events) };
  await recordEvents(world.deps, { shopId, shipmentId, answer });
  return shipmentId;
}

const read = (id: string) =>
  inShop((tx) => tx.shipment.findUniqueOrThrow({ where: { shopId_id: { shopId: world.shopId, id } } }));

const say = (given: Partial<Parameters<typeof mapCode>[1]> = {}) =>
  mapCode(world.deps, {
    ...{ shopId: world.shopId, carrier: "ups", code: "ZX", status: "exception", subStatus: "held", actorId: "42" },
    ...given,
  });

async function said(given: Parameters<typeof say>[0] = {}): Promise<string> {
  const outcome = await say(given);
  if (outcome.kind !== "mapped") throw new Error(outcome.kind);
  return outcome.mappingId;
}

const reread = (mappingId: string) => rereadScans(world.deps, { shopId: world.shopId, mappingId });
const codes = () => inShop((tx) => readUnknownCodes(tx, world.shopId));
const mappings = () => inShop((tx) => readCodeMappings(tx, world.shopId));
const ofShop = (job: unknown) => (job as { shopId: string }).shopId === world.shopId;
const decisions = async () => (await waitingJobs(world.database, "notifications.decide")).filter(ofShop);

describe("codes that nobody can read", () => {
  test("are counted by carrier and code, the most frequent first, with the newest words", async () => {
    await heard([moving(), odd("ZX", 1), odd("ZX", 2)]);
    await heard([odd("ZX", 3)]);
    await heard([odd("AA", 1)]);
    expect(await inShop((tx) => countUnknownCodes(tx, world.shopId))).toBe(2);
    expect(await codes()).toEqual([
      { carrier: "ups", code: "ZX", words: "Words of ZX", scans: 3, parcels: 2, lastSeenAt: world.clock.now() },
      { carrier: "ups", code: "AA", words: "Words of AA", scans: 1, parcels: 1, lastSeenAt: world.clock.now() },
    ]);
  });

  test("are another shop's business alone", async () => {
    await heard([odd()]);
    world.shopId = await addShop(world.db, world.clock);
    expect(await codes()).toEqual([]);
    expect(await say()).toEqual({ kind: "not_found" });
  });
});

describe("what a merchant says a code means", () => {
  test.each([
    ["a status that no scan reports", { status: "expired", subStatus: "" }],
    ["no status at all", { status: "__proto__", subStatus: "" }],
    ["a detail of another status", { status: "delivered", subStatus: "customs_hold" }],
  ])("is refused when it is %s", async (_name, given) => {
    await heard([odd()]);
    expect(await say(given)).toEqual({ kind: "invalid" });
  });

  test("is refused for a code that we can read, and once 200 have been said", async () => {
    await heard([moving(), odd()]);
    expect(await say({ code: "IT" })).toEqual({ kind: "not_found" });
    const { shopId, clock } = world;
    const now = clock.now();
    const row = { shopId, carrier: "ups", status: "delivered", state: "applied", actorId: "42" };
    const rows = Array.from({ length: 200 }, (_, index) => ({
      ...{ ...row, id: `map_${index}`, code: `C${index}`, createdAt: now, updatedAt: now },
    }));
    await inShop((tx) => tx.codeMapping.createMany({ data: rows }));
    expect(await say()).toEqual({ kind: "too_many" });
  });

  test("is how new scans are read, with its own name in the why, and no scan is unread any more", async () => {
    await heard([odd()]);
    await said();
    const parcel = await read(await heard([moving(), odd("ZX", 2)]));
    expect(parcel).toMatchObject({ status: "exception", subStatus: "held", flags: [] });
    expect(parcel.statusReason).toMatchObject({ rule: "mapped:ZX", source: "poll" });
    expect(await codes()).toEqual([]);
  });

  test("of one carrier says nothing of another's code, and nothing of other codes", async () => {
    const other = await heard([moving(), odd("AA", 2)]);
    await heard([odd()]);
    await reread(await said());
    expect(await read(other)).toMatchObject({ status: "in_transit", flags: ["unknownCode"], version: 1 });
  });

  test("is how stored scans are read, their parcels folded once, with audit trail and reactions", async () => {
    const parcels = [await heard([moving(), odd()]), await heard([moving(), odd("ZX", 3)])];
    const before = (await decisions()).length;
    const mappingId = await said();
    await reread(mappingId);
    await reread(mappingId);
    for (const id of parcels) {
      expect(await read(id)).toMatchObject({ status: "exception", subStatus: "held", flags: [], version: 2 });
      const trail = await inShop((tx) => tx.activity.findMany({ where: { subjectId: id } }));
      expect(trail.map(({ data }) => data)).toContainEqual(expect.objectContaining({ rule: "mapped:ZX" }));
    }
    // Both are of one order, whose messages are decided together.
    expect((await decisions()).length - before).toBe(1);
    expect(await mappings()).toMatchObject([{ id: mappingId, parcels: 2, busy: false, undoing: false }]);
  });

  test("reaches scans that were being written while it was saved", async () => {
    await heard([odd()]);
    const mappingId = await said();
    await reread(mappingId);
    const late = await heard([moving(), odd("ZX", 4)]);
    // As if that recording had looked for mappings before there was one.
    await inShop((tx) =>
      tx.trackingEvent.updateMany({
        where: { shipmentId: late, code: "ZX" },
        data: { status: "unknown", subStatus: null, rule: "none" },
      }),
    );
    await reread(mappingId);
    expect(await read(late)).toMatchObject({ status: "exception" });
    const jobs = (await waitingJobs(world.database, "shipments.reread-scans")).filter(ofShop);
    expect(jobs).toEqual([
      { shopId: world.shopId, mappingId },
      { shopId: world.shopId, mappingId },
    ]);
  });

  test("can be said anew", async () => {
    const id = await heard([moving(), odd()]);
    await reread(await said());
    await reread(await said({ status: "delivered", subStatus: "locker" }));
    expect(await read(id)).toMatchObject({ status: "delivered", subStatus: "locker" });
    expect(await mappings()).toHaveLength(1);
  });

  test("goes on where it stopped, parcel by parcel, however many there are", async () => {
    const parcels: string[] = [];
    for (let count = 0; count < 3; count += 1) parcels.push(await heard([moving(), odd()]));
    const mappingId = await said();
    const [first = ""] = parcels.toSorted();
    const where = { shopId_id: { shopId: world.shopId, id: mappingId } };
    await inShop((tx) => tx.codeMapping.update({ where, data: { cursor: first } }));
    await reread(mappingId);
    const statuses = await Promise.all(parcels.toSorted().map(async (id) => (await read(id)).status));
    expect(statuses).toEqual(["in_transit", "exception", "exception"]);
  });
});

describe("an undo", () => {
  test("gives every scan back, folds again, and forgets the mapping at last", async () => {
    const id = await heard([moving(), odd()]);
    const mappingId = await said();
    await reread(mappingId);
    const undo = () => undoCodeMapping(world.deps, { shopId: world.shopId, mappingId, actorId: "42" });
    expect(await undo()).toEqual({ kind: "undone" });
    expect(await undo()).toEqual({ kind: "not_found" });
    expect(await read(await heard([moving(), odd("ZX", 5)]))).toMatchObject({ status: "in_transit" });
    await reread(mappingId);
    await reread(mappingId);
    expect(await read(id)).toMatchObject({ status: "in_transit", subStatus: null, flags: ["unknownCode"] });
    const stored = await inShop((tx) => tx.trackingEvent.findMany({ where: { code: "ZX", shipmentId: id } }));
    expect(stored).toMatchObject([{ status: "unknown", subStatus: null, rule: "none", unknownCode: true }]);
    expect(await mappings()).toEqual([]);
    expect(await codes()).toMatchObject([{ code: "ZX", parcels: 2 }]);
    // A job that comes once more finds nothing to do.
    await reread(mappingId);
  });
});
