import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "#app/lib/crypto.server.ts";
import { applyOrder } from "#app/modules/orders/apply-order.server.ts";
import { handleFulfillmentWebhook } from "#app/modules/orders/handle-fulfillment-webhook.server.ts";
import { handleOrderWebhook } from "#app/modules/orders/handle-order-webhook.server.ts";
import { openLinkToken } from "#app/modules/orders/link-token.server.ts";
import { readOrderWebhook } from "#app/modules/orders/read-order-webhook.ts";
import { refreshOrder } from "#app/modules/orders/refresh-order.server.ts";
import { fulfillmentBody, orderBody, type StoreOrder } from "#tests/fixtures/shopify/store-order.ts";
import { openShop, openWorld, storedRows, storeFulfillment, storeOrder, type World } from "./orders-world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const webhook = (shopId: string, topic: string, body: unknown) => ({ shopId, topic, body, triggeredAt: null });
const later = (order: StoreOrder, updatedAt: string, changes: Partial<StoreOrder>) => ({
  ...order,
  ...changes,
  updatedAt,
});

describe("an order", () => {
  test("is written whole, and a repetition changes no row", async () => {
    const { shopId, deps } = await openShop(world);
    const order = storeOrder({ fulfillments: [storeFulfillment({ numbers: ["1ZA", "1ZB"] }), storeFulfillment()] });
    const { value: snapshot } = readOrderWebhook(orderBody(order));
    const apply = () => deps.db.forShop(shopId, (tx) => applyOrder(tx, deps, { shopId, snapshot, origin: "live" }));
    expect(await apply()).toMatchObject({ orders: 1, changes: 7, parcelsCreated: 3, stale: 0 });
    const rows = await storedRows(world, shopId);
    expect(rows.parcels.map(([, number]) => number)).toHaveLength(3);
    expect(await apply()).toMatchObject({ orders: 0, changes: 0, stale: 0 });
    expect(await storedRows(world, shopId)).toEqual(rows);
  });

  test("gets one link, which survives every later change and opens with its hash", async () => {
    const { shopId, deps } = await openShop(world);
    const order = storeOrder();
    const read = () => deps.db.forShop(shopId, (tx) => tx.order.findFirstOrThrow());
    await handleOrderWebhook(deps, webhook(shopId, "orders/create", orderBody(order)));
    const made = await read();
    await handleOrderWebhook(
      deps,
      webhook(shopId, "orders/updated", orderBody(later(order, "2026-11-20T11:00:00Z", { tags: ["x"] }))),
    );
    const changed = await read();
    expect(changed.tags).toEqual(["x"]);
    expect([changed.linkTokenHash, changed.linkTokenSealed]).toEqual([made.linkTokenHash, made.linkTokenSealed]);
    expect(sha256(openLinkToken(deps.keys, made))).toBe(made.linkTokenHash);
    expect(made.linkExpiresAt > made.placedAt).toBe(true);
  });

  test("is never overwritten by an older state, or by a creation of the same second", async () => {
    const { shopId, deps } = await openShop(world);
    const order = storeOrder();
    const newer = later(order, "2026-11-20T11:00:00Z", { email: "new@example.net" });
    await handleOrderWebhook(deps, webhook(shopId, "orders/updated", orderBody(newer)));
    const rows = await storedRows(world, shopId);
    const stale = await handleOrderWebhook(deps, webhook(shopId, "orders/updated", orderBody(order)));
    const created = await handleOrderWebhook(
      deps,
      webhook(shopId, "orders/create", orderBody({ ...order, updatedAt: newer.updatedAt })),
    );
    expect([stale.kind, created.kind]).toEqual(["ignored", "ignored"]);
    expect(await storedRows(world, shopId)).toEqual(rows);
  });

  test("of a redacted buyer stays without the person, whatever still arrives", async () => {
    const { shopId, deps } = await openShop(world);
    const order = storeOrder({ tags: ["for Ada"], addressPhone: "(503) 555-0142" });
    const stored = async () => (await storedRows(world, shopId)).orders[0];
    await handleOrderWebhook(deps, webhook(shopId, "orders/create", orderBody(order)));
    expect(await stored()).toMatchObject({ phone: null, addressPhone: "(503) 555-0142" });
    await deps.db.forShop(shopId, (tx) =>
      tx.order.updateMany({ data: { redactedAt: world.clock.now(), email: null } }),
    );
    await handleOrderWebhook(
      deps,
      webhook(shopId, "orders/updated", orderBody(later(order, "2026-11-20T11:00:00Z", { cancelledAt: null }))),
    );
    const row = await stored();
    expect(row).toMatchObject({ addressPhone: null, tags: [] });
    expect(row).toMatchObject({ email: null, recipientName: null, customerId: null, postalCode: null });
    expect(row).toMatchObject({ countryCode: "US", totalMinor: 4100n });
  });

  test("placed before the install is history, what is shipped after it is news", async () => {
    const { shopId, deps } = await openShop(world);
    const order = storeOrder({
      createdAt: "2026-11-01T09:00:00Z",
      updatedAt: "2026-11-20T10:00:00Z",
      fulfillments: [storeFulfillment({ createdAt: "2026-11-02T09:00:00Z" }), storeFulfillment()],
    });
    await handleOrderWebhook(deps, webhook(shopId, "orders/updated", orderBody(order)));
    const rows = await storedRows(world, shopId);
    expect(rows.orders[0]?.origin).toBe("import");
    expect(rows.fulfillments.map((one) => one.origin)).toEqual(["import", "live"]);
    expect(rows.parcels.map(([, , , origin]) => origin).sort()).toEqual(["import", "live"]);
  });

  test("with a bad line is stored with the others", async () => {
    const { shopId, deps } = await openShop(world);
    const body = orderBody(storeOrder());
    const lines = body["line_items"] as unknown[];
    await handleOrderWebhook(deps, webhook(shopId, "orders/create", { ...body, line_items: [{ id: "?" }, ...lines] }));
    expect((await storedRows(world, shopId)).lines).toHaveLength(1);
  });

  test("that is cancelled takes along the parcels that its message does not mention", async () => {
    const { shopId, deps } = await openShop(world);
    const order = storeOrder({ fulfillments: [storeFulfillment()] });
    await handleOrderWebhook(deps, webhook(shopId, "orders/create", orderBody(order)));
    const cancelled = later(order, "2026-11-20T11:00:00Z", { cancelledAt: "2026-11-20T11:00:00Z" });
    const { fulfillments: _left, ...body } = orderBody(cancelled);
    await handleOrderWebhook(deps, webhook(shopId, "orders/cancelled", body));
    const rows = await storedRows(world, shopId);
    expect(rows.orders[0]?.cancelledAt).toEqual(new Date("2026-11-20T11:00:00Z"));
    expect(rows.parcels.map(([, , lifecycle]) => lifecycle)).toEqual(["cancelled"]);
  });
});

