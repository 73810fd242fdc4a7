import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyOrder } from "#app/modules/orders/apply-order.server.ts";
import { handleFulfillmentWebhook } from "#app/modules/orders/handle-fulfillment-webhook.server.ts";
import { readFulfillmentWebhook } from "#app/modules/orders/read-fulfillment-webhook.ts";
import { readOrderNode } from "#app/modules/orders/read-order-node.ts";
import { refreshOrder } from "#app/modules/orders/refresh-order.server.ts";
import type { OrderSnapshot } from "#app/modules/orders/snapshot.ts";
import { fulfillmentBody, orderNode, type StoreOrder } from "#tests/fixtures/shopify/store-order.ts";
import { openShop, openWorld, storedRows, storeFulfillment, storeOrder, type World } from "./orders-world.ts";

/** An address in GraphQL's words. */
type Address = { countryCode?: unknown; provinceCode?: unknown; zip?: unknown } | null;

/** The order as GraphQL tells it, its one fulfillment with this address of origin and this location. */
function polled(order: StoreOrder, originAddress: Address, location: { address: Address } | null = null) {
  const node = orderNode(order);
  const [fulfillment] = node["fulfillments"] as Record<string, unknown>[];
  return readOrderNode({ ...node, fulfillments: [{ ...fulfillment, originAddress, location }] });
}

/** The fulfillment as a webhook tells it: it names the location, and does not say where that is. */
function told(order: StoreOrder, address: Address) {
  const [fulfillment] = order.fulfillments;
  if (!fulfillment) throw new Error("an order without a fulfillment");
  const { countryCode, provinceCode, zip } = address ?? {};
  const origin_address = address && {
    country_code: countryCode,
    province_code: provinceCode,
    zip,
    address1: "a street",
  };
  return { ...fulfillmentBody(order, fulfillment), location_id: 24_826_418, origin_address };
}

const columbus = { countryCode: "US", provinceCode: "OH", zip: "43215" };
const fromColumbus = { countryCode: "US", provinceCode: "OH", postalCode: "43215", source: "origin" };
const shipped = () => storeOrder({ fulfillments: [storeFulfillment()] });

describe("where a fulfillment left from", () => {
  test.each<[string, Address, unknown]>([
    ["the address", columbus, fromColumbus],
    [
      "an address without a province",
      { countryCode: "DE", provinceCode: null, zip: " 04435 " },
      { countryCode: "DE", provinceCode: null, postalCode: "04435", source: "origin" },
    ],
    [
      "a country alone",
      { countryCode: "HK" },
      { countryCode: "HK", provinceCode: null, postalCode: null, source: "origin" },
    ],
    ["nothing for an address that lacks its country", { provinceCode: "OH", zip: "43215" }, null],
    ["nothing where none is given", null, null],
  ])("is, by GraphQL and by webhook, %s", (_name, address, expected) => {
    const order = shipped();
    const node = polled(order, address);
    const body = readFulfillmentWebhook(told(order, address));
    expect([node.problems, body.problems]).toEqual([[], []]);
    expect(node.value.snapshot.fulfillments?.map((one) => one.shipFrom)).toEqual([expected]);
    expect(body.value.shipFrom).toEqual(expected);
  });

  const reno = { countryCode: "US", provinceCode: "NV", zip: "89502" };
  const fromReno = { countryCode: "US", provinceCode: "NV", postalCode: "89502", source: "location" };
  test.each<[string, Address, { address: Address } | null, unknown]>([
    ["its location's without an address of its own", null, { address: reno }, fromReno],
    ["its location's where its own lacks the country", { zip: "43215" }, { address: reno }, fromReno],
    ["its own before its location's", columbus, { address: reno }, fromColumbus],
    ["nobody's when the location has no country either", null, { address: { zip: "89502" } }, null],
    ["nobody's when the location is gone", null, null, null],
  ])("is, by GraphQL, %s", (_name, address, location, expected) => {
    const { value, problems } = polled(shipped(), address, location);
    expect(problems).toEqual([]);
    expect(value.snapshot.fulfillments?.map((one) => one.shipFrom)).toEqual([expected]);
  });

  test("is noted when it cannot be read, and the rest is kept", () => {
    const { value, problems } = readFulfillmentWebhook(told(shipped(), { ...columbus, countryCode: "Ohio" }));
    expect(value.shipFrom).toBeNull();
    expect(problems).toEqual([expect.stringMatching(/^origin_address\.country_code: /)]);
  });
});

