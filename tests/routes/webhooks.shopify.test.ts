import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { DeliveryWriter } from "#app/modules/intake/delivery-writer.server.ts";
import { ShopDirectory } from "#app/modules/intake/shop-directory.ts";
import { action, loader } from "#app/routes/webhooks.shopify.ts";
import { createServices } from "#app/services.server.ts";
import { orderBody, signedWebhook, type WebhookOptions } from "#tests/modules/intake/signed-webhook.ts";
import { openRouteEdge, testEnv } from "#tests/modules/shops/edge-services.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";

const edge = keepOpen(openRouteEdge);
let domain: string;
let shopId: string;

beforeAll(async () => {
  ({ domain, shopId } = await makeShop(edge.services.db, edge.clock));
});

function send(options: Partial<WebhookOptions> = {}): Promise<Response> {
  return deliver(signedWebhook({ topic: "orders/create", domain, body: orderBody(), ...options }));
}

function deliver(request: Request): Promise<Response> {
  return action({ request, params: {}, context: {} });
}

interface DeliveryRow {
  status: string;
  outcome: string | null;
  error: string | null;
  attempts: number;
  shop_id: string;
  topic: string;
  body: Buffer;
}

async function find(webhookId: string): Promise<DeliveryRow[]> {
  return edge.rows<DeliveryRow>("SELECT * FROM inbound_delivery WHERE delivery_key = $1 ORDER BY topic", [webhookId]);
}

async function orderNames(id: string): Promise<string[]> {
  const rows = await edge.rows<{ name: string }>("SELECT name FROM orders WHERE id = $1", [
    `gid://shopify/Order/${id}`,
  ]);
  return rows.map(({ name }) => name);
}

/** Whatever was refused before, a good webhook is taken and handled. */
async function expectNextGoodOneWorks(): Promise<void> {
  const webhookId = randomUUID();
  const id = String(7_000_000_000_000 + Math.floor(Math.random() * 1e9));
  expect((await send({ webhookId, body: orderBody({ id }) })).status).toBe(200);
  await edge.drain();
  expect((await find(webhookId))[0]?.status).toBe("processed");
  expect(await orderNames(id)).toEqual(["#1042"]);
}

describe("what is refused", () => {
  const refusals: [string, Partial<WebhookOptions>, number][] = [
    ["a wrong signature", { headers: { "x-shopify-hmac-sha256": Buffer.alloc(32, 1).toString("base64") } }, 401],
    ["a signature of another length", { headers: { "x-shopify-hmac-sha256": "c2hvcnQ=" } }, 401],
    ["a missing signature", { headers: { "x-shopify-hmac-sha256": null } }, 400],
    ["a missing topic", { headers: { "x-shopify-topic": null } }, 400],
    ["a senseless topic", { headers: { "x-shopify-topic": "../../etc" } }, 400],
    ["a missing shop", { headers: { "x-shopify-shop-domain": null } }, 400],
    ["a shop elsewhere", { headers: { "x-shopify-shop-domain": "northpeak.example" } }, 400],
    ["a missing webhook id", { headers: { "x-shopify-webhook-id": null } }, 400],
  ];

  it.each(refusals)("%s", async (_name, options, status) => {
    const webhookId = randomUUID();
    expect((await send({ webhookId, ...options })).status).toBe(status);
    expect(await find(webhookId)).toEqual([]);
    await expectNextGoodOneWorks();
  });

  it("a body changed or cut after signing", async () => {
    for (const body of [orderBody({ extra: { total_price: "1.00" } }), orderBody().slice(0, 200)]) {
      const signed = signedWebhook({ topic: "orders/create", domain, body: orderBody() });
      const changed = new Request(signed.url, { method: "POST", headers: signed.headers, body });
      expect((await deliver(changed)).status).toBe(401);
    }
    await expectNextGoodOneWorks();
  });

  it("10 MB, with and without a declared length", async () => {
    const body = Buffer.alloc(10_000_000, 0x20);
    expect((await send({ body, headers: { "content-length": String(body.length) } })).status).toBe(413);
    expect((await send({ body })).status).toBe(413);
    expect(edge.logged()).toContain('"outcome":"too_large"');
    await expectNextGoodOneWorks();
  });

  it("other methods than POST", async () => {
    const request = new Request("https://doorstep.example/webhooks/shopify");
    const answer = await loader({ request, params: {}, context: {} });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
  });

  it("everything while the database is away", async () => {
    const away = createServices({
      env: testEnv("postgres://nobody:nothing@127.0.0.1:1/none"),
      role: "web",
      clock: edge.clock,
      log: edge.services.log,
    });
    globalThis.__doorstepServices = away;
    try {
      const answer = await send();
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "10"]);
    } finally {
      globalThis.__doorstepServices = edge.services;
    }
    await expectNextGoodOneWorks();
  });

  it("what does not fit into a full queue", async () => {
    const shops = new ShopDirectory();
    const deliveryWriter = new DeliveryWriter({ ...edge.services, shops }, { maxWaiting: 2, maxWaitMs: 20 });
    globalThis.__doorstepServices = { ...edge.services, deliveryWriter };
    try {
      const answers = await Promise.all(Array.from({ length: 5 }, () => send()));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 503, 503, 503]);
    } finally {
      globalThis.__doorstepServices = edge.services;
    }
  });
});

