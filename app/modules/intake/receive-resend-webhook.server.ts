import { Resend } from "resend";
import type { Clock } from "#app/lib/clock.ts";
import { errorMessage } from "#app/lib/errors.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { writeDelivery } from "./accept-delivery.server.ts";
import { type AcceptOutcome, MAX_DELIVERY_BYTES } from "./delivery.ts";
import type { DeliveryWriter } from "./delivery-writer.server.ts";
import { readBoundedBody } from "./read-bounded-body.ts";
import { respondToDelivery } from "./respond-to-delivery.ts";

export interface ReceiveResendDeps {
  env: { RESEND_WEBHOOK_SECRETS: readonly string[] };
  clock: Clock;
  log: Logger;
  deliveryWriter: DeliveryWriter;
  /** Whose event it is. */
  ownerOf(
    body: unknown,
  ): Promise<{ kind: "shop"; shopId: string; type: string } | { kind: "nobody" } | { kind: "malformed" }>;
}

const KEY = /^[\x21-\x7e]{1,120}$/;

/** Verifying needs no account: the key is never used. */
const verifier = new Resend("re_none");

/** From Resend's webhook to the answer: signature over the raw text, owner, stored under its `svix-id`, job queued. */
export async function receiveResendWebhook(deps: ReceiveResendDeps, request: Request): Promise<Response> {
  const outcome = await accept(deps, request);
  if (outcome.kind !== "accepted" && outcome.kind !== "duplicate") {
    deps.log.warn({ outcome: outcome.kind }, "mail webhook refused");
  }
  return respondToDelivery(outcome);
}

async function accept(deps: ReceiveResendDeps, request: Request): Promise<AcceptOutcome> {
  if (request.method !== "POST") return { kind: "wrong_method" };
  if (deps.env.RESEND_WEBHOOK_SECRETS.length === 0) return { kind: "not_found" };
  const body = await readBoundedBody(request, MAX_DELIVERY_BYTES);
  if (!body) return { kind: "too_large" };
  const id = request.headers.get("svix-id") ?? "";
  if (!KEY.test(id)) return { kind: "malformed", reason: "svix-id" };
  const event = verify(deps.env.RESEND_WEBHOOK_SECRETS, request.headers, body);
  if (!event) return { kind: "unauthorised" };
  const owner = await ownerOf(deps, event);
  switch (owner.kind) {
    case "malformed":
      return { kind: "malformed", reason: "body" };
    case "unavailable":
      return { kind: "unavailable" };
    case "nobody":
      deps.log.debug("mail webhook for nobody");
      return { kind: "accepted" };
    case "shop":
      return writeDelivery(deps.deliveryWriter, {
        ...{ owner: { shopId: owner.shopId }, source: "resend", topic: owner.type, deliveryKey: id, eventId: id },
        ...{ accountId: null, apiVersion: null, triggeredAt: null, headers: {}, body, receivedAt: deps.clock.now() },
      });
  }
}

async function ownerOf(deps: ReceiveResendDeps, event: object) {
  try {
    return await deps.ownerOf(event);
  } catch (error) {
    deps.log.error({ reason: errorMessage(error).slice(0, 160) }, "the owner of a mail webhook could not be read");
    return { kind: "unavailable" } as const;
  }
}

/** Several secrets, because for a while after a rotation both are in use. @returns null when none fits. */
function verify(secrets: readonly string[], headers: Headers, body: Uint8Array): object | null {
  const signed = {
    id: headers.get("svix-id") ?? "",
    timestamp: headers.get("svix-timestamp") ?? "",
    signature: headers.get("svix-signature") ?? "",
  };
  const payload = decode(body);
  if (payload === null) return null;
  for (const webhookSecret of secrets) {
    try {
      return verifier.webhooks.verify({ payload, headers: signed, webhookSecret });
    } catch {
      // The next secret may fit.
    }
  }
  return null;
}

/** Bytes that are no text would be changed by reading them leniently, and with them what was signed. */
function decode(body: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return null;
  }
}
