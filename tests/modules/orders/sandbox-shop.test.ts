import { afterAll, beforeAll, expect, test } from "vitest";
import { parsePayload } from "#app/modules/intake/parse-payload.ts";
import { decideWriteBackFor } from "#app/modules/orders/decide-write-back.server.ts";
import { handleFulfillmentEvent } from "#app/modules/orders/handle-fulfillment-event.server.ts";
import { handleFulfillmentWebhook } from "#app/modules/orders/handle-fulfillment-webhook.server.ts";
import { handleOrderWebhook } from "#app/modules/orders/handle-order-webhook.server.ts";
import { importOrders } from "#app/modules/orders/import-orders.server.ts";
import { performWriteBack } from "#app/modules/orders/perform-write-back.server.ts";
import { reconcileOrders } from "#app/modules/orders/reconcile-orders.server.ts";
import { importProgress, startImport } from "#app/modules/orders/start-import.server.ts";
import type { AdminApi, AdminResult } from "#app/modules/shops/admin-api.ts";
import { readAdminAnswer } from "#app/modules/shops/read-admin-answer.ts";
import { createSandboxShopify, type SandboxShopify } from "#tests/sandbox/shopify/create-sandbox-shopify.ts";
import { DEMO_SHOP } from "#tests/sandbox/shopify/sandbox-core.ts";
import { MINUTE } from "#tests/support/test-clock.ts";
import { openShop, openWorld, storedRows, type World } from "./orders-world.ts";

const FROM_WAREHOUSE = {
  shipFromId: "US/OH/43215",
  shipFromCountry: "US",
  shipFromProvince: "OH",
  shipFromZip: "43215",
};
const FROM_NOWHERE = {
  ...{ shipFromId: null, shipFromCountry: null, shipFromProvince: null, shipFromZip: null },
  shipFromSource: null,
};

/** The module against the strict sandbox: real documents on the real schema, real REST bodies, ids beyond 2^53. */
let world: World;
let sandbox: SandboxShopify;

beforeAll(async () => {
  world = await openWorld();
  sandbox = createSandboxShopify({
    ...{ apiKey: "0123456789abcdef0123456789abcdef", apiSecret: "sandbox_secret", appUrl: "http://127.0.0.1:9" },
    subscriptions: [
      {
        topics: ["orders/create", "orders/updated", "fulfillments/create", "fulfillments/update"],
        uri: "/webhooks/shopify",
      },
      { topics: ["fulfillment_events/create"], uri: "/webhooks/shopify" },
    ],
    clock: world.clock,
    hugeIds: true,
    webhooks: { paused: true },
    demo: { orders: 90, days: 50, customers: 8 },
  });
  await sandbox.start();
});
afterAll(async () => {
  await sandbox.stop();
  await world.close();
});

/** The Admin API over HTTP with a token made by hand. */
function adminOf(): AdminApi {
  const { scopes } = sandbox.store.records.installation;
  const grant = sandbox.core.tokens.issue(DEMO_SHOP, { scope: scopes.join(","), expiring: true, online: false });
  return {
    async query<Data>(_shopId: string, { document, variables = {} }: Parameters<AdminApi["query"]>[1]) {
      const response = await fetch(`${sandbox.url}/admin/api/2026-10/graphql.json`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-loopback-shop": DEMO_SHOP,
          "x-shopify-access-token": grant.accessToken,
        },
        body: JSON.stringify({ query: document, variables }),
      });
      const body = new Uint8Array(await response.arrayBuffer());
      const { result } = readAdminAnswer<Data>({ status: response.status, headers: {}, body });
      return result.kind === "token_refused" ? { kind: "unauthorised" } : (result as AdminResult<Data>);
    },
  };
}

async function sandboxShop() {
  const shop = await openShop(world, { settings: { writeBack: { enabled: true } } });
  const { scopes } = sandbox.store.records.installation;
  await world.deps.db.forShop(shop.shopId, (tx) => tx.shop.update({ where: { id: shop.shopId }, data: { scopes } }));
  const deps = { ...shop.deps, admin: adminOf() };
  let seen = sandbox.webhooks.deliveries.length;
  /** Handles what the shop has sent since the last call, in the given order. */
  const deliver = async (arrange = <Item>(items: Item[]) => items) => {
    const fresh = sandbox.webhooks.deliveries.slice(seen);
    seen += fresh.length;
    const outcomes: string[] = [];
    for (const { topic, body } of arrange(fresh)) {
      const input = {
        shopId: shop.shopId,
        topic,
        body: parsePayload(new TextEncoder().encode(body)),
        triggeredAt: null,
      };
      const handle = topic.startsWith("orders/")
        ? handleOrderWebhook
        : topic.startsWith("fulfillment_events/")
          ? handleFulfillmentEvent
          : handleFulfillmentWebhook;
      outcomes.push(`${topic}: ${(await handle(deps, input)).kind}`);
    }
    return outcomes;
  };
  return { shopId: shop.shopId, deps, deliver };
}

