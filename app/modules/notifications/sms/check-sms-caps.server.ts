import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { countInWindow } from "#app/lib/rate-limit.server.ts";
import { addressHash, addressKeyOf } from "../address-blocks.server.ts";
import { readPhone } from "./phone-number.ts";
import type { SmsAccountView } from "./sms-account.ts";
import { readSmsAccount } from "./sms-account-store.server.ts";
import { billedCountry } from "./sms-prices.ts";

export type CapAnswer = { ok: true } | { ok: false; rule: "cap_reached" | "country_not_served" };

export interface CapQuestion {
  shopId: string;
  notificationId: string;
  /** E.164, `whatsapp:` in front or not. */
  to: string;
}

const DAY_SECONDS = 86_400;
const REFUSED: CapAnswer = { ok: false, rule: "country_not_served" };

/**
 * The last look before a text leaves: does the merchant pay for this country, and is it still within the day's limits of
 * number, block of numbers and shop? Counts the message once, in the transaction that records its first attempt; and keeps
 * with the person's consent what the checkout said.
 */
export async function checkSmsCaps(
  { clock, keys }: { clock: Clock; keys: KeyRing },
  tx: ShopTx,
  { shopId, notificationId, to }: CapQuestion,
): Promise<CapAnswer> {
  const account = await readSmsAccount(tx, shopId);
  const phone = readPhone(to.replace(/^whatsapp:/, ""), { country: null, landlines: true });
  if (!account?.prices || !phone.ok) return REFUSED;
  const message = await tx.notification.findUnique({
    where: { shopId_id: { shopId, id: notificationId } },
    select: { attempts: true, audience: true, channel: true },
  });
  const prices = message?.channel === "whatsapp" ? account.options.whatsappPrices : account.prices;
  if (!(billedCountry(phone.country) in (prices?.microsByCountry ?? {}))) return REFUSED;
  // A repetition after "nothing was taken" has been counted.
  if ((message?.attempts ?? 0) > 0) return { ok: true };
  const hash = addressHash(await addressKeyOf(tx, keys, shopId), "phone", phone.e164);
  const now = clock.now();
  const counted = await count(tx, { shopId, now, account, hash, prefix: phone.prefix });
  if (counted.ok && message?.audience !== "staff") await keepConsent(tx, { shopId, hash, account, now });
  return counted;
}

interface Counting {
  shopId: string;
  now: Date;
  account: SmsAccountView;
  hash: string;
  prefix: string;
}

/** The shop's counter comes first: whoever holds it holds the others, so that two messages never wait for each other. */
async function count(tx: ShopTx, { shopId, now, account, hash, prefix }: Counting): Promise<CapAnswer> {
  const { perShop, perPrefix, perNumber } = account.options.caps;
  const rules = [
    { name: "sms.shop", of: shopId, limit: perShop },
    { name: "sms.prefix", of: prefix, limit: perPrefix },
    { name: "sms.number", of: hash, limit: perNumber },
  ].map((rule) => ({ ...rule, windowSeconds: DAY_SECONDS }));
  for (const rule of rules) {
    if ((await countInWindow(tx, { shopId, rule, now, uses: 0 })) >= rule.limit)
      return { ok: false, rule: "cap_reached" };
  }
  for (const rule of rules) await countInWindow(tx, { shopId, rule, now, uses: 1 });
  return { ok: true };
}

interface Consenting {
  shopId: string;
  hash: string;
  account: SmsAccountView;
  now: Date;
}

/** What the person has agreed to, in the words the checkout used at that time. The first consent stays. */
async function keepConsent(tx: ShopTx, { shopId, hash, account, now }: Consenting): Promise<void> {
  const wording = account.options.consent?.wording ?? null;
  await tx.consent.createMany({
    data: [{ shopId, medium: "phone", addressHash: hash, scope: "service", source: "checkout", wording, at: now }],
    skipDuplicates: true,
  });
}
