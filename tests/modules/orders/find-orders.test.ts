import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  orderByLinkToken,
  orderForLookup,
  ordersWithoutFulfillment,
  ordersWithoutTracking,
  orderSummary,
} from "#app/modules/orders/find-orders.server.ts";
import { handleOrderWebhook } from "#app/modules/orders/handle-order-webhook.server.ts";
import { hashLinkToken, openLinkToken } from "#app/modules/orders/link-token.server.ts";
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

describe("a look-up", () => {
  test("needs number and e-mail to fit, in any spelling, and stays in its shop", async () => {
    const order = storeOrder({ name: "EU-3301", email: "Ada@Example.net" });
    const { shopId, deps } = await shopWith(order);
    const other = await shopWith(storeOrder());
    const find = (shop: string, lookupName: string, email: string) =>
      deps.db.forShop(shop, (tx) => orderForLookup(tx, { lookupName, email }));
    for (const typed of ["EU-3301", "eu3301", "#3301", "3301 "]) {
      expect((await find(shopId, typed, " ADA@example.net "))?.orderId, typed).toBe(gid(order));
    }
    expect(await find(shopId, "3301", "eve@example.net")).toBeNull();
    expect(await find(shopId, "3302", "ada@example.net")).toBeNull();
    expect(await find(other.shopId, "3301", "ada@example.net")).toBeNull();
  });

  test("by link finds the order of the token, in its shop alone", async () => {
    const order = storeOrder();
    const { shopId, deps } = await shopWith(order);
    const other = await shopWith(storeOrder());
    const summary = await deps.db.forShop(shopId, (tx) => orderSummary(tx, gid(order)));
    if (!summary) throw new Error("no order");
    const hash = hashLinkToken(openLinkToken(deps.keys, { shopId, linkTokenSealed: summary.linkTokenSealed }));
    const find = (shop: string, by: string) => deps.db.forShop(shop, (tx) => orderByLinkToken(tx, by));
    expect(await find(shopId, hash)).toEqual({ orderId: gid(order), linkExpiresAt: summary.linkExpiresAt });
    expect(await find(shopId, hashLinkToken("another"))).toBeNull();
    expect(await find(other.shopId, hash)).toBeNull();
  });
});

test("a summary has the order's lines and what is in each fulfillment", async () => {
  const order = storeOrder({ fulfillments: [storeFulfillment()] });
  const { shopId, deps } = await shopWith(order);
  const summary = await deps.db.forShop(shopId, (tx) => orderSummary(tx, gid(order)));
  expect(summary).toMatchObject({
    name: order.name,
    total: { minor: 4100n, currency: "USD" },
    lines: [{ title: "Mug", quantity: 2 }],
    fulfillments: [{ status: "success", lines: [{ quantity: 2 }] }],
  });
  expect(await deps.db.forShop(shopId, (tx) => orderSummary(tx, "gid://shopify/Order/1"))).toBeNull();
});