test("an import brings the sandbox's whole history, and reconciliation has nothing to add", async () => {
  const { shopId, deps } = await sandboxShop();
  const { importId } = await deps.db.forShop(shopId, (tx) => startImport(tx, deps, { shopId }));
  expect(await importOrders(deps, { shopId, importId })).toEqual({ kind: "finished" });
  expect(await deps.db.forShop(shopId, importProgress)).toMatchObject({ state: "done", ordersSeen: 90 });
  const rows = await storedRows(world, shopId);
  expect(rows.orders).toHaveLength(90);
  expect(rows.fulfillments).toHaveLength(sandbox.store.records.fulfillments.length);
  for (const fulfillment of rows.fulfillments) expect(fulfillment).toMatchObject(FROM_WAREHOUSE);
  const sources = new Set(rows.fulfillments.map((fulfillment) => fulfillment.shipFromSource));
  expect(sources).toEqual(new Set(["origin", "location"]));
  const tagged = new Set(sandbox.store.records.products.flatMap(({ tags }) => tags));
  expect(new Set(rows.lines.flatMap(({ productTags }) => productTags))).toEqual(tagged);
  expect(rows.orders.every((order) => BigInt(order.id.split("/").at(-1) ?? "0") > 2n ** 53n)).toBe(true);
  expect(await reconcileOrders(deps, { shopId })).toMatchObject({ kind: "finished", changes: 0 });
});

test("webhooks in any order and GraphQL tell the same order", async () => {
  const { shopId, deps, deliver } = await sandboxShop();
  await deps.db.forShop(shopId, (tx) => startImport(tx, deps, { shopId }));
  const order = sandbox.shop.placeOrder();
  world.clock.advance(MINUTE);
  const fulfillment = sandbox.shop.fulfil(order.id, [
    { company: "UPS", number: "1Z999AA10000000001" },
    { company: "UPS", number: "1Z999AA10000000002" },
  ]);
  world.clock.advance(MINUTE);
  sandbox.shop.editTracking(fulfillment.id, [{ company: "UPS", number: "1Z999AA10000000003" }]);
  await deliver((items) => items.toReversed());
  const told = await storedRows(world, shopId);
  expect(told.orders).toHaveLength(1);
  expect(told.parcels.map(([, number]) => number)).toEqual(["1Z999AA10000000003"]);
  world.clock.advance(MINUTE);
  // Webhooks carry no pictures, little of product and customer, and here no address of origin; all the rest is known already.
  expect(told.fulfillments).toMatchObject([FROM_NOWHERE]);
  const changes = told.lines.length + told.fulfillments.length;
  expect(await reconcileOrders(deps, { shopId })).toMatchObject({ kind: "finished", changes });
  const asTold = (rows: typeof told) => ({
    ...rows,
    orders: rows.orders.map((row) => ({ ...row, customerTags: [], smsMarketing: false })),
    lines: rows.lines.map((line) => ({ ...line, imageUrl: null, productTags: [] })),
    fulfillments: rows.fulfillments.map((one) => ({ ...one, ...FROM_NOWHERE })),
  });
  const read = await storedRows(world, shopId);
  const customer = sandbox.store.customer(order.customerId);
  expect(read.orders[0]).toMatchObject({
    customerTags: customer?.tags,
    smsMarketing: Boolean(customer?.phone) && customer?.acceptsTexts,
    emailMarketing: order.acceptsMarketing,
  });
  expect(asTold(read)).toEqual(told);
  expect(read.lines.every((line) => line.imageUrl !== null && line.productTags.length > 0)).toBe(true);
  expect(read.fulfillments).toMatchObject([{ ...FROM_WAREHOUSE, shipFromSource: "location" }]);
  world.clock.advance(MINUTE);
  expect(await reconcileOrders(deps, { shopId })).toMatchObject({ kind: "finished", changes: 0 });
  // A later webhook has no address either: it changes the parcel and leaves where it came from.
  sandbox.shop.editTracking(fulfillment.id, [{ company: "UPS", number: "1Z999AA10000000004" }]);
  await deliver();
  const later = await storedRows(world, shopId);
  expect(later.parcels.map(([, number]) => number)).toEqual(["1Z999AA10000000004"]);
  expect(later.fulfillments).toMatchObject([FROM_WAREHOUSE]);
  world.clock.advance(MINUTE);
  expect(await reconcileOrders(deps, { shopId })).toMatchObject({ kind: "finished", changes: 0 });
});

test("a write-back is written once and its echo is dropped", async () => {
  const { shopId, deps, deliver } = await sandboxShop();
  const order = sandbox.shop.placeOrder();
  const fulfillment = sandbox.shop.fulfil(order.id, [{ company: "UPS", number: "1Z999AA10000000009" }]);
  await deliver();
  const shipment = await deps.db.forShop(shopId, async (tx) => {
    const statusAt = world.clock.now();
    await tx.shipment.updateMany({ data: { status: "in_transit", statusAt, statusSince: statusAt } });
    return tx.shipment.findFirstOrThrow();
  });
  const decided = await decideWriteBackFor(deps, { shopId, shipmentId: shipment.id });
  if (decided.kind !== "queued") throw new Error(decided.reason);
  const outcome = await performWriteBack(deps, { shopId, effectId: decided.effectId });
  expect(outcome.kind).toBe("written");
  expect(sandbox.store.fulfillment(fulfillment.id)?.events?.map((event) => event.status)).toEqual(["IN_TRANSIT"]);
  expect(await deliver()).toContain("fulfillment_events/create: ignored");
  expect(world.nativeEvents.seen).toEqual([]);
});
