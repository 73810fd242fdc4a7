import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  API_SECRET,
  startReceiver,
  startSandboxShopify,
  type ReceivedRequest,
  type TestServer,
} from "#tests/sandbox-tests/shopify/start-sandbox.ts";

let sandbox: ReturnType<typeof startSandboxShopify>;
let receiver: TestServer;
let statusFor: (count: number) => number = () => 200;

beforeEach(async () => {
  statusFor = () => 200;
  receiver = await startReceiver((_request, response, count) => void response.writeHead(statusFor(count)).end());
  sandbox = startSandboxShopify({ appUrl: receiver.url, hugeIds: true });
  Object.assign(sandbox.webhooks.options, { delayMs: 0, retryDelaysMs: [1, 1, 1] });
});
afterEach(async () => {
  await sandbox.stop();
  await receiver.close();
});

const header = (request: ReceivedRequest, name: string): string => String(request.headers[name]);
const topics = (): string[] => receiver.received.map((request) => header(request, "x-shopify-topic")).toSorted();

describe("a delivery", () => {
  test("is signed over its raw bytes and carries every header", async () => {
    sandbox.shop.placeOrder();
    await sandbox.webhooks.idle();
    const [request] = receiver.received;
    if (!request) throw new Error("nothing arrived");
    const signature = createHmac("sha256", API_SECRET).update(request.body).digest("base64");
    expect(request.headers).toMatchObject({
      "x-shopify-hmac-sha256": signature,
      "x-shopify-topic": "orders/create",
      "x-shopify-shop-domain": "northpeak-demo.myshopify.com",
      "x-shopify-api-version": "2026-10",
      "x-shopify-name": "orders",
    });
  });

  test("holds ids above 2^53 exactly", async () => {
    const order = sandbox.shop.placeOrder();
    await sandbox.webhooks.idle();
    const digits = order.id.split("/").at(-1) ?? "";
    expect(BigInt(digits)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
    expect(receiver.received[0]?.body).toContain(`"id":${digits},"admin_graphql_api_id":"${order.id}"`);
  });

  test("is repeated with the same body and id until a 2xx, then no more", async () => {
    statusFor = (count) => (count < 3 ? 503 : 204);
    sandbox.shop.placeOrder();
    await sandbox.webhooks.idle();
    expect(receiver.received).toHaveLength(3);
    expect(new Set(receiver.received.map((request) => request.body)).size).toBe(1);
    expect(new Set(receiver.received.map((request) => header(request, "x-shopify-webhook-id"))).size).toBe(1);
    expect(sandbox.webhooks.deliveries[0]).toMatchObject({ state: "delivered" });
  });

  test("is given up after the last retry", async () => {
    statusFor = () => 500;
    sandbox.shop.placeOrder();
    await sandbox.webhooks.idle();
    expect(receiver.received).toHaveLength(4);
    expect(sandbox.webhooks.deliveries[0]).toMatchObject({ state: "failed" });
  });

  test("can be doubled, dropped and signed wrongly on demand", async () => {
    Object.assign(sandbox.webhooks.options, { duplicateRate: 1, wrongSignature: true });
    sandbox.shop.placeOrder();
    await sandbox.webhooks.idle();
    expect(receiver.received).toHaveLength(2);
    const [first, second] = receiver.received;
    expect(first?.headers["x-shopify-webhook-id"]).toBe(second?.headers["x-shopify-webhook-id"]);
    expect(first?.headers["x-shopify-hmac-sha256"]).not.toBe(
      createHmac("sha256", API_SECRET)
        .update(first?.body ?? "")
        .digest("base64"),
    );
    Object.assign(sandbox.webhooks.options, { dropRate: 1 });
    sandbox.shop.placeOrder();
    await sandbox.webhooks.idle();
    expect(receiver.received).toHaveLength(2);
    expect(sandbox.webhooks.deliveries.at(-1)?.state).toBe("dropped");
  });

  test("overtakes others when told to reorder", async () => {
    sandbox.webhooks.options.reorderMs = 60;
    const names = Array.from({ length: 12 }, () => sandbox.shop.placeOrder().name);
    await sandbox.webhooks.idle();
    const arrived = receiver.received.map((request) => (JSON.parse(request.body) as { name: string }).name);
    expect(arrived.toSorted()).toEqual(names.toSorted());
    expect(arrived).not.toEqual(names);
  });
});

describe("what a merchant does", () => {
  test("a split order ships in two fulfillments; topics of one action share the event id", async () => {
    const variants = sandbox.store.records.products.slice(0, 2).map((product) => product.variants[0]?.id ?? "");
    const order = sandbox.shop.placeOrder({ lines: variants.map((variantId) => ({ variantId, quantity: 1 })) });
    const [first] = order.lines;
    const two = [
      { company: "UPS", number: "1Z1" },
      { company: "UPS", number: "1Z2" },
    ];
    sandbox.shop.fulfil(order.id, two, [{ lineItemId: first?.id ?? "", quantity: 1 }]);
    expect(sandbox.store.fulfillmentState(order)).toBe("PARTIALLY_FULFILLED");
    sandbox.shop.fulfil(order.id, []);
    expect(sandbox.store.fulfillmentState(order)).toBe("FULFILLED");
    expect(() => sandbox.shop.fulfil(order.id, [])).toThrow("nothing left");
    await sandbox.webhooks.idle();
    expect(topics()).toEqual([
      "fulfillments/create",
      "fulfillments/create",
      "orders/create",
      "orders/updated",
      "orders/updated",
    ]);
    const bodies = receiver.received
      .filter((request) => header(request, "x-shopify-topic") === "fulfillments/create")
      .map(
        (request) =>
          JSON.parse(request.body) as { tracking_numbers: string[]; tracking_company: string | null; name: string },
      )
      .toSorted((a, b) => a.name.localeCompare(b.name));
    expect(bodies.map((body) => [body.tracking_company, body.tracking_numbers])).toEqual([
      ["UPS", ["1Z1", "1Z2"]],
      [null, []],
    ]);
    const events = sandbox.webhooks.deliveries.map((delivery) => delivery.eventId);
    expect(new Set(events).size).toBe(3);
  });

  test("edits, cancellations and events are told as updates", async () => {
    const order = sandbox.shop.placeOrder();
    const { id } = sandbox.shop.fulfil(order.id, [{ company: "FedEx", number: "111111111111" }]);
    await sandbox.webhooks.idle();
    receiver.received.length = 0;
    sandbox.shop.editTracking(id, [{ company: "FedEx", number: "222222222222" }]);
    sandbox.shop.addFulfillmentEvent(id, { status: "OUT_FOR_DELIVERY" });
    sandbox.shop.cancelFulfillment(id);
    sandbox.shop.cancelOrder(order.id);
    await sandbox.webhooks.idle();
    expect(topics()).toEqual([
      "fulfillment_events/create",
      ...Array<string>(3).fill("fulfillments/update"),
      "orders/cancelled",
      ...Array<string>(4).fill("orders/updated"),
    ]);
    const last = receiver.received.findLast((request) => header(request, "x-shopify-topic") === "fulfillments/update");
    expect(last?.body).toContain("222222222222");
  });

  test("after the uninstall only compliance requests are sent", async () => {
    await sandbox.start();
    const post = (action: string, body: unknown = {}) =>
      fetch(`${sandbox.url}/control/shops/northpeak-demo/${action}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    await post("uninstall");
    sandbox.shop.placeOrder();
    for (const topic of ["customers/data_request", "customers/redact", "shop/redact"])
      await post("compliance", { topic });
    expect((await post("compliance", { topic: "orders/create" })).status).toBe(400);
    await sandbox.webhooks.idle();
    expect(topics()).toEqual(["app/uninstalled", "customers/data_request", "customers/redact", "shop/redact"]);
    expect(receiver.received.filter((request) => request.url === "/webhooks/compliance")).toHaveLength(3);
  });
});
