import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { handleOrderWebhook } from "#app/modules/orders/handle-order-webhook.server.ts";
import { importOrders } from "#app/modules/orders/import-orders.server.ts";
import { readOrderNode } from "#app/modules/orders/read-order-node.ts";
import { readOrdersAgain } from "#app/modules/orders/read-orders-again.server.ts";
import { reconcileOrders } from "#app/modules/orders/reconcile-orders.server.ts";
import { refreshOrder } from "#app/modules/orders/refresh-order.server.ts";
import { startImport } from "#app/modules/orders/start-import.server.ts";
import { orderBody, orderNode, type StoreLine, type StoreOrder } from "#tests/fixtures/shopify/store-order.ts";
import { MINUTE } from "#tests/support/test-clock.ts";
import { openShop, openWorld, storedRows, storeOrder, type World } from "./orders-world.ts";

const lines = (...tags: StoreLine["productTags"][]): StoreLine[] =>
  tags.map((productTags, index) => ({
    ...{ id: String(901 + index), title: "Mug", quantity: 1, price: "12.00" },
    ...(productTags === undefined ? {} : { productTags }),
  }));

describe("the tags of a line's product", () => {
  const read = (order: StoreOrder, asked = {}) => readOrderNode(orderNode(order, asked));
  const tagsOf = ({ value }: ReturnType<typeof read>) => value.snapshot.lines?.map((line) => line.productTags);

  test("are read in one order; a product that is gone has none", () => {
    expect(tagsOf(read(storeOrder({ lines: lines(["b", " a ", "b"], [], null) })))).toEqual([["a", "b"], [], []]);
  });

  test("are unknown where they were not asked for", () => {
    expect(tagsOf(read(storeOrder({ lines: lines(["a"], null) }), { withProducts: false }))).toEqual([null, null]);
  });

  test("that cannot be read are noted, and the line is kept", () => {
    const order = storeOrder({ lines: lines(["a"]) });
    const node = orderNode(order) as { lineItems: { nodes: object[] } };
    const [line] = node.lineItems.nodes;
    const odd = readOrderNode({
      ...node,
      lineItems: { ...node.lineItems, nodes: [{ ...line, product: { tags: 7 } }] },
    });
    expect(odd.problems).toEqual([expect.stringMatching(/^order\.lineItems\.nodes\[0\]\.product\.tags: /)]);
    expect(tagsOf(odd)).toEqual([[]]);
  });
});

