import type { ShopTx } from "#app/lib/db.server.ts";
import { addressHash, addressKeyOf, blocksOf } from "../address-blocks.server.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { RecipientSituation } from "../situation.ts";
import { readPhone } from "./phone-number.ts";
import { closedReasonOf, type SmsAccountView } from "./sms-account.ts";
import { readSmsAccount } from "./sms-account-store.server.ts";

export interface PhoneOrder {
  /** As it was typed at the checkout. */
  phone: string | null;
  /** ISO country the order is shipped to. */
  countryCode: string | null;
  smsMarketing: boolean;
}

export interface PhoneRecipient extends RecipientSituation {
  /** E.164, for the ledger; null when there is nobody to write to. */
  address: string | null;
}

export type PhoneRecipients = Readonly<Record<"sms" | "whatsapp", PhoneRecipient>>;

/**
 * Who of an order can be reached by text, and what stands in the way. Texts that serve the order need the number from the
 * checkout and the merchant's word that the checkout says what it is for; advertising needs Shopify's SMS consent.
 */
export async function phoneRecipientsOf(
  tx: ShopTx,
  { keys }: { keys: KeyRing },
  { shopId, order }: { shopId: string; order: PhoneOrder },
): Promise<PhoneRecipients> {
  const account = await readSmsAccount(tx, shopId);
  return {
    sms: await recipientOf(tx, keys, { shopId, order, account, landlines: false }),
    whatsapp: await recipientOf(tx, keys, { shopId, order, account, landlines: true }),
  };
}

interface Asked {
  shopId: string;
  order: PhoneOrder;
  account: SmsAccountView | null;
  landlines: boolean;
}

async function recipientOf(
  tx: ShopTx,
  keys: KeyRing,
  { shopId, order, account, landlines }: Asked,
): Promise<PhoneRecipient> {
  const phone = readPhone(order.phone, { country: order.countryCode, landlines });
  if (!phone.ok) {
    const blocked = phone.reason === "missing" ? null : phone.reason;
    return { personKey: null, countryCode: null, blocked, service: false, marketing: false, address: null };
  }
  const key = await addressKeyOf(tx, keys, shopId);
  const personKey = addressHash(key, "phone", phone.e164);
  const { phone: blocks } = await blocksOf(tx, shopId, { phoneHash: personKey });
  const open = closedReasonOf(account) === null && (!landlines || account?.options.whatsappFrom !== null);
  return {
    ...{ personKey, countryCode: phone.country, blocked: blocks.all, address: phone.e164 },
    service: open,
    marketing: open && order.smsMarketing && blocks.marketing === null,
  };
}
