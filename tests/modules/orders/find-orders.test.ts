import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ordersWithoutFulfillment, ordersWithoutTracking } from "#app/modules/orders/find-orders.server.ts";
import { handleOrderWebhook } from "#app/modules/orders/handle-order-webhook.server.ts";
import { orderBody, type StoreOrder } from "#tests/fixtures/shopify/store-order.ts";
import { openShop, openWorld, storeFulfillment, storeOrder, type World } from "./orders-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function shopWith(...orders: StoreOrder[]) {
  const { shopId, deps } = await openShop(world);
  for (const order of orders) {
    await handleOrderWebhook(deps, { shopId, topic: "orders/create", body: orderBody(order), triggeredAt: null });
  }
  return { shopId, deps };
}

const gid = (order: StoreOrder) => `gid://shopify/Order/${order.id}`;
const OLD = "2026-11-15T09:00:00Z";

describe("what needs action", () => {
  test("is what is neither shipped nor cancelled, and what is shipped without a number", async () => {
    const waiting = storeOrder({ createdAt: OLD });
    const fresh = storeOrder();
    const cancelled = storeOrder({ createdAt: OLD, cancelledAt: OLD });
    const blind = storeOrder({
      createdAt: OLD,
      fulfillments: [storeFulfillment({ numbers: [], createdAt: OLD })],
    });
    const followed = storeOrder({ createdAt: OLD, fulfillments: [storeFulfillment({ createdAt: OLD })] });
    const { shopId, deps } = await shopWith(waiting, fresh, cancelled, blind, followed);
    const window = { shopId, now: world.clock.now(), olderThanDays: 2, limit: 10 };
    const [unshipped, untracked] = await deps.db.forShop(shopId, async (tx) => [
      await ordersWithoutFulfillment(tx, window),
      await ordersWithoutTracking(tx, window),
    ]);
    expect([unshipped?.count, unshipped?.orders.map((one) => one.orderId)]).toEqual([1, [gid(waiting)]]);
    expect([untracked?.count, untracked?.orders.map((one) => one.orderId)]).toEqual([1, [gid(blind)]]);
  });

  test("is counted beyond the ones that are shown", async () => {
    const { shopId, deps } = await shopWith(...[1, 2, 3].map(() => storeOrder({ createdAt: OLD })));
    const window = { shopId, now: world.clock.now(), olderThanDays: 2, limit: 2 };
    const found = await deps.db.forShop(shopId, (tx) => ordersWithoutFulfillment(tx, window));
    expect([found.count, found.orders.length]).toEqual([3, 2]);
  });
});
