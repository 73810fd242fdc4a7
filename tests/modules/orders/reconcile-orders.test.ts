import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handleOrderWebhook } from "#app/modules/orders/handle-order-webhook.server.ts";
import { reconcileOrders } from "#app/modules/orders/reconcile-orders.server.ts";
import { refreshOrder } from "#app/modules/orders/refresh-order.server.ts";
import { startImport } from "#app/modules/orders/start-import.server.ts";
import { sweepReconciliation } from "#app/modules/orders/sweep-reconciliation.server.ts";
import { orderBody } from "#tests/fixtures/shopify/store-order.ts";
import { MINUTE } from "#tests/support/test-clock.ts";
import { openShop, openWorld, storedRows, storeFulfillment, storeOrder, type World } from "./orders-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function markedShop() {
  const shop = await openShop(world);
  await world.deps.db.forShop(shop.shopId, (tx) => startImport(tx, world.deps, { shopId: shop.shopId }));
  const mark = () => world.deps.db.forShop(shop.shopId, (tx) => tx.syncMark.findFirstOrThrow());
  return { ...shop, mark };
}

const now = () => world.clock.now().toISOString();

describe("reconciliation", () => {
  test("heals what dropped webhooks left out, and a second run changes no row", async () => {
    const { shopId, deps, shopify } = await markedShop();
    world.clock.advance(2 * MINUTE);
    for (let index = 0; index < 40; index += 1) {
      const order = storeOrder({ createdAt: now(), fulfillments: [storeFulfillment({ createdAt: now() })] });
      shopify.orders.set(order.id, order);
      // One message in five never comes.
      if (index % 5 > 0) {
        await handleOrderWebhook(deps, { shopId, topic: "orders/create", body: orderBody(order), triggeredAt: null });
      }
    }
    world.clock.advance(5 * MINUTE);
    expect(await reconcileOrders(deps, { shopId })).toEqual({ kind: "finished", ordersSeen: 40, changes: 8 * 4 });
    const rows = await storedRows(world, shopId);
    expect(rows.orders).toHaveLength(40);
    expect(new Set(rows.parcels.map(([, , , origin]) => origin))).toEqual(new Set(["live"]));
    world.clock.advance(5 * MINUTE);
    expect(await reconcileOrders(deps, { shopId })).toEqual({ kind: "finished", ordersSeen: 40, changes: 0 });
    expect(await storedRows(world, shopId)).toEqual(rows);
  });

  test("finds each shop that is due once, and asks an idle one a single question", async () => {
    const { shopId, deps, shopify, mark } = await markedShop();
    world.clock.advance(6 * MINUTE);
    await sweepReconciliation(world.deps);
    await sweepReconciliation(world.deps);
    const queued = (await world.jobs("orders.reconcile")).filter(
      (job) => (job as { shopId: string }).shopId === shopId,
    );
    expect(queued).toEqual([{ shopId }]);
    expect(await reconcileOrders(deps, { shopId })).toEqual({ kind: "finished", ordersSeen: 0, changes: 0 });
    expect(shopify.calls).toEqual(["OrdersPage"]);
    expect(await mark()).toMatchObject({ upTo: world.clock.now(), cursor: null });
  });

  test("goes on with a long walk where the last run stopped, and only then moves the mark", async () => {
    const { shopId, deps, shopify, mark } = await markedShop();
    shopify.pageSize = 2;
    world.clock.advance(2 * MINUTE);
    for (let index = 0; index < 25; index += 1) {
      const order = storeOrder({ createdAt: now() });
      shopify.orders.set(order.id, order);
    }
    const before = await mark();
    expect(await reconcileOrders(deps, { shopId })).toMatchObject({ kind: "continues", ordersSeen: 20 });
    expect(await mark()).toMatchObject({ upTo: before.upTo, dueAt: world.clock.now() });
    const startedAt = world.clock.now();
    world.clock.advance(MINUTE);
    expect(await reconcileOrders(deps, { shopId })).toMatchObject({ kind: "finished", ordersSeen: 25 });
    expect(await mark()).toMatchObject({ upTo: startedAt, cursor: null });
  });

  test("keeps the mark while Shopify does not answer, and catches up afterwards", async () => {
    const { shopId, deps, shopify, mark } = await markedShop();
    const before = await mark();
    const order = storeOrder({ createdAt: now() });
    shopify.orders.set(order.id, order);
    shopify.instead.push({ kind: "unavailable", message: "reset" }, { kind: "throttled", retryAfterSeconds: 4 });
    expect(await reconcileOrders(deps, { shopId })).toMatchObject({ kind: "postponed" });
    expect(await reconcileOrders(deps, { shopId })).toMatchObject({ kind: "postponed" });
    expect((await mark()).upTo).toEqual(before.upTo);
    world.clock.advance(120 * MINUTE);
    expect(await reconcileOrders(deps, { shopId })).toMatchObject({ kind: "finished", ordersSeen: 1 });
    expect((await storedRows(world, shopId)).orders).toHaveLength(1);
  });

  test("heals a delivery event whose webhook was dropped", async () => {
    const { shopId, deps, shopify } = await markedShop();
    const fulfillment = storeFulfillment({ createdAt: now() });
    const order = storeOrder({ createdAt: now(), fulfillments: [fulfillment] });
    shopify.orders.set(order.id, order);
    await handleOrderWebhook(deps, { shopId, topic: "orders/create", body: orderBody(order), triggeredAt: null });
    world.clock.advance(MINUTE);
    Object.assign(fulfillment, { nativeStatus: "in_transit", updatedAt: now() });
    fulfillment.events.push({ id: "4411", status: "in_transit", message: null, happenedAt: now(), createdAt: now() });
    order.updatedAt = now();
    await reconcileOrders(deps, { shopId });
    const orderId = `gid://shopify/Order/${order.id}`;
    expect(await world.jobs("orders.refresh")).toContainEqual({ shopId, orderId });
    await refreshOrder(deps, { shopId, orderId });
    expect(world.nativeEvents.seen.map(({ event }) => event.id)).toContain("gid://shopify/FulfillmentEvent/4411");
  });

  test("leaves a shop without a mark alone", async () => {
    const { shopId, deps, shopify } = await openShop(world);
    expect(await reconcileOrders(deps, { shopId })).toEqual({ kind: "no_mark" });
    expect(shopify.calls).toEqual([]);
  });
});