describe("what is taken", () => {
  it("stores the raw bytes and queues the job once, however often it is delivered", async () => {
    const webhookId = randomUUID();
    const body = orderBody({ id: "6500000000001" });
    const answers = await Promise.all(Array.from({ length: 50 }, () => send({ webhookId, body })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await send({ webhookId, body })).status).toBe(200);
    const stored = await find(webhookId);
    expect(stored.map((row) => row.body.toString())).toEqual([body]);
    const jobs = await edge.rows(
      "SELECT 1 FROM pgboss.job j JOIN inbound_delivery d ON j.data ->> 'deliveryId' = d.id WHERE d.delivery_key = $1",
      [webhookId],
    );
    expect(jobs).toHaveLength(1);
  });

  it("takes header names in any case and the sibling topics of one event", async () => {
    const webhookId = randomUUID();
    const event = { "X-Shopify-Event-Id": "one-action" };
    await send({ webhookId, topic: "orders/create", headers: event });
    await send({ webhookId, topic: "orders/updated", headers: event });
    expect((await find(webhookId)).map(({ topic }) => topic)).toEqual(["orders/create", "orders/updated"]);
  });

  it("keeps a delivery of one shop apart from the same key of another", async () => {
    const other = await makeShop(edge.services.db, edge.clock);
    const webhookId = randomUUID();
    const id = "6500000000002";
    await send({ webhookId, body: orderBody({ id }) });
    await send({ webhookId, body: orderBody({ id }), domain: other.domain });
    await edge.drain();
    const owners = await edge.rows<{ shop_id: string }>("SELECT shop_id FROM orders WHERE id = $1 ORDER BY shop_id", [
      `gid://shopify/Order/${id}`,
    ]);
    expect(owners.map((row) => row.shop_id)).toEqual([shopId, other.shopId].sort());
  });

  it("gives an unknown shop a row and leaves its order alone", async () => {
    const webhookId = randomUUID();
    const stranger = `stranger-${randomUUID().slice(0, 8)}.myshopify.com`;
    expect((await send({ webhookId, domain: stranger })).status).toBe(200);
    await edge.drain();
    const [row] = await find(webhookId);
    expect(row).toMatchObject({ status: "ignored", outcome: "shop_not_installed" });
    expect(row?.body).toHaveLength(0);
    expect(await edge.rows("SELECT status FROM shop WHERE domain = $1", [stranger])).toEqual([{ status: "pending" }]);
  });

  it("ignores what an uninstalled shop still sends", async () => {
    const gone = await makeShop(edge.services.db, edge.clock, { status: "uninstalled" });
    const webhookId = randomUUID();
    await send({ webhookId, domain: gone.domain, body: orderBody({ id: "6500000000003" }) });
    await edge.drain();
    expect((await find(webhookId))[0]).toMatchObject({ status: "ignored", outcome: "shop_not_installed" });
    expect(await orderNames("6500000000003")).toEqual([]);
  });

  it("keeps ids beyond 2^53, unknown keys and 250 lines", async () => {
    const id = "820982911946154508";
    await send({ body: orderBody({ id, lines: 250, extra: { brand_new_key: { deep: [1, 2, 3] } } }) });
    await edge.drain();
    expect(await orderNames(id)).toEqual(["#1042"]);
    const [count] = await edge.rows<{ lines: number }>(
      "SELECT count(*)::int AS lines FROM order_line WHERE order_id = $1",
      [`gid://shopify/Order/${id}`],
    );
    expect(count?.lines).toBe(250);
  });

  it("never lets an older state win", async () => {
    const id = "6500000000004";
    const newer = orderBody({ id, updatedAt: "2026-11-20T12:00:00Z", extra: { financial_status: "refunded" } });
    const older = orderBody({ id, updatedAt: "2026-11-20T11:00:00Z", extra: { financial_status: "paid" } });
    for (const body of [newer, older]) {
      await send({ topic: "orders/updated", body });
      await edge.drain();
    }
    const rows = await edge.rows("SELECT financial_status FROM orders WHERE id = $1", [`gid://shopify/Order/${id}`]);
    expect(rows).toEqual([{ financial_status: "refunded" }]);
  });

  it("fetches the order of a fulfillment that comes first", async () => {
    const webhookId = randomUUID();
    await send({ webhookId, topic: "fulfillments/update", body: fulfillmentBody("5900000000001", []) });
    await edge.drain();
    expect((await find(webhookId))[0]?.status).toBe("ignored");
    const jobs = await edge.rows(
      "SELECT data FROM pgboss.job WHERE name = 'orders.refresh' AND data ->> 'orderId' = $1",
      ["gid://shopify/Order/6900000000001"],
    );
    expect(jobs).toHaveLength(1);
  });

  it("takes a fulfillment without tracking numbers", async () => {
    const webhookId = randomUUID();
    await send({ body: orderBody({ id: "6900000000001" }) });
    await edge.drain();
    await send({ webhookId, topic: "fulfillments/create", body: fulfillmentBody("5900000000002", []) });
    await edge.drain();
    expect((await find(webhookId))[0]?.status).toBe("processed");
    expect(await edge.rows("SELECT 1 FROM shipment WHERE shop_id = $1", [shopId])).toEqual([]);
  });
});

