import { z } from "zod";
import { Prisma } from "#app/generated/prisma/client.ts";
import type { Clock } from "#app/lib/clock.ts";
import { type KeyRing, randomToken, sha256 } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Http } from "#app/lib/http.server.ts";
import { newId } from "#app/lib/ids.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { callTwilio, type TwilioAnswer, type TwilioDeps, type TwilioKey } from "../channels/twilio-api.server.ts";
import { readSmsCredentials, type SmsCredentials, type SmsFieldProblem } from "./read-sms-form.ts";
import { smsOptionsSchema } from "./sms-account.ts";
import { hookUrl, openSmsAccount, PROVIDER, sealSms } from "./sms-account-store.server.ts";

export interface ConnectSmsDeps {
  db: Database;
  clock: Clock;
  keys: KeyRing;
  http: Http;
  env: { SHOPIFY_APP_URL: string; TWILIO_BASE_URL?: string | undefined };
}

/** Why Twilio does not take what was typed. Each is a translation key under `sms.refused.`. */
export type SmsRefusal = "api_key" | "auth_token" | "suspended" | "sender" | "sender_no_sms" | "unreachable";

export type ConnectSmsOutcome =
  | { kind: "connected"; trial: boolean; hearsReplies: boolean }
  | { kind: "invalid"; problems: Record<string, SmsFieldProblem> }
  | { kind: "refused"; cause: SmsRefusal };

export interface ConnectSmsInput {
  shopId: string;
  actorId: string;
  /** As typed. */
  typed: Readonly<Record<string, string>>;
}

/**
 * Tries key, token and sender with one cheap call each, and saves them sealed. A new account stays switched off until
 * price and consent are settled; a known one keeps what was settled, and its webhook address.
 */
export async function connectSmsAccount(deps: ConnectSmsDeps, input: ConnectSmsInput): Promise<ConnectSmsOutcome> {
  const read = readSmsCredentials(input.typed);
  if (!read.ok) return { kind: "invalid", problems: read.problems };
  const { shopId } = input;
  const known = await deps.db.forShop(shopId, (tx) => openSmsAccount(tx, deps.keys, shopId));
  const hookToken = known?.hookToken ?? randomToken();
  const probed = await probe(deps, read.value, hookUrl(deps.env, hookToken));
  if (probed.kind === "refused") return probed;
  const { trial, hearsReplies } = probed;
  await deps.db.forShop(shopId, (tx) => save(tx, deps, { ...input, ...read.value, trial, hearsReplies, hookToken }));
  return { kind: "connected", trial, hearsReplies };
}

type Probed = { kind: "usable"; trial: boolean; hearsReplies: boolean } | { kind: "refused"; cause: SmsRefusal };

const refused = (cause: SmsRefusal) => ({ kind: "refused", cause }) as const;
const account = z.object({ status: z.string(), type: z.string() });

async function probe(deps: ConnectSmsDeps, typed: SmsCredentials, url: string): Promise<Probed> {
  const twilio: TwilioDeps = { http: deps.http, baseUrl: deps.env.TWILIO_BASE_URL };
  const { accountSid } = typed;
  const key: TwilioKey = { accountSid, user: typed.apiKeySid, secret: typed.apiKeySecret };
  const first = await callTwilio(twilio, key, { method: "GET", path: "Messages.json", query: { PageSize: "1" } });
  const keyFault = faultOf(first, "api_key");
  if (keyFault) return refused(keyFault);
  // The auth token signs what Twilio sends us: a wrong one would only be noticed when every callback is refused.
  const owner: TwilioKey = { accountSid, user: accountSid, secret: typed.authToken };
  const self = await callTwilio(twilio, owner, { method: "GET", path: `/2010-04-01/Accounts/${accountSid}.json` });
  const tokenFault = faultOf(self, "auth_token");
  if (tokenFault) return refused(tokenFault);
  const read = account.safeParse(self.kind === "answer" ? self.body : null);
  if (!read.success) return refused("unreachable");
  if (read.data.status !== "active") return refused("suspended");
  const trial = read.data.type.toLowerCase() === "trial";
  const sender = await probeSender(twilio, owner, { origin: typed.origin, url });
  return sender.kind === "refused" ? sender : { ...sender, trial };
}

/** What a failed call says: the credential is wrong, or nothing is known. */
function faultOf(answer: TwilioAnswer, credential: SmsRefusal): SmsRefusal | null {
  if (answer.kind !== "answer" || answer.status >= 500 || answer.status === 429) return "unreachable";
  return answer.status === 200 ? null : credential;
}

type ProbedSender = { kind: "usable"; hearsReplies: boolean } | { kind: "refused"; cause: SmsRefusal };

