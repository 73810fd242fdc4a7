import { createHmac, randomUUID } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withConnection } from "#tests/postgres/server-connection.ts";
import { createTestDatabase } from "#tests/support/database.ts";
import { eventually } from "#tests/support/eventually.ts";
import { type FullStack, startFullStack } from "#tests/support/full-stack.ts";
import { shipOrder } from "#tests/support/ship-order.ts";

let stack: FullStack;

beforeAll(async () => {
  stack = await startFullStack({ database: await createTestDatabase(), history: { orders: 3, days: 10 } });
});

afterAll(async () => {
  if (stack) await stack.stop();
});

interface Delivery {
  topic?: string;
  body: Buffer | string;
  /** What is signed; the body when left out. */
  signed?: Buffer | string;
  headers?: Record<string, string>;
}

interface Answer {
  status: number;
  webhookId: string;
}

/** A webhook as Shopify sends it, to the running web process. */
async function deliver({ topic = "orders/create", body, signed = body, headers = {} }: Delivery): Promise<Answer> {
  const webhookId = randomUUID();
  const secret = stack.env["SHOPIFY_API_SECRET"] ?? "";
  const answer = await fetch(`${stack.webUrl}/webhooks/shopify`, {
    method: "POST",
    body: typeof body === "string" ? body : new Uint8Array(body),
    headers: {
      "content-type": "application/json",
      "x-shopify-topic": topic,
      "x-shopify-hmac-sha256": createHmac("sha256", secret).update(signed).digest("base64"),
      "x-shopify-shop-domain": "northpeak-demo.myshopify.com",
      "x-shopify-api-version": "2026-10",
      "x-shopify-webhook-id": webhookId,
      "x-shopify-event-id": randomUUID(),
      "x-shopify-triggered-at": new Date().toISOString(),
      ...headers,
    },
  });
  await answer.arrayBuffer();
  return { status: answer.status, webhookId };
}

interface Stored {
  status: string;
  error: string | null;
  outcome: string | null;
}

function stored(webhookId: string): Promise<Stored | undefined> {
  return withConnection(stack.database.ownerUrl, async (client) => {
    const query = "SELECT status, error, outcome FROM inbound_delivery WHERE delivery_key = $1";
    return (await client.query<Stored>(query, [webhookId])).rows[0];
  });
}

/** Waits until the worker has made up its mind. */
function decided(webhookId: string): Promise<Stored> {
  return eventually(
    async () => {
      const row = await stored(webhookId);
      return row && row.status !== "stored" ? row : null;
    },
    { what: `the end of webhook ${webhookId}` },
  );
}

/** Whatever came before, what the shop does next arrives. */
async function expectNextGoodOneWorks(): Promise<void> {
  const { order } = shipOrder(stack.sandbox, { carrierId: "ups" });
  await eventually(
    () =>
      withConnection(stack.database.ownerUrl, async (client) => {
        const query = "SELECT 1 FROM shipment WHERE order_id = $1";
        return (await client.query(query, [order.id])).rowCount === 1;
      }),
    { what: `the parcel of ${order.name}` },
  );
}

const genuine = () =>
  stack.sandbox.shopify.webhooks.deliveries.find(({ topic }) => topic === "orders/create")?.body ?? "";

describe("what cannot be trusted is refused, and the next good one is processed", () => {
  test("a forged webhook: 401", async () => {
    const answer = await deliver({ body: '{"id":1}', signed: '{"id":2}' });
    expect(answer.status).toBe(401);
    expect(await stored(answer.webhookId)).toBeUndefined();
    await eventually(() => stack.log("web").includes('"unauthorised"'), { what: "a line in the log" });
    await expectNextGoodOneWorks();
  });

  test("one that was cut on its way: 401", async () => {
    const whole = genuine();
    const answer = await deliver({ body: whole.slice(0, whole.length / 2), signed: whole });
    expect(answer.status).toBe(401);
    expect(await stored(answer.webhookId)).toBeUndefined();
    await expectNextGoodOneWorks();
  });

  test("one of 10 MB: 413, without reading it to its end", async () => {
    expect(await postHuge(10_000_000)).toBe(413);
    await eventually(() => stack.log("web").includes('"too_large"'), { what: "a line in the log" });
    await expectNextGoodOneWorks();
  });

  test("one whose sender hangs up in the middle leaves nothing behind", async () => {
    await hangUp();
    await expectNextGoodOneWorks();
  });
});

describe("what is signed and senseless is kept for a person, and the next good one is processed", () => {
  test("bytes that are no UTF-8", async () => {
    const { status, webhookId } = await deliver({
      body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x7d]),
    });
    expect(status).toBe(200);
    expect(await decided(webhookId)).toMatchObject({ status: "failed" });
    await expectNextGoodOneWorks();
  });

  test("half a document, truly signed", async () => {
    const { status, webhookId } = await deliver({ body: genuine().slice(0, 300) });
    expect(status).toBe(200);
    const row = await decided(webhookId);
    expect(row.status).toBe("failed");
    expect(row.error).not.toBe("");
    await eventually(() => /job failed|delivery/.test(stack.log("worker")), { what: "a line in the log" });
    await expectNextGoodOneWorks();
  });

  test("words of Shopify's that we do not know", async () => {
    const order = JSON.parse(genuine()) as Record<string, unknown>;
    const body = genuine()
      .replaceAll(`"financial_status":"${String(order["financial_status"])}"`, '"financial_status":"paid_in_shells"')
      .replace(`"fulfillment_status":null`, '"fulfillment_status":"levitating"')
      // Older news than what is known would be left aside.
      .replaceAll(/"updated_at":"[^"]+"/g, `"updated_at":"${new Date(Date.now() + 60_000).toISOString()}"`);
    expect(body).not.toBe(genuine());
    const { status, webhookId } = await deliver({ topic: "orders/updated", body });
    expect(status).toBe(200);
    expect(await decided(webhookId)).toMatchObject({ status: "processed" });
    await expectNextGoodOneWorks();
  });

  test("a topic that nobody asked for", async () => {
    const { status, webhookId } = await deliver({ topic: "moons/rise", body: "{}" });
    expect(status).toBe(200);
    expect(await decided(webhookId)).toMatchObject({ status: "ignored" });
    await expectNextGoodOneWorks();
  });
});

/**
 * Announces so many bytes, sends the first of them and gives the status of the answer. A sender that goes on sending may
 * lose the answer, because the connection is closed behind it.
 */
function postHuge(bytes: number): Promise<number> {
  const { hostname, port } = new URL(stack.webUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.on("error", reject);
    socket.on("data", (answer) => {
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.toString("latin1"))?.[1]));
      socket.destroy();
    });
    socket.write(
      `POST /webhooks/shopify HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\n` +
        `x-shopify-topic: orders/create\r\ncontent-length: ${bytes}\r\n\r\n${" ".repeat(16_000)}`,
    );
  });
}

/** Promises a thousand bytes, sends ten and goes away. */
function hangUp(): Promise<void> {
  return new Promise((resolve) => {
    const headers = { "content-type": "application/json", "content-length": 1_000, "x-shopify-topic": "orders/create" };
    const post = request(`${stack.webUrl}/webhooks/shopify`, { method: "POST", headers });
    post.on("error", () => undefined);
    post.on("close", () => resolve());
    post.write("0123456789", () => setTimeout(() => post.destroy(), 50));
  });
}
