import { afterAll, beforeAll, expect, test } from "vitest";
import { recordBatchIn, recordEvents, recordEventsIn } from "#app/modules/shipments/record-events.server.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";
import { carrierEvent, carrierShipment } from "./stored-events.ts";

let world: ShipmentWorld;
beforeAll(async () => void (world = await createShipmentWorld()));
afterAll(() => world.close());

const START = Date.parse("2026-03-02T10:00:00Z");
const hour = (hours: number) => new Date(START + hours * HOUR);

const label = carrierEvent({ status: "pre_transit" }, hour(0));
const moving = carrierEvent({ status: "in_transit" }, hour(5));
const out = carrierEvent({ status: "out_for_delivery" }, hour(30));
const delivered = carrierEvent({ status: "delivered" }, hour(34));

type Events = Parameters<typeof carrierShipment>[1];

function heard(shipmentId: string, events: Events, given: Parameters<typeof carrierShipment>[2] = {}) {
  const answer = { source: "poll" as const, carrier: "ups", shipment: carrierShipment("1Z", events, given) };
  return { shopId: world.shopId, shipmentId, answer };
}

const read = (id: string) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.shipment.findUniqueOrThrow({ where: { shopId_id: { shopId: world.shopId, id } }, include: { events: true } }),
  );
const trail = (id: string) =>
  world.db.forShop(world.shopId, (tx) =>
    tx.activity.findMany({ where: { shopId: world.shopId, subjectId: id }, orderBy: { id: "asc" } }),
  );
const facts = (id: string) =>
  world.db.forShop(world.shopId, (tx) => tx.fact.findMany({ where: { shopId: world.shopId, subjectId: id } }));
async function jobsOf(id: string) {
  return (await waitingJobs(world.database, "orders.decide-write-back")).filter(
    (job) => (job as { shipmentId: string }).shipmentId === id,
  );
}

test("scans, state, audit trail, facts and reactions are written together", async () => {
  const { shipmentId } = await world.addShipment();
  const outcome = await recordEvents(
    world.deps,
    heard(shipmentId, [label, moving], { service: "Ground", estimatedDelivery: { date: "2026-03-05" } }),
  );
  expect(outcome).toMatchObject({
    kind: "changed",
    change: {
      version: 1,
      before: { status: "unknown" },
      after: { status: "in_transit" },
      newEvents: 2,
      origin: "live",
    },
  });
  const shipment = await read(shipmentId);
  expect(shipment).toMatchObject({
    status: "in_transit",
    statusAt: hour(5),
    firstScanAt: hour(5),
    eventCount: 2,
    version: 1,
    service: "Ground",
    estimatedDelivery: { date: "2026-03-05" },
    statusReason: { rule: "code:in_transit", source: "poll" },
  });
  expect(shipment.nextCheckAt).not.toBeNull();
  expect(shipment.events.map(({ raw }) => raw)).toContainEqual({ code: "in_transit" });
  expect(await trail(shipmentId)).toMatchObject([
    {
      type: "shipment.status_changed",
      actor: "carrier",
      data: { from: "unknown", to: "in_transit", rule: "code:in_transit" },
    },
  ]);
  expect(await facts(shipmentId)).toMatchObject([{ kind: "shipment.first_scan", happenedOn: "2026-03-02" }]);
  expect(await jobsOf(shipmentId)).toEqual([{ shopId: world.shopId, shipmentId, version: 1 }]);
  const { shopId, orderId } = world;
  expect(await waitingJobs(world.database, "notifications.decide")).toEqual([{ shopId, orderId }]);
});

test("the same answer again changes nothing and queues nothing", async () => {
  const { shipmentId } = await world.addShipment();
  await recordEvents(world.deps, heard(shipmentId, [moving]));
  const before = await read(shipmentId);
  expect(await recordEvents(world.deps, heard(shipmentId, [moving]))).toEqual({ kind: "unchanged" });
  expect(await read(shipmentId)).toEqual(before);
  expect(await jobsOf(shipmentId)).toHaveLength(1);
});