async function probeSender(
  twilio: TwilioDeps,
  key: TwilioKey,
  { origin, url }: { origin: SmsCredentials["origin"]; url: string },
): Promise<ProbedSender> {
  switch (origin.kind) {
    // Names need no purchase; where they may be used is the country's affair.
    case "name":
      return { kind: "usable", hearsReplies: false };
    case "service":
      return probeService(twilio, key, { sid: origin.sid, url });
    case "number":
      return probeNumber(twilio, key, { number: origin.number, url });
  }
}

const service = z.object({ inbound_request_url: z.string().nullable().catch(null) });

async function probeService(
  twilio: TwilioDeps,
  key: TwilioKey,
  { sid, url }: { sid: string; url: string },
): Promise<ProbedSender> {
  const answer = await callTwilio(twilio, key, { method: "GET", host: "messaging", path: `/v1/Services/${sid}` });
  const fault = faultOf(answer, "sender");
  if (fault) return refused(fault);
  const read = service.safeParse(answer.kind === "answer" ? answer.body : null);
  return { kind: "usable", hearsReplies: read.success && read.data.inbound_request_url === url };
}

const numbers = z.object({
  incoming_phone_numbers: z.array(
    z.object({
      sid: z.string(),
      sms_url: z.string().nullable().catch(null),
      capabilities: z.object({ sms: z.boolean() }),
    }),
  ),
});

/** What a fresh number is set to: nobody's own. */
const DEFAULT_SMS_URL = "https://demo.twilio.com/welcome/sms/reply";

/** The number must be the account's own. Its answers come to us unless the merchant has sent them somewhere else already. */
async function probeNumber(
  twilio: TwilioDeps,
  key: TwilioKey,
  { number, url }: { number: string; url: string },
): Promise<ProbedSender> {
  const query = { PhoneNumber: number };
  const answer = await callTwilio(twilio, key, { method: "GET", path: "IncomingPhoneNumbers.json", query });
  const fault = faultOf(answer, "sender");
  if (fault) return refused(fault);
  const read = numbers.safeParse(answer.kind === "answer" ? answer.body : null);
  const found = read.success ? read.data.incoming_phone_numbers[0] : undefined;
  if (!found) return refused("sender");
  if (!found.capabilities.sms) return refused("sender_no_sms");
  if (found.sms_url === url) return { kind: "usable", hearsReplies: true };
  if (found.sms_url && !found.sms_url.startsWith(DEFAULT_SMS_URL)) return { kind: "usable", hearsReplies: false };
  const form = { SmsUrl: url, SmsMethod: "POST" };
  const set = await callTwilio(twilio, key, { method: "POST", path: `IncomingPhoneNumbers/${found.sid}.json`, form });
  return { kind: "usable", hearsReplies: set.kind === "answer" && set.status === 200 };
}

interface Accepted extends ConnectSmsInput, SmsCredentials {
  trial: boolean;
  hearsReplies: boolean;
  hookToken: string;
}

async function save(tx: ShopTx, { keys, clock }: ConnectSmsDeps, accepted: Accepted): Promise<void> {
  const { shopId, actorId, accountSid, apiKeySid, apiKeySecret, authToken, hookToken } = accepted;
  const { origin, whatsappFrom, trial, hearsReplies } = accepted;
  const now = clock.now();
  const row = await tx.smsAccount.findUnique({ where: { shopId_provider: { shopId, provider: PROVIDER } } });
  const id = row?.id ?? newId("acc", clock);
  const before = smsOptionsSchema
    .partial()
    .catch({})
    .parse(row?.options ?? {});
  const options = smsOptionsSchema.parse({ ...before, origin, whatsappFrom, trial, hearsReplies });
  const key = { shopId, id };
  const data = {
    ...{ accountName: accountSid, options, updatedAt: now },
    secretsSealed: sealSms(keys, key, "secrets", JSON.stringify({ apiKeySid, apiKeySecret, authToken })),
    hookTokenHash: sha256(hookToken),
    hookTokenSealed: sealSms(keys, key, "hook_token", hookToken),
  };
  if (row) {
    // What Twilio refused before is taken again; what the merchant switched off stays off.
    const state = row.state === "failed" ? "connected" : row.state;
    await tx.smsAccount.update({ where: { shopId_id: key }, data: { ...data, state, problem: Prisma.DbNull } });
  } else {
    await tx.smsAccount.create({ data: { ...key, ...data, provider: PROVIDER, state: "disabled", createdAt: now } });
  }
  const subject = { type: "sms_account", id } as const;
  await recordActivity(tx, clock, shopId, [
    {
      type: "sms_account.connected",
      actor: "staff",
      actorId,
      subject,
      data: { provider: PROVIDER, origin: origin.kind },
    },
  ]);
}
