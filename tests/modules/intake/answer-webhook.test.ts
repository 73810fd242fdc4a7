import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerShopifyWebhook } from "#app/modules/intake/receive-shopify-webhook.server.ts";
import { openEdge } from "#tests/modules/shops/edge-services.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { orderBody, signedWebhook, type WebhookOptions } from "./signed-webhook.ts";

const edge = keepOpen(openEdge);
let domain: string;
const server = createServer((request, response) => void answerShopifyWebhook(edge.services, request, response));

beforeAll(async () => {
  ({ domain } = await makeShop(edge.services.db, edge.clock));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const port = () => (server.address() as AddressInfo).port;

/** Sends over a real socket and gives the answer's status. */
async function send(options: Partial<WebhookOptions> = {}, method = "POST"): Promise<number> {
  const signed = signedWebhook({ topic: "orders/create", domain, body: orderBody(), ...options });
  const body = Buffer.from(await signed.arrayBuffer());
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ port: port(), method, headers: Object.fromEntries(signed.headers) }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    // After a 413 the server closes while we are still sending.
    outgoing.on("error", reject);
    outgoing.end(method === "POST" ? body : undefined);
  });
}

const stored = async () => (await edge.rows("SELECT 1 FROM inbound_delivery")).length;

it("answers as the route does, and goes on after everything bad", async () => {
  expect(await send()).toBe(200);
  expect(await send({ headers: { "x-shopify-hmac-sha256": "d3Jvbmc=" } })).toBe(401);
  expect(await send({ headers: { "x-shopify-topic": null } })).toBe(400);
  expect(await send({}, "GET")).toBe(405);
  expect(await send({ body: Buffer.alloc(3_000_000), headers: { "content-length": "3000000" } })).toBe(413);
  expect(await send({ body: Buffer.alloc(3_000_000), headers: { "transfer-encoding": "chunked" } })).toBe(413);
  expect(await send({ body: orderBody({ id: "6500000000009" }) })).toBe(200);
  expect(await stored()).toBe(2);
});

it("survives a sender that hangs up in the middle", async () => {
  const before = await stored();
  await new Promise<void>((resolve) => {
    const outgoing = httpRequest({ port: port(), method: "POST", headers: { "content-length": "100000" } });
    outgoing.on("error", () => resolve());
    outgoing.write("half", () => outgoing.destroy(new Error("gone")));
  });
  expect(await send()).toBe(200);
  expect(await stored()).toBe(before + 1);
});