describe("a fulfillment", () => {
  test("that arrives before its order is not lost", async () => {
    const { shopId, deps, shopify } = await openShop(world);
    const fulfillment = storeFulfillment({ numbers: ["1ZEARLY"] });
    const order = storeOrder({ fulfillments: [fulfillment] });
    shopify.orders.set(order.id, order);
    const outcome = await handleFulfillmentWebhook(
      deps,
      webhook(shopId, "fulfillments/create", fulfillmentBody(order, fulfillment)),
    );
    expect(outcome.kind).toBe("ignored");
    const orderId = `gid://shopify/Order/${order.id}`;
    expect(await world.jobs("orders.refresh")).toContainEqual({ shopId, orderId });
    await refreshOrder(deps, { shopId, orderId });
    expect((await storedRows(world, shopId)).parcels).toEqual([
      [`gid://shopify/Fulfillment/${fulfillment.id}`, "1ZEARLY", "active", "live"],
    ]);
  });

  test("of a very long order is fetched with every line", async () => {
    const { shopId, deps, shopify } = await openShop(world);
    const lines = Array.from({ length: 420 }, (_, index) => ({
      ...{ id: String(90_000 + index), title: `T${index}`, quantity: 1, price: "1.00" },
    }));
    const order = storeOrder({ lines });
    shopify.orders.set(order.id, order);
    await refreshOrder(deps, { shopId, orderId: `gid://shopify/Order/${order.id}` });
    expect((await storedRows(world, shopId)).lines).toHaveLength(420);
    expect(shopify.calls).toEqual(["OrderRefresh", "OrderLinesPage", "OrderLinesPage"]);
  });

  test("without numbers has no parcel until it gets one, and an edited number replaces the old", async () => {
    const { shopId, deps } = await openShop(world);
    const blind = storeFulfillment({ numbers: [] });
    const order = storeOrder({ fulfillments: [blind] });
    await handleOrderWebhook(deps, webhook(shopId, "orders/create", orderBody(order)));
    const numbers = async () => (await storedRows(world, shopId)).parcels.map(([, number]) => number);
    expect(await numbers()).toEqual([]);
    for (const [at, number] of [
      ["2026-11-20T11:00:00Z", "1ZWRONG"],
      ["2026-11-20T11:30:00Z", "1ZRIGHT"],
    ] as const) {
      const body = fulfillmentBody(order, { ...blind, numbers: [number], updatedAt: at });
      await handleFulfillmentWebhook(deps, webhook(shopId, "fulfillments/update", body));
    }
    expect(await numbers()).toEqual(["1ZRIGHT"]);
  });
});

