import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importOrders } from "#app/modules/orders/import-orders.server.ts";
import { importProgress, startImport } from "#app/modules/orders/start-import.server.ts";
import { openShop, openWorld, storedRows, storeFulfillment, storeOrder, type World } from "./orders-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function shopWithHistory(count: number) {
  const shop = await openShop(world);
  shop.shopify.pageSize = 4;
  for (let index = 0; index < count; index += 1) {
    const createdAt = new Date(Date.parse("2026-11-18T00:00:00Z") - index * 3_600_000).toISOString();
    const order = storeOrder({ createdAt, updatedAt: createdAt, fulfillments: [storeFulfillment({ createdAt })] });
    shop.shopify.orders.set(order.id, order);
  }
  const { importId } = await world.deps.db.forShop(shop.shopId, (tx) =>
    startImport(tx, world.deps, { shopId: shop.shopId }),
  );
  return { ...shop, importId, progress: () => world.deps.db.forShop(shop.shopId, importProgress) };
}

/** Runs the job as the queue would: again while it says that it continues. */
async function runToEnd(deps: World["deps"], payload: { shopId: string; importId: string }) {
  for (let run = 1; run < 50; run += 1) {
    const outcome = await importOrders(deps, payload);
    if (outcome.kind !== "continues") return { outcome, runs: run };
  }
  throw new Error("the import does not end");
}

describe("an import", () => {
  test("brings every order of the last 60 days in bounded runs, and nothing of it is news", async () => {
    const { shopId, deps, importId, progress, shopify } = await shopWithHistory(30);
    const old = storeOrder({ createdAt: "2026-08-01T00:00:00Z" });
    shopify.orders.set(old.id, old);
    expect(await importOrders(deps, { shopId, importId })).toEqual({ kind: "continues" });
    expect(await progress()).toMatchObject({ state: "running", ordersSeen: 20, ordersDue: 30 });
    expect(await world.jobs("orders.import")).toContainEqual({ shopId, importId });
    expect(await runToEnd(deps, { shopId, importId })).toEqual({ outcome: { kind: "finished" }, runs: 1 });
    expect(await progress()).toMatchObject({ state: "done", ordersSeen: 30, shipments: 30, error: null });
    const rows = await storedRows(world, shopId);
    expect(rows.orders).toHaveLength(30);
    expect(new Set([...rows.orders, ...rows.fulfillments].map((row) => row.origin))).toEqual(new Set(["import"]));
    expect(new Set(rows.parcels.map(([, , , origin]) => origin))).toEqual(new Set(["import"]));
    const activities = await world.deps.db.forShop(shopId, (tx) => tx.activity.findMany());
    expect(activities.map(({ type, data }) => [type, data])).toEqual([
      ["import.finished", { orders: 30, shipments: 30 }],
    ]);
  });

  test("takes up where a crash at any page left it, and ends with the same rows", async () => {
    const calm = await shopWithHistory(18);
    await runToEnd(calm.deps, calm);
    const expected = (await storedRows(world, calm.shopId)).orders.length;
    for (let crashAt = 1; crashAt <= 5; crashAt += 1) {
      for (const moment of ["before the page", "after it is read"] as const) {
        const shop = await shopWithHistory(18);
        let pages = 0;
        const crash = () => Promise.reject(new Error("worker killed"));
        const isPage = (name: string) => name === "OrdersPage" && (pages += 1) === crashAt;
        const parcels = {
          sync: (...input: Parameters<typeof shop.deps.parcels.sync>) => shop.deps.parcels.sync(...input),
        };
        let dying = false;
        shop.shopify.onCall = (name) => {
          if (!isPage(name)) return;
          if (moment === "before the page") return crash();
          dying = true;
        };
        const sync: typeof parcels.sync = (...input) => {
          if (!dying) return parcels.sync(...input);
          dying = false;
          return crash();
        };
        const deps = { ...shop.deps, parcels: { sync } };
        await expect(runToEnd(deps, shop)).rejects.toThrow("worker killed");
        expect((await runToEnd(deps, shop)).outcome).toEqual({ kind: "finished" });
        expect(await shop.progress()).toMatchObject({ state: "done", ordersSeen: 18, shipments: 18 });
        expect((await storedRows(world, shop.shopId)).orders).toHaveLength(expected);
      }
    }
    // Ten imports, each killed and begun again: a loaded machine needs its time.
  }, 60_000);

  test("two workers with the same page count it once", async () => {
    const { shopId, deps, importId, progress } = await shopWithHistory(18);
    await Promise.all([importOrders(deps, { shopId, importId }), importOrders(deps, { shopId, importId })]);
    await runToEnd(deps, { shopId, importId });
    expect(await progress()).toMatchObject({ state: "done", ordersSeen: 18, shipments: 18 });
  });

  test("waits when the budget is spent, and when Shopify does not answer", async () => {
    const { shopId, deps, importId, progress, shopify } = await shopWithHistory(3);
    shopify.instead.push({ kind: "refused", message: "no count" }, { kind: "throttled", retryAfterSeconds: 7 });
    expect(await importOrders(deps, { shopId, importId })).toEqual({ kind: "continues" });
    expect(await progress()).toMatchObject({ state: "running", ordersSeen: 0, ordersDue: null, error: null });
    shopify.instead.push({ kind: "refused", message: "no count" }, { kind: "unavailable", message: "reset" });
    expect(await importOrders(deps, { shopId, importId })).toEqual({ kind: "continues" });
    expect(await progress()).toMatchObject({ state: "running", error: "unavailable" });
    expect((await runToEnd(deps, { shopId, importId })).outcome).toEqual({ kind: "finished" });
    expect(await progress()).toMatchObject({ state: "done", error: null });
  });

  test("stops when the shop has withdrawn its permission, and does not start again by itself", async () => {
    const { shopId, deps, importId, progress, shopify } = await shopWithHistory(3);
    shopify.instead.push({ kind: "unauthorised" }, { kind: "unauthorised" });
    expect(await importOrders(deps, { shopId, importId })).toEqual({ kind: "failed", reason: "unauthorised" });
    expect(await importOrders(deps, { shopId, importId })).toEqual({ kind: "not_running" });
    expect(await progress()).toMatchObject({ state: "failed", error: "unauthorised" });
  });

  test("is started once, however often it is asked for", async () => {
    const { shopId, importId } = await shopWithHistory(1);
    const again = await world.deps.db.forShop(shopId, (tx) => startImport(tx, world.deps, { shopId }));
    expect(again).toEqual({ importId, started: false });
  });

  test("loses no order to a bad one beside it", async () => {
    const { shopId, deps, importId, shopify } = await shopWithHistory(3);
    const bad = storeOrder({ createdAt: "2026-11-18T00:00:00Z", name: "" });
    shopify.orders.set(bad.id, bad);
    await runToEnd(deps, { shopId, importId });
    expect((await storedRows(world, shopId)).orders).toHaveLength(3);
  });
});
