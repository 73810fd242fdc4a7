import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handleFulfillmentWebhook } from "#app/modules/orders/handle-fulfillment-webhook.server.ts";
import { handleOrderWebhook } from "#app/modules/orders/handle-order-webhook.server.ts";
import { orderNamesOf } from "#app/modules/orders/order-name.ts";
import { fulfillmentBody, orderBody } from "#tests/fixtures/shopify/store-order.ts";
import { openShop, openWorld, storedRows, storeFulfillment, storeOrder, type World } from "./orders-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const webhook = (shopId: string, topic: string, body: unknown) => ({ shopId, topic, body, triggeredAt: null });

describe("an order's webhook", () => {
  test("that names a fulfillment and a line twice is stored once, in its newest state", async () => {
    const { shopId, deps } = await openShop(world);
    const fulfillment = storeFulfillment({ numbers: ["1ZTWICE"] });
    const order = storeOrder({ fulfillments: [fulfillment] });
    const body = orderBody(order) as { fulfillments: Record<string, unknown>[]; line_items: object[] };
    const [first] = body.fulfillments;
    const newer = { ...first, updated_at: "2026-11-20T11:30:00Z", shipment_status: "in_transit" };
    const twice = { ...body, fulfillments: [newer, first], line_items: [...body.line_items, ...body.line_items] };
    await handleOrderWebhook(deps, webhook(shopId, "orders/create", twice));
    const rows = await storedRows(world, shopId);
    expect(rows.lines).toHaveLength(1);
    expect(rows.fulfillments).toMatchObject([{ nativeStatus: "in_transit" }]);
    expect(rows.parcels.map(([, number]) => number)).toEqual(["1ZTWICE"]);
  });

  test("keeps a tag whose cut end would be half a character", async () => {
    const { shopId, deps } = await openShop(world);
    const order = storeOrder({ tags: [`${"t".repeat(254)}\u{1f4e6}`, "plain"] });
    await handleOrderWebhook(deps, webhook(shopId, "orders/create", orderBody(order)));
    const { orders } = await storedRows(world, shopId);
    expect(orders[0]?.tags).toContain("plain");
    expect(orders[0]?.tags).toHaveLength(2);
  });

  test("keeps a name in rare characters, however long, and is found by it", async () => {
    const { shopId, deps } = await openShop(world);
    const name = `#1${"\u{20bb7}".repeat(99)}`;
    await handleOrderWebhook(deps, webhook(shopId, "orders/create", orderBody(storeOrder({ name }))));
    const { orders } = await storedRows(world, shopId);
    expect(orders[0]).toMatchObject({ name: name.slice(0, 2) + "\u{20bb7}".repeat(98) });
    expect(orderNamesOf(orders[0]?.name ?? "", "#")).toContain(orders[0]?.lookupName);
  });

  test("delivered twice at the same moment makes one order with one parcel", async () => {
    const { shopId, deps } = await openShop(world);
    const order = storeOrder({ fulfillments: [storeFulfillment({ numbers: ["1ZSAME"] })] });
    const deliver = (topic: string) => handleOrderWebhook(deps, webhook(shopId, topic, orderBody(order)));
    await Promise.all([deliver("orders/create"), deliver("orders/updated"), deliver("orders/updated")]);
    const rows = await storedRows(world, shopId);
    expect([rows.orders.length, rows.lines.length, rows.fulfillments.length, rows.parcels.length]).toEqual([
      1, 1, 1, 1,
    ]);
  });
});

describe("a fulfillment's webhook", () => {
  test("cannot move a fulfillment to another order", async () => {
    const { shopId, deps } = await openShop(world);
    const fulfillment = storeFulfillment({ numbers: ["1ZMINE"] });
    const [own, other] = [storeOrder({ fulfillments: [fulfillment] }), storeOrder()];
    for (const order of [own, other]) {
      await handleOrderWebhook(deps, webhook(shopId, "orders/create", orderBody(order)));
    }
    const before = await storedRows(world, shopId);
    const moved = { ...fulfillment, updatedAt: "2026-11-20T11:59:00Z", numbers: ["1ZTHEIRS"] };
    const outcome = await handleFulfillmentWebhook(
      deps,
      webhook(shopId, "fulfillments/update", fulfillmentBody(other, moved)),
    );
    expect(outcome.kind).toBe("ignored");
    expect(await storedRows(world, shopId)).toEqual(before);
  });

  test("of the same second as what is stored is applied, unless it says created", async () => {
    const { shopId, deps } = await openShop(world);
    const fulfillment = storeFulfillment({ numbers: ["1ZFIRST"] });
    const order = storeOrder({ fulfillments: [fulfillment] });
    await handleOrderWebhook(deps, webhook(shopId, "orders/create", orderBody(order)));
    const body = fulfillmentBody(order, { ...fulfillment, numbers: ["1ZSECOND"] });
    const numbers = async () => (await storedRows(world, shopId)).parcels.map(([, number]) => number);
    const created = await handleFulfillmentWebhook(deps, webhook(shopId, "fulfillments/create", body));
    expect(created).toEqual({ kind: "ignored", reason: "older than what is stored" });
    expect(await numbers()).toEqual(["1ZFIRST"]);
    expect(await handleFulfillmentWebhook(deps, webhook(shopId, "fulfillments/update", body))).toEqual({
      kind: "applied",
    });
    expect(await numbers()).toEqual(["1ZSECOND"]);
  });

  test("keeps what it does not carry: lines and the time of the delivery", async () => {
    const { shopId, deps } = await openShop(world);
    const fulfillment = storeFulfillment();
    const order = storeOrder({ fulfillments: [fulfillment] });
    await handleOrderWebhook(deps, webhook(shopId, "orders/create", orderBody(order)));
    const deliveredAt = new Date("2026-11-20T11:00:00Z");
    const lines = [{ lineId: "gid://shopify/LineItem/1", quantity: 2 }];
    await deps.db.forShop(shopId, (tx) =>
      tx.fulfillment.updateMany({ where: { shopId }, data: { nativeDeliveredAt: deliveredAt, lines } }),
    );
    const body = { ...fulfillmentBody(order, { ...fulfillment, updatedAt: "2026-11-20T11:59:00Z" }), line_items: [] };
    await handleFulfillmentWebhook(deps, webhook(shopId, "fulfillments/update", body));
    const { fulfillments } = await storedRows(world, shopId);
    expect(fulfillments).toMatchObject([
      { nativeDeliveredAt: deliveredAt, lines, sourceUpdatedAt: new Date("2026-11-20T11:59:00Z") },
    ]);
  });
});
