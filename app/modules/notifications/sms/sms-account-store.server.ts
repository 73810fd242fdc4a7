import { z } from "zod";
import { type KeyRing, sha256, UnsealError } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { TwilioKey } from "../channels/twilio-api.server.ts";
import { acceptedPricesSchema, type SmsAccountView, smsOptionsSchema, type SmsState } from "./sms-account.ts";

export const PROVIDER = "twilio";

const secretsSchema = z.object({ apiKeySid: z.string(), apiKeySecret: z.string(), authToken: z.string() });
export type SmsSecrets = z.infer<typeof secretsSchema>;

export interface SmsAccountKey {
  shopId: string;
  id: string;
}

type SecretName = "secrets" | "hook_token";

const contextOf = ({ shopId, id }: SmsAccountKey, name: SecretName) => ({ shopId, field: `sms_account.${id}.${name}` });

export function sealSms(keys: KeyRing, key: SmsAccountKey, name: SecretName, value: string): string {
  return keys.seal(value, contextOf(key, name));
}

const STATES: readonly SmsState[] = ["connected", "failed", "disabled"];
const problemSchema = z.object({ reason: z.string(), at: z.string() });

type Row = NonNullable<Awaited<ReturnType<typeof findRow>>>;

function findRow(tx: ShopTx, shopId: string) {
  return tx.smsAccount.findUnique({ where: { shopId_provider: { shopId, provider: PROVIDER } } });
}

function toView(row: Row): SmsAccountView {
  const problem = problemSchema.safeParse(row.problem);
  const prices = acceptedPricesSchema.safeParse(row.acceptedPrices);
  return {
    ...{ id: row.id, accountSid: row.accountName, options: smsOptionsSchema.parse(row.options) },
    state: STATES.find((state) => state === row.state) ?? "disabled",
    problem: problem.success ? problem.data : null,
    prices: prices.success && row.priceAcceptedAt ? prices.data : null,
    pricesAcceptedAt: row.priceAcceptedAt,
  };
}

/** The shop's account for texts, without its secrets; null where none is connected. */
export async function readSmsAccount(tx: ShopTx, shopId: string): Promise<SmsAccountView | null> {
  const row = await findRow(tx, shopId);
  return row ? toView(row) : null;
}

/** The account with what opens it. @returns null where none is connected, or its secrets can no longer be read. */
export async function openSmsAccount(
  tx: ShopTx,
  keys: KeyRing,
  shopId: string,
): Promise<{ view: SmsAccountView; secrets: SmsSecrets; hookToken: string } | null> {
  const row = await findRow(tx, shopId);
  if (!row) return null;
  try {
    const secrets = secretsSchema.parse(JSON.parse(keys.open(row.secretsSealed, contextOf(row, "secrets"))));
    return { view: toView(row), secrets, hookToken: keys.open(row.hookTokenSealed, contextOf(row, "hook_token")) };
  } catch (error) {
    if (error instanceof UnsealError) return null;
    throw error;
  }
}

export function apiKeyOf(accountSid: string, secrets: SmsSecrets): TwilioKey {
  return { accountSid, user: secrets.apiKeySid, secret: secrets.apiKeySecret };
}

/** Where Twilio calls for this account: status callbacks and answers of people. */
export function hookUrl(env: { SHOPIFY_APP_URL: string }, token: string): string {
  return `${env.SHOPIFY_APP_URL}/webhooks/twilio/${token}`;
}

export interface HookedSmsAccount extends SmsAccountKey {
  accountSid: string;
  authToken: string;
  url: string;
}

/** The account behind a webhook address; null for an unknown token, or when its auth token cannot be read. */
export async function findHookedSmsAccount(
  { db, keys, env }: { db: Database; keys: KeyRing; env: { SHOPIFY_APP_URL: string } },
  token: string,
): Promise<HookedSmsAccount | null> {
  const [found] = await db.acrossShops(
    (tx) =>
      tx.$queryRaw<{ shop_id: string; id: string }[]>`SELECT shop_id, id FROM sms_account_of_hook(${sha256(token)})`,
  );
  if (!found) return null;
  const opened = await db.forShop(found.shop_id, (tx) => openSmsAccount(tx, keys, found.shop_id));
  if (!opened) return null;
  const { view, secrets } = opened;
  return {
    ...{ shopId: found.shop_id, id: view.id, accountSid: view.accountSid },
    ...{ authToken: secrets.authToken, url: hookUrl(env, token) },
  };
}