test("a new scan of the same status is news: a new version, nothing to write back", async () => {
  const { shipmentId } = await world.addShipment();
  await recordEvents(world.deps, heard(shipmentId, [moving]));
  const depot = carrierEvent({ status: "in_transit", code: "AR" }, hour(8));
  expect(await recordEvents(world.deps, heard(shipmentId, [depot]))).toMatchObject({
    kind: "news",
    change: { version: 2 },
  });
  expect(await read(shipmentId)).toMatchObject({ eventCount: 2, statusAt: hour(5), lastEventAt: hour(8) });
  expect(await jobsOf(shipmentId)).toHaveLength(1);
});

test("every order and splitting of the answers ends in the same state", async () => {
  world.clock.advance(35 * HOUR);
  const orders: Events[][] = [
    [[label, moving, out, delivered]],
    [[delivered], [out], [moving], [label]],
    [[out, delivered], [label], [moving, out]],
    [[delivered, label], [delivered], [moving, out, delivered]],
  ];
  const states = [];
  for (const answers of orders) {
    const { shipmentId } = await world.addShipment();
    for (const events of answers) await recordEvents(world.deps, heard(shipmentId, events));
    const { status, statusAt, deliveredAt, firstScanAt, lastEventAt, eventCount, flags } = await read(shipmentId);
    states.push({ status, statusAt, deliveredAt, firstScanAt, lastEventAt, eventCount, flags });
  }
  expect(states[0]).toMatchObject({ status: "delivered", deliveredAt: hour(34), eventCount: 4 });
  for (const state of states) expect(state).toEqual(states[0]);
});

test("many recorders of one parcel at once: nothing lost, one reaction per change", async () => {
  const { shipmentId } = await world.addShipment();
  const answers = [
    [label],
    [moving],
    [label, moving],
    [moving, out],
    [out, delivered],
    [delivered],
    [moving, delivered],
    [label],
  ];
  const outcomes = await Promise.all(answers.map((events) => recordEvents(world.deps, heard(shipmentId, events))));
  const shipment = await read(shipmentId);
  expect(shipment).toMatchObject({ status: "delivered", eventCount: 4, deliveredAt: hour(34) });
  const written = outcomes.filter((outcome) => outcome.kind !== "unchanged");
  expect(shipment.version).toBe(written.length);
  const changes = (await trail(shipmentId)).filter(({ type }) => type === "shipment.status_changed");
  expect(await jobsOf(shipmentId)).toHaveLength(changes.length);
  expect((await facts(shipmentId)).map(({ kind }) => kind).sort()).toEqual([
    "shipment.delivered",
    "shipment.first_scan",
  ]);
});

test("a crash before the commit leaves nothing at all", async () => {
  const { shipmentId } = await world.addShipment();
  const crash = world.db.forShop(world.shopId, async (tx) => {
    await recordEventsIn(tx, world.deps, heard(shipmentId, [moving, delivered]));
    throw new Error("the process died");
  });
  await expect(crash).rejects.toThrow("the process died");
  expect(await read(shipmentId)).toMatchObject({ status: "unknown", eventCount: 0, version: 0, events: [] });
  expect(await trail(shipmentId)).toEqual([]);
  expect(await facts(shipmentId)).toEqual([]);
  expect(await jobsOf(shipmentId)).toEqual([]);
});

test("what was imported causes no reaction", async () => {
  const { shipmentId } = await world.addShipment({ origin: "import" });
  expect(await recordEvents(world.deps, heard(shipmentId, [delivered]))).toMatchObject({ kind: "changed" });
  expect(await jobsOf(shipmentId)).toEqual([]);
});

test("a removed parcel still takes scans, and is not watched for it", async () => {
  const { shipmentId } = await world.addShipment({ lifecycle: "removed" });
  expect(await recordEvents(world.deps, heard(shipmentId, [moving]))).toMatchObject({ kind: "changed" });
  expect(await read(shipmentId)).toMatchObject({ status: "in_transit", nextCheckAt: null });
});

test("a parcel of nobody, or of another shop, is gone", async () => {
  expect(await recordEvents(world.deps, heard("shp_none", [moving]))).toEqual({ kind: "gone" });
  const { shipmentId } = await world.addShipment();
  expect(await recordEvents(world.deps, { ...heard(shipmentId, [moving]), shopId: "shop_other" })).toEqual({
    kind: "gone",
  });
});