describe("what cannot be handled", () => {
  const poison: [string, Uint8Array | string][] = [
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ["text that is no JSON", "{not json"],
    ["JSON of another shape", "[1, 2, 3]"],
    ["endless nesting", "[".repeat(500_000)],
  ];

  it.each(poison)("%s ends in the dead letters, and the next one is handled", async (_name, body) => {
    const webhookId = randomUUID();
    expect((await send({ webhookId, body })).status).toBe(200);
    await edge.drain();
    const [row] = await find(webhookId);
    expect(row?.status).toBe("failed");
    expect(row?.error).toMatch(/^(invalid_input|unexpected_shape)/);
    await expectNextGoodOneWorks();
  });

  it("an unknown topic is kept and ignored", async () => {
    const webhookId = randomUUID();
    expect((await send({ webhookId, topic: "themes/publish", body: {} })).status).toBe(200);
    await edge.drain();
    expect((await find(webhookId))[0]).toMatchObject({ status: "ignored", outcome: "unknown_topic" });
  });
});

function fulfillmentBody(id: string, numbers: string[]): object {
  return {
    admin_graphql_api_id: `gid://shopify/Fulfillment/${id}`,
    id: Number(id),
    order_id: 6_900_000_000_001,
    status: "success",
    shipment_status: null,
    created_at: "2026-11-20T06:00:00-06:00",
    updated_at: "2026-11-20T06:00:00-06:00",
    tracking_company: null,
    tracking_number: numbers[0] ?? null,
    tracking_numbers: numbers,
    tracking_urls: [],
    line_items: [],
    name: "#1042.1",
  };
}