describe("the order of arrival", () => {
  /** A life of an order in six messages: placed, split into two parcels, one number corrected, one fulfillment cancelled. */
  function story() {
    const created = storeOrder({ id: "820982911946154508", name: "#9", lines: storeOrder({ id: "9" }).lines });
    const first = storeFulfillment({ id: "9007199254740993", numbers: ["1ZOLD"] });
    const second = storeFulfillment({ id: "9007199254740995", numbers: ["1ZTWO"], createdAt: "2026-11-20T10:30:00Z" });
    const corrected = { ...first, numbers: ["1ZNEW"], updatedAt: "2026-11-20T10:40:00Z" };
    const dropped = { ...second, status: "cancelled" as const, updatedAt: "2026-11-20T10:50:00Z" };
    const last = later(created, "2026-11-20T10:50:00Z", { tags: ["late"], fulfillments: [corrected, dropped] });
    return {
      last,
      messages: [
        ["orders/create", orderBody(created)],
        ["orders/updated", orderBody(later(created, "2026-11-20T10:30:00Z", { fulfillments: [first, second] }))],
        ["fulfillments/create", fulfillmentBody(created, first)],
        ["fulfillments/update", fulfillmentBody(created, corrected)],
        ["fulfillments/update", fulfillmentBody(created, dropped)],
        ["orders/updated", orderBody(last)],
      ] as const,
    };
  }

  test("makes no difference, with repetitions and without", async () => {
    const { messages, last } = story();
    let expected: Awaited<ReturnType<typeof storedRows>> | undefined;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 0, 2, 3], { minLength: 6 }).filter((order) => new Set(order).size === 6),
        async (arrival) => {
          const { shopId, deps, shopify } = await openShop(world);
          shopify.orders.set(last.id, last);
          for (const index of arrival) {
            const [topic, body] = messages[index] ?? messages[0];
            const handle = topic.startsWith("orders/") ? handleOrderWebhook : handleFulfillmentWebhook;
            await handle(deps, webhook(shopId, topic, body));
          }
          const rows = withoutShop(await storedRows(world, shopId));
          expected ??= rows;
          expect(rows).toEqual(expected);
        },
      ),
      { numRuns: 40 },
    );
    expect(expected?.parcels).toEqual([
      ["gid://shopify/Fulfillment/9007199254740993", "1ZNEW", "active", "live"],
      ["gid://shopify/Fulfillment/9007199254740995", "1ZTWO", "cancelled", "live"],
    ]);
    expect(expected?.orders[0]).toMatchObject({ tags: ["late"] });
    // Forty stories of up to nine messages: a loaded machine needs its time.
  }, 60_000);

  function withoutShop(rows: Awaited<ReturnType<typeof storedRows>>) {
    const strip = <Row extends { shopId: string }>(list: Row[]) => list.map((row) => ({ ...row, shopId: "" }));
    return { ...rows, orders: strip(rows.orders), lines: strip(rows.lines), fulfillments: strip(rows.fulfillments) };
  }
});