test("a published status that no scan tells is kept in the log and decides", async () => {
  const { shipmentId } = await world.addShipment();
  const top = { status: "return_to_sender" as const, subStatus: null, code: "return_to_sender" };
  await recordEvents(world.deps, heard(shipmentId, [moving], { topLevelStatus: top }));
  expect(await read(shipmentId)).toMatchObject({
    status: "return_to_sender",
    flags: ["statusConflict"],
    eventCount: 1,
  });
});

test("text that PostgreSQL refuses is mended, and an endless answer is cut", async () => {
  const { shipmentId } = await world.addShipment();
  const hostile = carrierEvent(
    { status: "in_transit", description: "a\0b\ud800", raw: { "k\0": "v\0\udfff", big: "x" } },
    hour(1),
  );
  const many = Array.from({ length: 700 }, (_, index) =>
    carrierEvent({ status: "in_transit", code: `C${index}` }, hour(2)),
  );
  await recordEvents(world.deps, heard(shipmentId, [hostile]));
  await recordEvents(world.deps, heard(shipmentId, many));
  const { events, eventCount } = await read(shipmentId);
  expect(eventCount).toBe(501);
  expect(events.find(({ code }) => code === "in_transit")).toMatchObject({
    description: "ab\ufffd",
    raw: { k: "v\ufffd", big: "x" },
  });
});

test("a batch records many parcels, each with its own outcome", async () => {
  const [first, second] = [await world.addShipment(), await world.addShipment()];
  const outcomes = await world.db.forShop(world.shopId, (tx) =>
    recordBatchIn(tx, world.deps, {
      shopId: world.shopId,
      inputs: [
        heard(first.shipmentId, [moving]),
        { shipmentId: second.shipmentId, check: { problem: null } },
        heard("shp_none", [moving]),
      ],
    }),
  );
  expect(outcomes.get(first.shipmentId)).toMatchObject({ kind: "changed" });
  expect(outcomes.get(second.shipmentId)).toEqual({ kind: "unchanged" });
  expect(outcomes.get("shp_none")).toBeUndefined();
  expect(await read(second.shipmentId)).toMatchObject({ checksThatDay: 1, lastCheckAt: world.clock.now() });
});

test("an error leaves the state alone, is noted, and is asked again later", async () => {
  const { shipmentId } = await world.addShipment();
  await recordEvents(world.deps, heard(shipmentId, [out]));
  const before = await read(shipmentId);
  const check = { problem: { kind: "server" as const, message: "The carrier could not be reached." } };
  expect(await recordEvents(world.deps, { shopId: world.shopId, shipmentId, check })).toEqual({ kind: "unchanged" });
  const after = await read(shipmentId);
  expect(after).toMatchObject({
    status: "out_for_delivery",
    version: before.version,
    checkFailures: 1,
    checkProblem: { kind: "server" },
  });
  expect(after.nextCheckAt?.getTime()).toBeGreaterThan(world.clock.now().getTime());
  expect((await trail(shipmentId)).map(({ type }) => type)).toContain("shipment.check_failed");
});

test("a parcel that falls silent expires through the log, and the next scan brings it back", async () => {
  const { shipmentId } = await world.addShipment();
  await recordEvents(world.deps, heard(shipmentId, [moving]));
  world.clock.advance(31 * DAY);
  const check = { problem: null };
  expect(await recordEvents(world.deps, { ...heard(shipmentId, [moving]), check })).toMatchObject({
    kind: "changed",
    change: { after: { status: "expired" } },
  });
  expect(await read(shipmentId)).toMatchObject({
    status: "expired",
    stopReason: "expired",
    nextCheckAt: null,
    eventCount: 1,
  });
  world.clock.advance(HOUR);
  const found = carrierEvent({ status: "in_transit", code: "AR" }, world.clock.now());
  expect(await recordEvents(world.deps, heard(shipmentId, [found]))).toMatchObject({
    change: { after: { status: "in_transit" } },
  });
  const back = await read(shipmentId);
  expect(back.stopReason).toBeNull();
  expect(back.nextCheckAt).not.toBeNull();
});