describe("where a stored fulfillment left from", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  /** A shop with the order, first seen without any address. */
  async function openOrder() {
    const { shopId, deps } = await openShop(world);
    const order = shipped();
    const apply = (snapshot: OrderSnapshot) =>
      deps.db.forShop(shopId, (tx) => applyOrder(tx, deps, { shopId, snapshot, origin: "live" }));
    const poll = (address: Address, location: Address = null) =>
      apply(polled(order, address, location && { address: location }).value.snapshot);
    const hear = (address: Address) =>
      handleFulfillmentWebhook(deps, {
        ...{ shopId, topic: "fulfillments/update", body: told(order, address), triggeredAt: null },
      });
    await poll(null);
    return { poll, hear, rows: async () => (await storedRows(world, shopId)).fulfillments };
  }

  const stored = {
    ...{ shipFromId: "US/OH/43215", shipFromCountry: "US", shipFromProvince: "OH", shipFromZip: "43215" },
    shipFromSource: "origin",
  };
  const unknown = {
    ...{ shipFromId: null, shipFromCountry: null, shipFromProvince: null, shipFromZip: null },
    shipFromSource: null,
  };

  test.each([
    ["poll", "hear"],
    ["hear", "poll"],
  ] as const)("is the same row by %s as by %s, and a message without an address leaves it", async (first, second) => {
    const order = await openOrder();
    expect(await order.rows()).toMatchObject([unknown]);
    await order[first](columbus);
    const rows = await order.rows();
    expect(rows).toMatchObject([stored]);
    await order[second](columbus);
    expect(await order.rows()).toEqual(rows);
    await order.hear(null);
    expect(await order.poll(null)).toMatchObject({ changes: 0 });
    expect(await order.rows()).toEqual(rows);
  });

  test("is corrected as a whole: no part of the old place stays", async () => {
    const order = await openOrder();
    await order.poll(columbus);
    await order.poll({ countryCode: "HK" });
    const moved = { shipFromId: "HK//", shipFromCountry: "HK", shipFromProvince: null, shipFromZip: null };
    expect(await order.rows()).toMatchObject([moved]);
  });

  test("is its location until its own address is told, and not again afterwards", async () => {
    const order = await openOrder();
    const located = { shipFromId: "US/NV/89502", shipFromSource: "location" };
    await order.poll(null, { countryCode: "US", provinceCode: "NV", zip: "89501" });
    await order.poll(null, { countryCode: "US", provinceCode: "NV", zip: "89502" });
    expect(await order.rows()).toMatchObject([located]);
    await order.hear(null);
    expect(await order.rows()).toMatchObject([located]);
    await order.hear(columbus);
    expect(await order.rows()).toMatchObject([stored]);
    expect(await order.poll(null, { countryCode: "US", provinceCode: "NV", zip: "89502" })).toMatchObject({
      changes: 0,
    });
    expect(await order.rows()).toMatchObject([stored]);
  });

  test.each([
    ["the shop has granted it", ["read_locations"], [], { shipFromId: "DE//04435" }],
    ["not where it has not", ["read_products"], [], unknown],
    ["not where it is refused, and the order is stored", ["read_locations"], ["withLocations"], unknown],
  ])("is its location where %s", async (_name, scopes, denied, expected) => {
    const { shopId, deps, shopify } = await openShop(world);
    await deps.db.forShop(shopId, (tx) => tx.shop.update({ where: { id: shopId }, data: { scopes } }));
    const location = { address: { countryCode: "DE", provinceCode: null, zip: "04435" } };
    const order = storeOrder({ fulfillments: [storeFulfillment({ location })] });
    shopify.orders.set(order.id, order);
    for (const variable of denied) shopify.denied.add(variable);
    await refreshOrder(deps, { shopId, orderId: `gid://shopify/Order/${order.id}` });
    expect((await storedRows(world, shopId)).fulfillments).toMatchObject([expected]);
  });
});
