import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { addressHash, type AddressKey, addressKeyOf } from "../address-blocks.server.ts";
import type { Channel } from "../channels/channel.ts";
import { type PhoneReading, readPhone } from "../sms/phone-number.ts";
import { closedReasonOf, type SmsAccountView } from "../sms/sms-account.ts";
import { readSmsAccount } from "../sms/sms-account-store.server.ts";
import type { OrderSituation, RecipientSituation } from "../situation.ts";
import type { OrderRow } from "./order-rows.server.ts";

/** Who can be reached where: what decisions see, and the addresses, which they do not. */
export interface Recipients {
  seen: OrderSituation["recipient"];
  /** A mail address, or a number in E.164; null when there is nobody to write to. */
  addresses: Readonly<Record<Channel, string | null>>;
}

export type ReachedOrder = Pick<
  OrderRow,
  "id" | "email" | "phone" | "addressPhone" | "countryCode" | "emailMarketing" | "smsMarketing"
>;

interface Reader {
  order: ReachedOrder;
  medium: "email" | "phone";
  /** Null without an address. */
  address: string | null;
  personKey: string | null;
  countryCode: string | null;
  /** Why the address itself is no good. */
  unfit: string | null;
}

/**
 * Whom the messages of these orders go to. Mail that serves an order needs no consent. A text needs a number from the
 * checkout, that of the contact or else that of the delivery address, and the merchant's word that the checkout says
 * what it is for; advertising needs Shopify's consent, or one that was given here. With `textsOn`, the merchant's word is
 * taken as given.
 */
export async function readRecipients(
  tx: ShopTx,
  keys: KeyRing,
  { shopId, orders, textsOn = false }: { shopId: string; orders: readonly ReachedOrder[]; textsOn?: boolean },
): Promise<Map<string, Recipients>> {
  const key = await addressKeyOf(tx, keys, shopId);
  const account = await readSmsAccount(tx, shopId);
  const readers = orders.map((order) => ({ order, ...readersOf(key, order) }));
  const standing = await readStanding(
    tx,
    shopId,
    readers.flatMap(({ email, sms, whatsapp }) => [email, sms, whatsapp]),
  );
  const open = textsOn || closedReasonOf(account) === null;
  return new Map(
    readers.map(({ order, email, sms, whatsapp }) => {
      // Shopify's consent is for the customer's own number: whoever receives the parcel has not agreed to advertising.
      const marketing = order.phone !== null && order.smsMarketing;
      const seen = {
        email: situationOf(email, standing, { service: true, marketing: order.emailMarketing }),
        sms: situationOf(sms, standing, { service: open, marketing }),
        whatsapp: situationOf(whatsapp, standing, {
          service: open && hasWhatsapp(account),
          marketing,
        }),
      };
      return [
        order.id,
        { seen, addresses: { email: email.address, sms: sms.address, whatsapp: whatsapp.address } },
      ] as const;
    }),
  );
}

const hasWhatsapp = (account: SmsAccountView | null): boolean => (account?.options.whatsappFrom ?? null) !== null;

function readersOf(key: AddressKey, order: ReachedOrder): Record<Channel, Reader> {
  const { email, countryCode: country } = order;
  const phone = order.phone ?? order.addressPhone;
  const none = { order, address: null, personKey: null, countryCode: null, unfit: null };
  const byPhone = (reading: PhoneReading): Reader => {
    if (!reading.ok) return { ...none, medium: "phone", unfit: reading.reason === "missing" ? null : reading.reason };
    const personKey = addressHash(key, "phone", reading.e164);
    return { ...none, medium: "phone", address: reading.e164, personKey, countryCode: reading.country };
  };
  return {
    email:
      email === null
        ? { ...none, medium: "email" }
        : { ...none, medium: "email", address: email, personKey: addressHash(key, "email", email) },
    sms: byPhone(readPhone(phone, { country, landlines: false })),
    whatsapp: byPhone(readPhone(phone, { country, landlines: true })),
  };
}

/** What is known about the readers' addresses: `block` or `consent`, medium, hash and scope, with the reason of a block. */
type Standing = ReadonlyMap<string, string>;

async function readStanding(tx: ShopTx, shopId: string, readers: readonly Reader[]): Promise<Standing> {
  const hashes = [...new Set(readers.flatMap(({ personKey }) => personKey ?? []))];
  if (hashes.length === 0) return new Map();
  const where = { shopId, addressHash: { in: hashes } };
  const blocks = await tx.addressBlock.findMany({ where });
  const consents = await tx.consent.findMany({ where });
  return new Map([
    ...blocks.map((row) => [standingKey("block", row), row.reason] as const),
    ...consents.map((row) => [standingKey("consent", row), row.source] as const),
  ]);
}

const standingKey = (what: "block" | "consent", row: { medium: string; addressHash: string; scope: string }): string =>
  `${what}\n${row.medium}\n${row.addressHash}\n${row.scope}`;

function situationOf(
  { medium, personKey, countryCode, unfit }: Reader,
  standing: Standing,
  allowed: { service: boolean; marketing: boolean },
): RecipientSituation {
  if (personKey === null) return { personKey, countryCode, blocked: unfit, service: false, marketing: false };
  const find = (what: "block" | "consent", scope: "all" | "marketing") =>
    standing.get(standingKey(what, { medium, addressHash: personKey, scope }));
  const blocked = find("block", "all") ?? null;
  const wanted = allowed.marketing || find("consent", "marketing") !== undefined;
  return {
    ...{ personKey, countryCode, blocked },
    service: allowed.service,
    marketing: allowed.service && wanted && blocked === null && find("block", "marketing") === undefined,
  };
}
