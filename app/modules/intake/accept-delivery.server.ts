import type { Clock } from "#app/lib/clock.ts";
import { equalBytes, hmacSha256 } from "#app/lib/crypto.server.ts";
import type { AcceptOutcome, NewDelivery } from "./delivery.ts";
import type { DeliveryWriter } from "./delivery-writer.server.ts";

export interface AcceptInput {
  body: Uint8Array;
  headers: Headers;
  /** The app's client secret. */
  secret: string;
}

interface ShopifyHeaders {
  signature: string;
  domain: string;
  topic: string;
  deliveryKey: string;
}

const SHOP_DOMAIN = /^[a-z0-9][a-z0-9-]{0,80}\.myshopify\.com$/;
const TOPIC = /^[a-z_]{1,60}(\/[a-z_]{1,60}){1,2}$/;
const INSTANT = /^2\d{3}-\d\d-\d\dT/;
const KEY = /^[\x21-\x7e]{1,120}$/;

/**
 * Takes one webhook of Shopify: headers complete, signature over the raw bytes right, stored under
 * shop + topic + webhook id, job queued. Signature rule: base64 of HMAC-SHA256 over the body with the client secret.
 */
export async function acceptDelivery(
  deps: { writer: DeliveryWriter; clock: Clock },
  { body, headers, secret }: AcceptInput,
): Promise<AcceptOutcome> {
  const read = readHeaders(headers);
  if (typeof read === "string") return { kind: "malformed", reason: read };
  if (!isSigned(body, read.signature, secret)) return { kind: "unauthorised" };
  return writeDelivery(deps.writer, {
    owner: { domain: read.domain },
    source: "shopify",
    topic: read.topic,
    deliveryKey: read.deliveryKey,
    eventId: clean(headers.get("x-shopify-event-id")),
    accountId: null,
    apiVersion: clean(headers.get("x-shopify-api-version")),
    triggeredAt: readInstant(headers.get("x-shopify-triggered-at")),
    headers: {},
    body,
    receivedAt: deps.clock.now(),
  });
}

/** Stores a verified delivery and names what came of it. */
export async function writeDelivery(writer: DeliveryWriter, delivery: NewDelivery): Promise<AcceptOutcome> {
  const outcome = await writer.write(delivery);
  return { kind: outcome === "stored" ? "accepted" : outcome };
}

/** @returns the name of the first header that is missing or senseless. */
function readHeaders(headers: Headers): ShopifyHeaders | string {
  const signature = headers.get("x-shopify-hmac-sha256") ?? "";
  const domain = (headers.get("x-shopify-shop-domain") ?? "").trim().toLowerCase();
  const topic = (headers.get("x-shopify-topic") ?? "").trim().toLowerCase();
  const deliveryKey = headers.get("x-shopify-webhook-id") ?? "";
  if (!signature) return "x-shopify-hmac-sha256";
  if (!SHOP_DOMAIN.test(domain)) return "x-shopify-shop-domain";
  if (!TOPIC.test(topic)) return "x-shopify-topic";
  if (!KEY.test(deliveryKey)) return "x-shopify-webhook-id";
  return { signature, domain, topic, deliveryKey };
}

function isSigned(body: Uint8Array, signature: string, secret: string): boolean {
  return equalBytes(Buffer.from(signature, "base64"), hmacSha256(secret, body));
}

function clean(value: string | null): string | null {
  return value !== null && KEY.test(value) ? value : null;
}

/** The signature does not cover it: only a full date of a year that the database knows, too, is taken. */
function readInstant(value: string | null): Date | null {
  const instant = new Date(value !== null && INSTANT.test(value) ? value : "");
  return Number.isNaN(instant.getTime()) ? null : instant;
}
