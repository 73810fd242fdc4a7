import { afterAll, beforeAll, expect, test } from "vitest";
import { Prisma } from "#app/generated/prisma/client.ts";
import { recordEvents } from "#app/modules/shipments/record-events.server.ts";
import { shipmentDetail, shipmentsOfOrder } from "#app/modules/shipments/read-shipment.server.ts";
import { listShipments, statusCounts } from "#app/modules/shipments/read-shipments.server.ts";
import { type ShipmentQuery, shipmentQuerySchema } from "#app/modules/shipments/shipment-query.ts";
import { MINUTE } from "#tests/support/test-clock.ts";
import { runAsOwner } from "#tests/support/test-cluster.ts";
import { addOrder, addShipment, addShop } from "./shipment-rows.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";
import { carrierEvent, carrierShipment } from "./stored-events.ts";

let world: ShipmentWorld;
const ids: string[] = [];

beforeAll(async () => {
  world = await createShipmentWorld();
  const { db, clock, shopId } = world;
  const other = await addOrder(db, clock, { shopId, name: "#2001", email: "kim@example.com" });
  for (let index = 0; index < 12; index += 1) {
    // Three at a time share their moment: the cursor has to tell them apart.
    if (index % 3 === 0) clock.advance(MINUTE);
    const status = index % 4 === 0 ? "delivered" : "in_transit";
    const orderId = index === 5 ? other : world.orderId;
    const given = {
      shopId,
      orderId,
      status,
      trackingNumber: `1ZLIST${String(index).padStart(2, "0")}`,
      carrier: index === 7 ? "fedex" : "ups",
    };
    ids.push((await addShipment(db, clock, given)).shipmentId);
  }
  await addShipment(db, clock, { shopId, orderId: world.orderId, lifecycle: "removed", trackingNumber: "1ZLISTGONE" });
  const stranger = await addShop(db, clock);
  await addShipment(db, clock, {
    shopId: stranger,
    orderId: await addOrder(db, clock, { shopId: stranger }),
    trackingNumber: "1ZLIST99",
  });
});
afterAll(() => world.close());

const list = (query: Partial<ShipmentQuery>) =>
  world.db.forShop(world.shopId, (tx) => listShipments(tx, world.shopId, shipmentQuerySchema.parse(query)));
const numbers = async (query: Partial<ShipmentQuery>) =>
  (await list(query)).items.map(({ trackingNumber }) => trackingNumber).sort();

test("pages run through every parcel once, newest first, and back again", async () => {
  const forward: string[] = [];
  const cursors: string[] = [];
  let page = await list({ limit: 5 });
  expect(page.previous).toBeNull();
  for (;;) {
    forward.push(...page.items.map(({ id }) => id));
    if (!page.next) break;
    cursors.push(page.next);
    page = await list({ limit: 5, cursor: page.next });
  }
  expect(forward).toHaveLength(12);
  expect(new Set(forward)).toEqual(new Set(ids));
  const backward = page.items.map(({ id }) => id);
  while (page.previous) {
    page = await list({ limit: 5, cursor: page.previous });
    backward.unshift(...page.items.map(({ id }) => id));
  }
  expect(backward).toEqual(forward);
});

test("a cursor that is none begins at the beginning", async () => {
  expect((await list({ cursor: "'; DROP TABLE shipment", limit: 3 })).items).toHaveLength(3);
});

test.each<[string, Partial<ShipmentQuery>, number]>([
  ["by status", { status: "delivered" }, 3],
  ["by carrier", { carrier: "fedex" }, 1],
  ["by date", { from: "2026-03-02", to: "2026-03-02" }, 12],
  ["outside the dates", { to: "2026-03-01" }, 0],
  ["by flag", { flag: "statusConflict" }, 0],
])("filters %s", async (_name, query, count) => {
  expect((await list(query)).items).toHaveLength(count);
});

test.each([
  ["a tracking number as people copy it", "1z list-07", ["1ZLIST07"]],
  ["the beginning of a number, removed parcels and other shops left out", "1ZLIST1", ["1ZLIST10", "1ZLIST11"]],
  ["an order name", "#2001", ["1ZLIST05"]],
  ["the beginning of an e-mail address", "Kim@", ["1ZLIST05"]],
  ["nothing known", "nobody@example.com", []],
  ["a wild card that is only a character", "1ZLIST%", []],
])("finds %s", async (_name, search, found) => {
  expect(await numbers({ search })).toEqual(found);
});

test("counts by status leave removed parcels and other shops out", async () => {
  const counts = await world.db.forShop(world.shopId, (tx) => statusCounts(tx, world.shopId));
  expect(Object.fromEntries(counts)).toEqual({ delivered: 3, in_transit: 9 });
});

test("the detail has the order and the whole log; the shopper's read has no raw pieces", async () => {
  const { shopId, db, deps } = world;
  const id = ids[2] ?? "";
  const shipment = carrierShipment("1ZLIST02", [carrierEvent({ status: "in_transit" }, world.clock.now())]);
  await recordEvents(deps, { shopId, shipmentId: id, answer: { source: "poll", carrier: "ups", shipment } });
  const detail = await db.forShop(shopId, (tx) => shipmentDetail(tx, shopId, id));
  expect(detail).toMatchObject({
    id,
    order: { name: "#1042" },
    events: [{ status: "in_transit", raw: { code: "in_transit" } }],
  });
  const parcels = await db.forShop(shopId, (tx) => shipmentsOfOrder(tx, shopId, world.orderId));
  expect(parcels).toHaveLength(11);
  expect(parcels.flatMap(({ events }) => events).every((event) => !("raw" in event))).toBe(true);
  expect(await db.forShop(shopId, (tx) => shipmentDetail(tx, shopId, "shp_none"))).toBeNull();
});

test("searching and paging use the indexes under row-level security", async () => {
  const { shopId, db, database } = world;
  await db.forShop(
    shopId,
    (tx) => tx.$executeRaw`
      INSERT INTO shipment (shop_id, id, order_id, fulfillment_id, tracking_number, origin, status_since, created_at, updated_at)
      SELECT shop_id, 'shp_many_' || n, order_id, fulfillment_id, 'M' || n, origin, now(), now() - n * interval '1 minute', now()
      FROM shipment, generate_series(1, 5000) AS n WHERE id = ${ids[0]}`,
  );
  await runAsOwner(database.ownerUrl, ["ANALYZE shipment"]);
  const explain = (condition: Prisma.Sql) =>
    db.forShop(shopId, async (tx) => {
      const plan = await tx.$queryRaw<{ "QUERY PLAN": string }[]>`
        EXPLAIN SELECT id FROM shipment WHERE shop_id = ${shopId} AND ${condition}`;
      return plan.map((line) => line["QUERY PLAN"]).join("\n");
    });
  // LIKE is not leakproof: under row-level security it would read every parcel of the shop.
  expect(await explain(Prisma.sql`tracking_number ~>=~ 'M77' AND tracking_number ~<~ 'M78'`)).toMatch(
    /Index Cond: .*~>=~/,
  );
  expect(await explain(Prisma.sql`tracking_number LIKE 'M77%'`)).not.toMatch(/Index Cond: .*~>=~/);
  const page = Prisma.sql`(created_at, id) < (now() - interval '2 days', 'x') ORDER BY created_at DESC, id DESC LIMIT 50`;
  expect(await explain(page)).toMatch(/Index Cond: .*ROW\(created_at/);
});
