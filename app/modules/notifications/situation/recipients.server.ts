import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { addressHash, addressKeyOf } from "../address-blocks.server.ts";
import { type RecipientPhone, readPhone } from "../recipient-phone.ts";
import type { OrderSituation, RecipientSituation } from "../situation.ts";
import type { OrderRow } from "./order-rows.server.ts";

/** Who can be reached where: what decisions see, and the addresses, which they do not. */
export interface Recipients {
  seen: OrderSituation["recipient"];
  email: string | null;
  phone: RecipientPhone | null;
}

interface Hashes {
  email: string | null;
  phone: string | null;
}

interface Scoped {
  medium: string;
  addressHash: string;
  scope: string;
}

/**
 * Whom the messages of these orders go to. Mail that serves an order needs no consent. A text needs one: given for
 * service or advertising here, or for advertising at checkout.
 */
export async function readRecipients(
  tx: ShopTx,
  keys: KeyRing,
  { shopId, orders }: { shopId: string; orders: readonly OrderRow[] },
): Promise<Map<string, Recipients>> {
  const key = await addressKeyOf(tx, keys, shopId);
  const reached = orders.map((order) => {
    const phone = readPhone(order.phone, order.countryCode);
    const hashes: Hashes = {
      email: order.email === null ? null : addressHash(key, "email", order.email),
      phone: phone === null ? null : addressHash(key, "phone", phone.e164),
    };
    return { order, phone, hashes };
  });
  const all = reached.flatMap(({ hashes }) => [hashes.email, hashes.phone]).filter((hash) => hash !== null);
  const where = { shopId, addressHash: { in: all } };
  const blocks = all.length === 0 ? [] : await tx.addressBlock.findMany({ where });
  const consents = all.length === 0 ? [] : await tx.consent.findMany({ where });
  return new Map(
    reached.map(({ order, phone, hashes }) => {
      const has = <Row extends Scoped>(rows: readonly Row[], medium: keyof Hashes, scopes: readonly string[]) =>
        rows.find((row) => row.medium === medium && row.addressHash === hashes[medium] && scopes.includes(row.scope));
      const of = (medium: keyof Hashes, allowed: { service: boolean; marketing: boolean }): RecipientSituation => ({
        personKey: hashes[medium],
        countryCode: medium === "phone" ? (phone?.countryCode ?? null) : null,
        blocked: has(blocks, medium, ["all"])?.reason ?? null,
        service: allowed.service,
        marketing: allowed.marketing && !has(blocks, medium, ["all", "marketing"]),
      });
      const textMarketing = order.smsMarketing || Boolean(has(consents, "phone", ["marketing"]));
      const text = of("phone", {
        service: textMarketing || Boolean(has(consents, "phone", ["service"])),
        marketing: textMarketing,
      });
      const mailMarketing = order.emailMarketing || Boolean(has(consents, "email", ["marketing"]));
      const mail = of("email", { service: true, marketing: mailMarketing });
      return [order.id, { seen: { email: mail, sms: text, whatsapp: text }, email: order.email, phone }];
    }),
  );
}
