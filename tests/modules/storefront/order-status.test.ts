import { beforeAll, describe, expect, test } from "vitest";
import {
  orderStatus,
  type OrderStatusDeps,
  type OrderStatusRequest,
} from "#app/modules/storefront/order-status.server.ts";
import { orderStatusAnswer } from "#tests/extensions/order-status-contract.ts";
import { type MadeShop, makeOrder, makeScans, makeShipment, makeShop } from "#tests/support/factories.ts";
import { makeForecast } from "#tests/support/foreseen-parcel.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openDatabase } from "#tests/support/open-database.ts";
import { HOUR, TestClock } from "#tests/support/test-clock.ts";
import { shopperParts } from "./shopper-parts.ts";

const BUYER = "gid://shopify/Customer/77";
const SECRET = "checkout-token-of-the-order";

const store = keepOpen(openDatabase);
let deps: OrderStatusDeps;
let shop: MadeShop;
let orderId: string;
let fulfillmentId: string;
let otherOrderId: string;
const clock = new TestClock("2026-11-20T12:00:00Z");

beforeAll(async () => {
  deps = shopperParts({ db: store.db, clock });
  shop = await makeShop(store.db, clock);
  await store.db.forShop(shop.shopId, async (tx) => {
    ({ orderId } = await makeOrder(tx, clock, { ...shop, customerId: BUYER, checkoutToken: SECRET }));
    const parcel = await makeShipment(tx, clock, { ...shop, orderId, status: "out_for_delivery" });
    fulfillmentId = parcel.fulfillmentId;
    await makeScans(tx, { ...shop, shipmentId: parcel.shipmentId }, [
      { status: "out_for_delivery", occurredAt: new Date(clock.now().getTime() - HOUR), description: "On the van" },
    ]);
    ({ orderId: otherOrderId } = await makeOrder(tx, clock, { ...shop, name: "#1043", checkoutToken: "another" }));
  });
});

let visitors = 0;
function ask(changes: Partial<OrderStatusRequest> = {}) {
  visitors += 1;
  return orderStatus(deps, {
    domain: shop.domain,
    customerId: null,
    orderId,
    fulfillmentId,
    orderSecret: SECRET,
    languages: ["en"],
    address: `203.0.113.${visitors}`,
    ...changes,
  });
}

describe("the order-status page", () => {
  test("gets what the contract says, and nothing else", async () => {
    const answer = orderStatusAnswer.parse(await ask());
    expect(answer.shipments).toMatchObject([
      {
        status: "out_for_delivery",
        statusLabel: "Out for delivery",
        carrier: "UPS",
        lastEvent: { at: "2026-11-20T11:00", description: "On the van" },
      },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/avery|lindqvist|78704/i);
  });

  test("gets the date that we foresee, not the carrier's", async () => {
    const date = async () => (await ask())?.shipments[0]?.estimatedDelivery;
    expect(await date()).toBeNull();
    await store.db.forShop(shop.shopId, async (tx) => {
      const { id: shipmentId } = await tx.shipment.findFirstOrThrow({ where: { shopId: shop.shopId, fulfillmentId } });
      await tx.shipment.updateMany({ where: { id: shipmentId }, data: { estimatedDelivery: { date: "2026-11-23" } } });
      const forecast = { ...{ shopId: shop.shopId, shipmentId, now: clock.now() }, shown: { on: "2026-11-24" } };
      await makeForecast(tx, forecast);
    });
    expect(await date()).toEqual({ text: "Tuesday, November 24" });
  });

  test("speaks the page's language", async () => {
    expect((await ask({ languages: ["fr-CA"] }))?.shipments[0]?.statusLabel).toBe("En cours de livraison");
  });

  test("a signed-in buyer needs no secret, and their own order only", async () => {
    expect(await ask({ customerId: BUYER, orderSecret: null })).not.toBeNull();
    expect(await ask({ customerId: BUYER, orderId: otherOrderId, orderSecret: null })).toBeNull();
  });
});

test("a number that two fulfillments of the order share is one parcel of the one asked about", async () => {
  const { orderId: id, fulfillments } = await store.db.forShop(shop.shopId, async (tx) => {
    const made = await makeOrder(tx, clock, { ...shop, name: "#1044", checkoutToken: SECRET });
    const both = { ...shop, orderId: made.orderId, trackingNumber: "1ZSHARED0001" };
    const [first, second] = [await makeShipment(tx, clock, both), await makeShipment(tx, clock, both)];
    return { orderId: made.orderId, fulfillments: [first.fulfillmentId, second.fulfillmentId] };
  });
  for (const asked of fulfillments) {
    const answer = await ask({ orderId: id, fulfillmentId: asked });
    expect(answer?.shipments.map(({ trackingNumber }) => trackingNumber)).toEqual(["1ZSHARED0001"]);
  }
});

describe("is refused, always alike,", () => {
  test.each<[string, () => Partial<OrderStatusRequest>]>([
    ["without a secret", () => ({ orderSecret: null })],
    ["with an empty secret", () => ({ orderSecret: "" })],
    ["with another order's secret", () => ({ orderSecret: "another" })],
    ["for another order of the shop", () => ({ orderId: otherOrderId })],
    ["for a fulfillment of another order", () => ({ fulfillmentId: "gid://shopify/Fulfillment/1" })],
    ["for another customer, even with the secret", () => ({ customerId: "gid://shopify/Customer/78" })],
    ["with something that is no id", () => ({ orderId: "1 OR 1=1" })],
    ["from a shop that is not known", () => ({ domain: "nobody.myshopify.com" })],
  ])("%s", async (_name, changes) => {
    expect(await ask(changes())).toBeNull();
  });

  test("from another shop that knows the same order's secret", async () => {
    const other = await makeShop(store.db, clock);
    expect(await ask({ domain: other.domain })).toBeNull();
  });

  test("after an uninstall", async () => {
    await store.db.forShop(shop.shopId, (tx) =>
      tx.shop.update({ where: { id: shop.shopId }, data: { status: "uninstalled" } }),
    );
    expect(await ask()).toBeNull();
    await store.db.forShop(shop.shopId, (tx) =>
      tx.shop.update({ where: { id: shop.shopId }, data: { status: "installed" } }),
    );
  });

  test("a guesser after thirty refusals, even with the right secret", async () => {
    const address = "192.0.2.66";
    for (let guess = 0; guess < 30; guess += 1) await ask({ address, orderSecret: `guess ${guess}` });
    expect(await ask({ address })).toBeNull();
    expect(await ask({ address: "192.0.2.67" })).not.toBeNull();
  });
});