describe("the stored tags of a product", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  /** A shop with this order at Shopify. */
  async function openStore(productTags: StoreLine["productTags"], { scopes = ["read_products"], looked = true } = {}) {
    const { shopId, shopify, deps: given } = await openShop(world);
    const deps = { ...given, rulesLookAtTags: () => Promise.resolve(looked) };
    const grant = (list: string[]) =>
      deps.db.forShop(shopId, (tx) => tx.shop.update({ where: { id: shopId }, data: { scopes: list } }));
    await grant(scopes);
    const createdAt = world.clock.now().toISOString();
    const order = storeOrder({ createdAt, lines: lines(productTags) });
    shopify.orders.set(order.id, order);
    const orderId = `gid://shopify/Order/${order.id}`;
    return {
      ...{ shopId, shopify, deps, order, orderId, grant },
      refresh: () => refreshOrder(deps, { shopId, orderId }),
      change(tags: StoreLine["productTags"]) {
        world.clock.advance(MINUTE);
        Object.assign(order, { lines: lines(tags), tags: ["changed"], updatedAt: world.clock.now().toISOString() });
      },
      hear: () =>
        handleOrderWebhook(deps, { shopId, topic: "orders/updated", body: orderBody(order), triggeredAt: null }),
      /** As the column has them: Prisma makes no difference between null and nothing. */
      async stored() {
        const rows = await deps.db.forShop(
          shopId,
          (tx) => tx.$queryRaw<{ tags: string[] | null }[]>`SELECT product_tags AS tags FROM order_line ORDER BY id`,
        );
        return rows.map(({ tags }) => tags);
      },
      async queued(name: string) {
        return (await world.jobs(name)).filter((job) => (job as { shopId: string }).shopId === shopId);
      },
    };
  }

  test("come with an import, and a webhook afterwards does not take them away", async () => {
    const store = await openStore(["fragile"]);
    const { shopId, deps } = store;
    const { importId } = await deps.db.forShop(shopId, (tx) => startImport(tx, deps, { shopId }));
    expect(await importOrders(deps, { shopId, importId })).toEqual({ kind: "finished" });
    expect(await store.stored()).toEqual([["fragile"]]);
    store.change(["fragile"]);
    await store.hear();
    expect((await storedRows(world, shopId)).orders[0]?.tags).toEqual(["changed"]);
    expect(await store.stored()).toEqual([["fragile"]]);
  });

  test("follow the product, and stay when it is deleted", async () => {
    const store = await openStore(["fragile"]);
    await store.refresh();
    store.change(["fragile", "heavy"]);
    await store.refresh();
    expect(await store.stored()).toEqual([["fragile", "heavy"]]);
    store.change(null);
    await store.refresh();
    expect(await store.stored()).toEqual([["fragile", "heavy"]]);
    expect((await storedRows(world, store.shopId)).orders[0]?.tags).toEqual(["changed"]);
  });

  test("of a product that was deleted before anybody read them are none, and that is known", async () => {
    const store = await openStore(null);
    await store.hear();
    expect(await store.stored()).toEqual([null]);
    await store.refresh();
    expect(await store.stored()).toEqual([[]]);
  });

  test.each([
    ["is not there", [], ["OrderRefresh"]],
    ["was taken back unheard", ["read_products"], ["OrderRefresh", "OrderRefresh"]],
  ])("are left out where the permission %s, and the order comes all the same", async (_name, scopes, calls) => {
    const store = await openStore(["fragile"], { scopes });
    store.shopify.denied.add("withProducts");
    expect(await store.refresh()).toEqual({ kind: "applied" });
    expect(store.shopify.calls).toEqual(calls);
    expect(await store.stored()).toEqual([null]);
    expect((await storedRows(world, store.shopId)).orders).toHaveLength(1);
  });

  test("are filled in for the last weeks' orders once the permission is given", async () => {
    const store = await openStore(["fragile"], { scopes: [] });
    const { shopId, deps } = store;
    await deps.db.forShop(shopId, (tx) => startImport(tx, deps, { shopId }));
    await reconcileOrders(deps, { shopId });
    world.clock.advance(20 * 24 * 60 * MINUTE);
    await reconcileOrders(deps, { shopId });
    await store.grant(["read_products"]);
    const again = (gained: string[]) => deps.db.forShop(shopId, (tx) => readOrdersAgain(tx, deps, { shopId, gained }));
    await again(["read_all_orders"]);
    await reconcileOrders(deps, { shopId });
    expect(await store.stored()).toEqual([null]);
    // Heard while the same shop is being compared: that walk does not move the mark over it.
    store.shopify.onCall = () => again(["read_products"]);
    await reconcileOrders(deps, { shopId });
    store.shopify.onCall = () => undefined;
    await reconcileOrders(deps, { shopId });
    expect(await store.stored()).toEqual([["fragile"]]);
  });

  test("are fetched at once when rules look at them, and messages wait for the answer", async () => {
    const store = await openStore(["fragile"]);
    const { shopId, orderId } = store;
    await store.hear();
    expect(await store.queued("orders.refresh")).toEqual([{ shopId, orderId }]);
    const decisions = await world.deps.db.acrossShops(
      (tx) => tx.$queryRaw<{ at: Date }[]>`
        SELECT start_after AS at FROM pgboss.job
        WHERE name = 'notifications.decide' AND data ->> 'orderId' = ${orderId}`,
    );
    expect(decisions).toEqual([{ at: new Date(world.clock.now().getTime() + MINUTE / 2) }]);
    await store.refresh();
    store.change(["fragile"]);
    await store.hear();
    // What has been read is not asked for again.
    expect(await store.queued("orders.refresh")).toHaveLength(1);
    expect(await store.queued("notifications.decide")).toHaveLength(2);
  });

  test.each([
    ["no rule looks at them", { looked: false }],
    ["the shop does not let us", { scopes: [] }],
  ])("are not fetched when %s", async (_name, options) => {
    const store = await openStore(["fragile"], options);
    await store.hear();
    expect(await store.queued("orders.refresh")).toEqual([]);
    expect(await store.queued("notifications.decide")).toHaveLength(1);
  });
});
