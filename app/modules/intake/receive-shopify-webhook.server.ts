import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "#app/lib/clock.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { acceptDelivery } from "./accept-delivery.server.ts";
import { type AcceptOutcome, MAX_DELIVERY_BYTES } from "./delivery.ts";
import type { DeliveryWriter } from "./delivery-writer.server.ts";
import { readBoundedBody, readBoundedStream } from "./read-bounded-body.ts";
import { respondToDelivery } from "./respond-to-delivery.ts";

export interface ReceiveDeps {
  env: { SHOPIFY_API_SECRET: string };
  clock: Clock;
  log: Logger;
  deliveryWriter: DeliveryWriter;
}

interface Received {
  method: string;
  headers: Headers;
  /** @returns null when the body is too large. */
  readBody(): Promise<Uint8Array | null>;
}

/** From request to answer, for the route: every Shopify topic comes here. */
export function receiveShopifyWebhook(deps: ReceiveDeps, request: Request): Promise<Response> {
  const { method, headers } = request;
  return receive(deps, { method, headers, readBody: () => readBoundedBody(request, MAX_DELIVERY_BYTES) });
}

/**
 * The same for Node's own request and response: a host that mounts this before the routes answers about a third more
 * webhooks with the same processor, because nothing is turned into web streams and back.
 */
export async function answerShopifyWebhook(
  deps: ReceiveDeps,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  const declared = Number(headers.get("content-length") ?? 0);
  // Leaving a plain loop over the request would destroy the socket, and the 413 with it.
  const chunks = request.iterator({ destroyOnReturn: false });
  const readBody = () => readBoundedStream(chunks, { declared, maxBytes: MAX_DELIVERY_BYTES });
  try {
    const answer = await receive(deps, { method: request.method ?? "", headers, readBody });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end();
  } catch {
    // The sender hung up in the middle of its body: nobody is left to answer.
    deps.log.warn({ outcome: "aborted" }, "webhook refused");
    response.destroy();
  }
}

async function receive(deps: ReceiveDeps, received: Received): Promise<Response> {
  const outcome = await accept(deps, received);
  if (outcome.kind !== "accepted" && outcome.kind !== "duplicate") {
    const reason = outcome.kind === "malformed" ? { header: outcome.reason } : {};
    deps.log.warn({ outcome: outcome.kind, topic: topicForLog(received.headers), ...reason }, "webhook refused");
  }
  return respondToDelivery(outcome);
}

async function accept(deps: ReceiveDeps, { method, headers, readBody }: Received): Promise<AcceptOutcome> {
  if (method !== "POST") return { kind: "wrong_method" };
  const body = await readBody();
  if (!body) return { kind: "too_large" };
  return acceptDelivery(
    { writer: deps.deliveryWriter, clock: deps.clock },
    { body, headers, secret: deps.env.SHOPIFY_API_SECRET },
  );
}

/** Unverified text from outside: kept short and plain. */
function topicForLog(headers: Headers): string {
  return (headers.get("x-shopify-topic") ?? "").replace(/[^a-z_/]/gi, "").slice(0, 60);
}
