import type { Clock } from "#app/lib/clock.ts";
import { type KeyRing, sha256 } from "#app/lib/crypto.server.ts";
import type { Database } from "#app/lib/db.server.ts";
import { errorMessage } from "#app/lib/errors.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { CarrierPush } from "#app/modules/carriers/carrier.ts";
import { findHookedAccount, type HookedAccount } from "#app/modules/shops/manage-carrier-accounts.server.ts";
import { writeDelivery } from "./accept-delivery.server.ts";
import { type AcceptOutcome, MAX_DELIVERY_BYTES } from "./delivery.ts";
import type { DeliveryWriter } from "./delivery-writer.server.ts";
import { readBoundedBody } from "./read-bounded-body.ts";
import { respondToDelivery } from "./respond-to-delivery.ts";

export interface ReceiveCarrierDeps {
  db: Database;
  keys: KeyRing;
  clock: Clock;
  log: Logger;
  deliveryWriter: DeliveryWriter;
  /** The registry of carriers, as far as pushes go. */
  carriers: { find(carrierId: string): { push?: CarrierPush } | null };
}

export interface CarrierAddress {
  carrier: string;
  token: string;
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const MAX_KEY = 120;
const MAX_HEADERS = 30;
const MAX_HEADER_LENGTH = 300;
/** Names of headers that may carry a signature or a secret. */
const SECRET_HEADER = /sign|hmac|secret|token|auth|key|cookie|credential|password/i;

/** From a carrier's push to the answer: the address names the account, the account's secrets prove the bytes. */
export async function receiveCarrierWebhook(
  deps: ReceiveCarrierDeps,
  request: Request,
  address: CarrierAddress,
): Promise<Response> {
  const outcome = await accept(deps, request, address);
  if (outcome.kind !== "accepted" && outcome.kind !== "duplicate") {
    const carrier = address.carrier.replace(/[^a-z0-9_-]/gi, "").slice(0, 40);
    deps.log.warn({ outcome: outcome.kind, carrier }, "carrier webhook refused");
  }
  return respondToDelivery(outcome);
}

async function accept(deps: ReceiveCarrierDeps, request: Request, address: CarrierAddress): Promise<AcceptOutcome> {
  if (request.method !== "POST") return { kind: "wrong_method" };
  const push = deps.carriers.find(address.carrier)?.push;
  if (!push || !TOKEN.test(address.token)) return { kind: "not_found" };
  const account = await findAccount(deps, address.token);
  if (account === "unavailable") return { kind: "unavailable" };
  // A token of another carrier must not tell that it exists.
  if (account?.carrier !== address.carrier) return { kind: "not_found" };
  const body = await readBoundedBody(request, MAX_DELIVERY_BYTES);
  if (!body) return { kind: "too_large" };
  const headers = Object.fromEntries(request.headers);
  const { secrets, credentials } = account;
  if (!push.verify({ body, headers, secrets, credentials })) return { kind: "unauthorised" };
  return writeDelivery(deps.deliveryWriter, {
    owner: { shopId: account.shopId },
    source: account.carrier,
    topic: "push",
    deliveryKey: readKey(push, body, headers),
    eventId: null,
    accountId: account.accountId,
    apiVersion: null,
    triggeredAt: null,
    headers: keepHeaders(headers),
    body,
    receivedAt: deps.clock.now(),
  });
}

async function findAccount(deps: ReceiveCarrierDeps, token: string): Promise<HookedAccount | null | "unavailable"> {
  try {
    return await findHookedAccount(deps, token);
  } catch (error) {
    deps.log.error({ reason: errorMessage(error).slice(0, 160) }, "carrier account could not be read");
    return "unavailable";
  }
}

/** A blank key would make all of a carrier's pushes one; one that no text column takes could never be stored. */
function readKey(push: CarrierPush, body: Uint8Array, headers: Readonly<Record<string, string>>): string {
  const key = push.deliveryKey({ body, headers })?.trim();
  if (!key || /\p{Cc}|\p{Cs}/u.test(key)) return sha256(body);
  return key.length <= MAX_KEY ? key : sha256(key);
}

/** What a parser may need later; nothing that proves or opens anything. */
function keepHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name, value]) =>
      (name === "content-type" || name.startsWith("x-")) &&
      !SECRET_HEADER.test(name) &&
      value.length <= MAX_HEADER_LENGTH,
  );
  return Object.fromEntries(kept.slice(0, MAX_HEADERS));
}
