import { afterAll, beforeAll, expect, test } from "vitest";
import { countUnshipped, readUnshipped } from "#app/modules/foresight/read-unshipped.server.ts";
import { withConnection } from "#tests/postgres/server-connection.ts";
import { makeOrder, makeShipment } from "#tests/support/factories.ts";
import { DAY } from "#tests/support/test-clock.ts";
import { createForesightWorld, type ForesightWorld } from "./foresight-world.ts";

let world: ForesightWorld;
beforeAll(async () => {
  world = await createForesightWorld();
});
afterAll(() => world.close());

/** Orders that should have shipped so many days ago; two of one day stand side by side. */
async function makeLate(daysAgo: readonly number[]): Promise<string[]> {
  const { db, clock, shopId } = world;
  const ids: string[] = [];
  for (const days of daysAgo) {
    const unfulfilledSince = new Date(clock.now().getTime() - days * DAY);
    const { orderId } = await db.forShop(shopId, (tx) => makeOrder(tx, clock, { shopId }));
    const where = { shopId_id: { shopId, id: orderId } };
    await db.forShop(shopId, (tx) => tx.order.update({ where, data: { unfulfilledSince, promisedOn: "2026-03-06" } }));
    ids.push(orderId);
  }
  return ids;
}

const read = (cursor?: string | null) =>
  world.db.forShop(world.shopId, (tx) => readUnshipped(tx, { shopId: world.shopId, cursor: cursor ?? "", limit: 2 }));
const count = () => world.db.forShop(world.shopId, (tx) => countUnshipped(tx, world.shopId));
const idsOf = (page: Awaited<ReturnType<typeof read>>) => page.rows.map(({ orderId }) => orderId);

test("nothing waits in a shop that ships in time", async () => {
  expect(await read()).toEqual({ rows: [], next: null, previous: null });
  expect(await count()).toBe(0);
});

test("the longest waiting come first, page by page there and back, until they are shipped or cancelled", async () => {
  const [three, nine, five, five2, one] = await makeLate([3, 9, 5, 5, 1]);
  const fives = [five, five2].sort();
  const first = await read();
  expect(idsOf(first)).toEqual([nine, fives[0]]);
  expect(first).toMatchObject({ previous: null, rows: [{ promisedOn: "2026-03-06" }, {}] });
  const second = await read(first.next);
  expect(idsOf(second)).toEqual([fives[1], three]);
  const last = await read(second.next);
  expect(idsOf(last)).toEqual([one]);
  expect(last.next).toBeNull();
  expect(idsOf(await read(last.previous))).toEqual(idsOf(second));
  expect(await read(second.previous)).toEqual(first);
  expect(await count()).toBe(5);

  const { db, clock, shopId } = world;
  await db.forShop(shopId, async (tx) => {
    await makeShipment(tx, clock, { shopId, orderId: nine ?? "", status: "unknown" });
    const where = { shopId_id: { shopId, id: fives[0] ?? "" } };
    await tx.order.update({ where, data: { cancelledAt: clock.now() } });
  });
  expect(idsOf(await read())).toEqual([fives[1], three]);
  expect(await count()).toBe(3);
});

test("the list is read from an index that holds late orders alone", async () => {
  const plan = await withConnection(world.database.ownerUrl, async (client) => {
    // A few rows are read quicker without any index: what matters is that this one serves the list.
    await client.query("SET enable_seqscan = off");
    await client.query("SET enable_sort = off");
    const { rows } = await client.query<Record<string, string>>(`EXPLAIN SELECT id FROM orders o
      WHERE o.shop_id = '${world.shopId}' AND o.unfulfilled_since IS NOT NULL ORDER BY o.unfulfilled_since, o.id LIMIT 51`);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
  expect(plan).toContain("orders_unfulfilled_idx");
  expect(plan).not.toContain("Sort");
});
