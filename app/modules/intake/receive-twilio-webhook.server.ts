import type { Clock } from "#app/lib/clock.ts";
import { errorMessage } from "#app/lib/errors.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { writeDelivery } from "./accept-delivery.server.ts";
import type { AcceptOutcome } from "./delivery.ts";
import type { DeliveryWriter } from "./delivery-writer.server.ts";
import { readBoundedBody } from "./read-bounded-body.ts";
import { respondToDelivery } from "./respond-to-delivery.ts";

/** An account as far as its webhook goes. */
export interface HookedText {
  shopId: string;
  id: string;
  accountSid: string;
  authToken: string;
  /** The public address of the webhook, from the configuration. */
  url: string;
}

export interface ReceiveTwilioDeps {
  clock: Clock;
  log: Logger;
  deliveryWriter: DeliveryWriter;
  accountOf(token: string): Promise<HookedText | null>;
  isSigned(authToken: string, signed: { url: string; fields: URLSearchParams; signature: string }): boolean;
  /** What the form is about and what makes it one; null for one that is neither a status nor an answer. */
  describe(fields: URLSearchParams): { topic: "status" | "inbound"; key: string } | null;
  /** What goes back to the person; null for nothing. */
  answerOf(heard: { shopId: string; fields: URLSearchParams }): Promise<string | null>;
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** Forms of Twilio stay far below. */
const MAX_FORM_BYTES = 64_000;
const REFERENCE = /^ntf_[a-z0-9]{26}$/;

type Received = { outcome: AcceptOutcome; answer: string | null };

/**
 * From a form of Twilio to the answer: the address names the account, whose auth token proves the fields and the public
 * address that was called; stored under message and status, job queued. A person's keyword is answered in the same breath.
 */
export async function receiveTwilioWebhook(
  deps: ReceiveTwilioDeps,
  request: Request,
  token: string,
): Promise<Response> {
  const { outcome, answer } = await receive(deps, request, token);
  if (outcome.kind !== "accepted" && outcome.kind !== "duplicate") {
    deps.log.warn({ outcome: outcome.kind }, "text webhook refused");
  }
  if (outcome.kind !== "accepted" || answer === null) return respondToDelivery(outcome);
  return new Response(twiml(answer), {
    headers: { "content-type": "text/xml; charset=utf-8", "cache-control": "no-store" },
  });
}

const only = (outcome: AcceptOutcome): Received => ({ outcome, answer: null });

async function receive(deps: ReceiveTwilioDeps, request: Request, token: string): Promise<Received> {
  if (request.method !== "POST") return only({ kind: "wrong_method" });
  if (!TOKEN.test(token)) return only({ kind: "not_found" });
  const account = await findAccount(deps, token);
  if (account === "unavailable") return only({ kind: "unavailable" });
  if (!account) return only({ kind: "not_found" });
  const body = await readBoundedBody(request, MAX_FORM_BYTES);
  if (!body) return only({ kind: "too_large" });
  const fields = new URLSearchParams(Buffer.from(body).toString("utf8"));
  const search = new URL(request.url).search;
  const signature = request.headers.get("x-twilio-signature") ?? "";
  const signed = deps.isSigned(account.authToken, { url: account.url + search, fields, signature });
  if (!signed || fields.get("AccountSid") !== account.accountSid) return only({ kind: "unauthorised" });
  const about = deps.describe(fields);
  if (!about) return only({ kind: "malformed", reason: "form" });
  const outcome = await store(deps, { account, about, body, search });
  const answer =
    outcome.kind === "accepted" && about.topic === "inbound" ? await answerFor(deps, account, fields) : null;
  return { outcome, answer };
}

interface Storing {
  account: HookedText;
  about: { topic: "status" | "inbound"; key: string };
  body: Uint8Array;
  search: string;
}

function store(
  { deliveryWriter, clock }: ReceiveTwilioDeps,
  { account, about, body, search }: Storing,
): Promise<AcceptOutcome> {
  const reference = new URLSearchParams(search).get("n") ?? "";
  return writeDelivery(deliveryWriter, {
    ...{
      owner: { shopId: account.shopId },
      source: "twilio",
      topic: about.topic,
      deliveryKey: about.key,
      eventId: null,
    },
    ...{ accountId: account.id, apiVersion: null, triggeredAt: null, body, receivedAt: clock.now() },
    headers: REFERENCE.test(reference) ? { reference } : {},
  });
}

async function findAccount(deps: ReceiveTwilioDeps, token: string): Promise<HookedText | null | "unavailable"> {
  try {
    return await deps.accountOf(token);
  } catch (error) {
    deps.log.error({ reason: errorMessage(error).slice(0, 160) }, "text account could not be read");
    return "unavailable";
  }
}

/** The wish is stored already: a courtesy that fails must not make Twilio repeat it. */
async function answerFor(
  deps: ReceiveTwilioDeps,
  account: HookedText,
  fields: URLSearchParams,
): Promise<string | null> {
  try {
    return await deps.answerOf({ shopId: account.shopId, fields });
  } catch (error) {
    deps.log.error({ reason: errorMessage(error).slice(0, 160) }, "a text could not be answered");
    return null;
  }
}

function twiml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;",
  };
  const escaped = text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
  return `<?xml version="1.0" encoding="UTF-8"?><Response><Message>${escaped}</Message></Response>`;
}
