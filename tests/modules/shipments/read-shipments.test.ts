import { afterAll, beforeAll, expect, test } from "vitest";
import { Prisma } from "#app/generated/prisma/client.ts";
import { recordEvents } from "#app/modules/shipments/record-events.server.ts";
import { readIndexQuery } from "#app/modules/shipments/index-query.ts";
import { readTabCounts } from "#app/modules/shipments/read-day-numbers.server.ts";
import { readIndexPage } from "#app/modules/shipments/read-index-page.server.ts";
import { readParcelPage, readRawEvent } from "#app/modules/shipments/read-parcel-page.server.ts";
import { MINUTE } from "#tests/support/test-clock.ts";
import { runAsOwner } from "#tests/support/run-as-owner.ts";
import { addOrder, addShipment, addShop } from "./shipment-rows.ts";
import { createShipmentWorld, type ShipmentWorld } from "./shipment-world.ts";
import { carrierEvent, carrierShipment } from "./stored-events.ts";

let world: ShipmentWorld;
const ids: string[] = [];
/** More than two pages. */
const PARCELS = 108;
const STATUSES = ["delivered", "in_transit", "exception", "return_to_sender"];

beforeAll(async () => {
  world = await createShipmentWorld();
  const { db, clock, shopId } = world;
  const other = await addOrder(db, clock, { shopId, name: "#2001", email: "kim@example.com" });
  for (let index = 0; index < PARCELS; index += 1) {
    // Three at a time share their moment: the cursor has to tell them apart.
    if (index % 3 === 0) clock.advance(MINUTE);
    const status = STATUSES[index % 4] ?? "unknown";
    const orderId = index === 5 ? other : world.orderId;
    const given = {
      shopId,
      orderId,
      status,
      trackingNumber: `1ZLIST${String(index).padStart(3, "0")}`,
      carrier: index === 7 ? "fedex" : "ups",
    };
    ids.push((await addShipment(db, clock, given)).shipmentId);
  }
  await addShipment(db, clock, { shopId, orderId: world.orderId, lifecycle: "removed", trackingNumber: "1ZLISTGONE" });
  const stranger = await addShop(db, clock);
  await addShipment(db, clock, {
    shopId: stranger,
    orderId: await addOrder(db, clock, { shopId: stranger }),
    trackingNumber: "1ZLIST100",
  });
});
afterAll(() => world.close());

type Asked = Record<string, string>;

const list = (query: Asked) =>
  world.db.forShop(world.shopId, (tx) =>
    readIndexPage(
      tx,
      { shopId: world.shopId, timezone: "UTC", now: world.clock.now() },
      readIndexQuery(new URLSearchParams(query)),
    ),
  );
const numbers = async (query: Asked) => (await list(query)).rows.map(({ trackingNumber }) => trackingNumber).sort();

/** Every row of a list, page by page to its end. */
async function readForward(query: Asked) {
  let page = await list(query);
  expect(page.previous).toBeNull();
  const rows = [...page.rows];
  while (page.next) {
    page = await list({ ...query, cursor: page.next });
    rows.push(...page.rows);
  }
  return { last: page, found: rows.map(({ id }) => id) };
}

test.each<[string, Asked, number]>([
  ["all", {}, PARCELS],
  // Two statuses, each a range of its own in the index: merged they are one list.
  ["of a tab of several statuses", { tab: "attention" }, PARCELS / 2],
])("pages of the parcels %s run through each once, newest first, and back again", async (_name, query, count) => {
  const { last, found } = await readForward(query);
  expect(found).toHaveLength(count);
  expect(new Set(found).size).toBe(count);
  if (count === PARCELS) expect(new Set(found)).toEqual(new Set(ids));
  let page = last;
  const backward = page.rows.map(({ id }) => id);
  while (page.previous) {
    page = await list({ ...query, cursor: page.previous });
    backward.unshift(...page.rows.map(({ id }) => id));
  }
  expect(backward).toEqual(found);
});

test("a cursor that is none begins at the beginning", async () => {
  expect((await list({ cursor: "'; DROP TABLE shipment" })).rows).toEqual((await list({})).rows);
});

test.each<[string, Asked, number]>([
  ["by tab", { tab: "delivered" }, PARCELS / 4],
  ["by carrier", { carrier: "fedex" }, 1],
  ["by date", { tab: "delivered", from: "2026-03-02", to: "2026-03-02" }, PARCELS / 4],
  ["outside the dates", { to: "2026-03-01" }, 0],
  ["by flag", { problem: "statusConflict" }, 0],
])("filters %s", async (_name, query, count) => {
  expect((await list(query)).rows).toHaveLength(count);
});

test.each([
  ["a tracking number as people copy it", "1z list-007", ["1ZLIST007"]],
  [
    "the beginning of a number, removed parcels and other shops left out",
    "1ZLIST10",
    ["1ZLIST100", "1ZLIST101", "1ZLIST102", "1ZLIST103", "1ZLIST104", "1ZLIST105", "1ZLIST106", "1ZLIST107"],
  ],
  ["an order name", "#2001", ["1ZLIST005"]],
  ["the beginning of an e-mail address", "Kim@", ["1ZLIST005"]],
  ["nothing known", "nobody@example.com", []],
  ["a wild card that is only a character", "1ZLIST%", []],
])("finds %s", async (_name, search, found) => {
  expect(await numbers({ q: search })).toEqual(found);
});

test("counts of the tabs leave removed parcels and other shops out", async () => {
  const counts = await world.db.forShop(world.shopId, (tx) => readTabCounts(tx, world.shopId));
  expect(counts).toMatchObject({
    ...{ all: PARCELS, delivered: PARCELS / 4, in_transit: PARCELS / 4, attention: PARCELS / 2 },
    ...{ waiting: 0, out_for_delivery: 0, available_for_pickup: 0, ended: 0 },
  });
});

test("the page of a parcel has its order and its log, the piece behind a scan is read apart", async () => {
  const { shopId, db, deps } = world;
  const id = ids[1] ?? "";
  const shipment = carrierShipment("1ZLIST001", [carrierEvent({ status: "in_transit" }, world.clock.now())]);
  await recordEvents(deps, { shopId, shipmentId: id, answer: { source: "poll", carrier: "ups", shipment } });
  const page = await db.forShop(shopId, (tx) => readParcelPage(tx, shopId, id));
  expect(page).toMatchObject({ parcel: { id }, order: { name: "#1042" } });
  const [entry, ...others] = page?.timeline.days.flatMap(({ entries }) => entries) ?? [];
  expect(others).toEqual([]);
  expect(entry).toMatchObject({ status: "in_transit" });
  expect(entry).not.toHaveProperty("raw");
  const fingerprint = entry?.fingerprint ?? "";
  const raw = await db.forShop(shopId, (tx) => readRawEvent(tx, { shopId, shipmentId: id, fingerprint }));
  expect(raw).toMatchObject({ raw: { code: "in_transit" } });
  expect(await db.forShop(shopId, (tx) => readParcelPage(tx, shopId, "shp_none"))).toBeNull();
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
