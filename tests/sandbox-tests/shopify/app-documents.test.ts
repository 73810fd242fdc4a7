import { afterAll, beforeAll, expect, test } from "vitest";
import { FULFILLMENT_EVENT_ADD, FULFILLMENT_HISTORY } from "#app/modules/orders/fulfillment-events.graphql.ts";
import { ORDER_LINES_PAGE, ORDER_REFRESH } from "#app/modules/orders/order-refresh.graphql.ts";
import { ORDERS_COUNT, ORDERS_PAGE } from "#app/modules/orders/orders-page.graphql.ts";
import { KEEP_ALIVE, SHOP_FACTS } from "#app/modules/shops/shop-facts.graphql.ts";
import { storefrontRoutes } from "#tests/sandbox/storefront/storefront-routes.ts";
import { readAppConfig } from "#tests/sandbox/shopify/read-app-config.ts";
import { createAdminClient, startSandboxShopify } from "#tests/sandbox-tests/shopify/start-sandbox.ts";

const config = await readAppConfig();
const sandbox = startSandboxShopify({
  ...config,
  demo: { orders: 30, days: 40 },
  extend: (app, core) => {
    const extensionFolder = "extensions/storefront-tracking";
    app.use(storefrontRoutes({ core, proxyTarget: () => "http://127.0.0.1:9", extensionFolder }));
  },
});
let ask: ReturnType<typeof createAdminClient>;

beforeAll(async () => {
  await sandbox.start();
  ask = createAdminClient(sandbox);
});
afterAll(() => sandbox.stop());

const EXTRAS = { withProducts: true, withLocations: true };
const PAGE = {
  ...EXTRAS,
  first: 10,
  after: null,
  query: "updated_at:>='2020-01-01T00:00:00Z'",
  sortKey: "UPDATED_AT",
  reverse: false,
};
const shipped = sandbox.store.records.fulfillments[0];
const ids = { order: shipped?.orderId ?? "", fulfillment: shipped?.id ?? "" };
const cursor = Buffer.from(JSON.stringify({ last_id: "1", last_value: "" })).toString("base64");

test.each([
  ["SHOP_FACTS", SHOP_FACTS, {}],
  ["KEEP_ALIVE", KEEP_ALIVE, {}],
  ["ORDERS_PAGE", ORDERS_PAGE, PAGE],
  ["ORDERS_COUNT", ORDERS_COUNT, { query: "" }],
  ["ORDER_REFRESH", ORDER_REFRESH, { id: ids.order, ...EXTRAS }],
  ["ORDER_LINES_PAGE", ORDER_LINES_PAGE, { id: ids.order, after: cursor, ...EXTRAS }],
  ["FULFILLMENT_HISTORY", FULFILLMENT_HISTORY, { id: ids.fulfillment }],
  ["FULFILLMENT_EVENT_ADD", FULFILLMENT_EVENT_ADD, { event: { fulfillmentId: ids.fulfillment, status: "IN_TRANSIT" } }],
])("the app's %s is answered in full with the scopes of shopify.app.toml", async (_name, document, variables) => {
  const { data, errors } = await ask(document, variables);
  expect(errors).toBeUndefined();
  expect(Object.values(data)).not.toContain(null);
});

test("every topic the app subscribes to is routed to its own address", async () => {
  expect(config.subscriptions.flatMap((one) => one.topics ?? [])).toContain("fulfillments/create");
  expect(config.subscriptions.flatMap((one) => one.complianceTopics ?? [])).toHaveLength(3);
  expect(config.proxyPath).toBe("/apps/doorstep");
});

test.each(["en", "de", "fr", "es", "it", "pt-BR", "pt-PT", "nl", "ja"])(
  "the app's own blocks render in %s",
  async (locale) => {
    const page = await fetch(`${sandbox.url}/stores/northpeak-demo/pages/track-my-order?locale=${locale}`);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toContain("shopify-app-block");
    expect(html).not.toContain("Translation missing");
  },
);
