import type { Clock } from "#app/lib/clock.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { acceptDelivery } from "./accept-delivery.server.ts";
import { type AcceptOutcome, MAX_DELIVERY_BYTES } from "./delivery.ts";
import type { DeliveryWriter } from "./delivery-writer.server.ts";
import { readBoundedBody } from "./read-bounded-body.ts";
import { respondToDelivery } from "./respond-to-delivery.ts";

export interface ReceiveDeps {
  env: { SHOPIFY_API_SECRET: string };
  clock: Clock;
  log: Logger;
  deliveryWriter: DeliveryWriter;
}

/** From request to answer, for the route and for any host that wants to skip the routes: every Shopify topic comes here. */
export async function receiveShopifyWebhook(deps: ReceiveDeps, request: Request): Promise<Response> {
  const outcome = await accept(deps, request);
  if (outcome.kind !== "accepted" && outcome.kind !== "duplicate") {
    const reason = outcome.kind === "malformed" ? { header: outcome.reason } : {};
    deps.log.warn({ outcome: outcome.kind, topic: topicForLog(request), ...reason }, "webhook refused");
  }
  return respondToDelivery(outcome);
}

async function accept(deps: ReceiveDeps, request: Request): Promise<AcceptOutcome> {
  if (request.method !== "POST") return { kind: "wrong_method" };
  const body = await readBoundedBody(request, MAX_DELIVERY_BYTES);
  if (!body) return { kind: "too_large" };
  return acceptDelivery(
    { writer: deps.deliveryWriter, clock: deps.clock },
    { body, headers: request.headers, secret: deps.env.SHOPIFY_API_SECRET },
  );
}

/** Unverified text from outside: kept short and plain. */
function topicForLog(request: Request): string {
  return (request.headers.get("x-shopify-topic") ?? "").replace(/[^a-z_/]/gi, "").slice(0, 60);
}
