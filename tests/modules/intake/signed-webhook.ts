import { createHmac, randomUUID } from "node:crypto";
import { SECRET } from "#tests/modules/shops/edge-services.ts";

export interface WebhookOptions {
  topic: string;
  domain: string;
  body: object | string | Uint8Array;
  /** Replace or, with null, leave out a header. */
  headers?: Record<string, string | null>;
  webhookId?: string;
  triggeredAt?: string;
}

/** A webhook as Shopify sends it: signed over exactly the bytes of the body. */
export function signedWebhook(options: WebhookOptions): Request {
  const body = toBytes(options.body);
  const headers: Record<string, string | null> = {
    "content-type": "application/json",
    "x-shopify-topic": options.topic,
    "x-shopify-hmac-sha256": createHmac("sha256", SECRET).update(body).digest("base64"),
    "x-shopify-shop-domain": options.domain,
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": options.webhookId ?? randomUUID(),
    "x-shopify-event-id": randomUUID(),
    "x-shopify-triggered-at": options.triggeredAt ?? "2026-11-20T12:00:00Z",
    ...options.headers,
  };
  const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null);
  return new Request("https://doorstep.example/webhooks/shopify", {
    method: "POST",
    headers: Object.fromEntries(present),
    body: Buffer.from(body),
  });
}

function toBytes(body: object | string | Uint8Array): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

/** An order's body with what the handlers need; ids are written as bare numbers, as Shopify does. */
export function orderBody(options: { id?: string; updatedAt?: string; lines?: number; extra?: object } = {}): string {
  const id = options.id ?? "6021844779231";
  const lines = Array.from({ length: options.lines ?? 1 }, (_, index) => ({
    id: 14_000_000_000_000 + index,
    admin_graphql_api_id: `gid://shopify/LineItem/${14_000_000_000_000 + index}`,
    title: "Trail Shell Jacket",
    quantity: 1,
    price: "148.00",
    requires_shipping: true,
  }));
  const order = {
    id: "@id",
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: "#1042",
    email: "avery@example.com",
    currency: "USD",
    total_price: "148.00",
    created_at: "2026-11-20T06:00:00-06:00",
    processed_at: "2026-11-20T06:00:00-06:00",
    updated_at: options.updatedAt ?? "2026-11-20T06:00:00-06:00",
    financial_status: "paid",
    fulfillment_status: null,
    test: false,
    tags: "",
    line_items: lines,
    fulfillments: [],
    shipping_lines: [],
    ...options.extra,
  };
  return JSON.stringify(order).replace('"@id"', id);
}
