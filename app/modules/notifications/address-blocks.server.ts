import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { hmacSha256, type KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";

export type Medium = "email" | "phone";
export type BlockScope = "all" | "marketing";
/** Each is a translation key under `block.`. */
export type BlockReason = "bounced" | "complained" | "stopped" | "unsubscribed" | "suppressed" | "manual";
export type BlockSource = "resend" | "twilio" | "shopper" | "staff";

/** The secret that one shop's addresses are hashed with; opened once per transaction, never kept. */
export interface AddressKey {
  readonly shopId: string;
  readonly secret: KeyObject;
}

const KEY_BYTES = 32;
const FIELD = "shop.addressKey";

/**
 * The shop's address key, made with the first call. It is random, belongs to the shop and lies sealed in its row: so a
 * hash survives the rotation of the key ring (only the seal is renewed), tells nothing to who holds a dump of the
 * database alone (telephone numbers could be tried out against a salt), and cannot be compared between shops.
 * @throws UnsealError when the key that sealed it was taken from the ring: better no message than one to somebody who
 * said stop.
 */
export async function addressKeyOf(tx: ShopTx, keys: KeyRing, shopId: string): Promise<AddressKey> {
  const context = { shopId, field: FIELD };
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { addressKeySealed: true } });
  const sealed = shop.addressKeySealed ?? (await makeKey(tx, keys, shopId));
  const text = keys.open(sealed, context);
  if (keys.isStale(sealed)) {
    await tx.shop.updateMany({
      where: { id: shopId, addressKeySealed: sealed },
      data: { addressKeySealed: keys.seal(text, context) },
    });
  }
  return { shopId, secret: createSecretKey(text, "base64url") };
}

/** Two at once agree on the one that was written first. */
async function makeKey(tx: ShopTx, keys: KeyRing, shopId: string): Promise<string> {
  const fresh = keys.seal(randomBytes(KEY_BYTES).toString("base64url"), { shopId, field: FIELD });
  const [row] = await tx.$queryRaw<{ sealed: string }[]>`
    UPDATE shop SET address_key_sealed = coalesce(address_key_sealed, ${fresh}) WHERE id = ${shopId}
    RETURNING address_key_sealed AS sealed`;
  return row?.sealed ?? fresh;
}

/**
 * Keyed hash of an address: the `person_key` of messages, and what blocks and consents are found by. The same person on
 * two media has two. Case and spaces do not count; of a telephone number only the digits do, so that E.164 is wanted
 * (`+49 170 …`, `whatsapp:+49170…` and `0049170…` are one).
 */
export function addressHash(key: AddressKey, medium: Medium, address: string): string {
  const plain = medium === "email" ? plainEmail(address) : plainPhone(address);
  return hmacSha256(key.secret, `${medium}\u0000${plain}`).toString("base64url");
}

function plainEmail(address: string): string {
  return address.normalize("NFKC").trim().toLowerCase();
}

function plainPhone(address: string): string {
  return address.normalize("NFKC").replace(/\D/g, "").replace(/^00/, "");
}

/** Why nothing, or no advertising, may be sent to an address; null where nothing stands in the way. */
export interface Blocks {
  all: BlockReason | null;
  marketing: BlockReason | null;
}

const REASONS: readonly BlockReason[] = ["bounced", "complained", "stopped", "unsubscribed", "suppressed", "manual"];

/** What stands in the way of a person's addresses in this shop. Whoever may not be sent anything may not be sent advertising. */
export async function blocksOf(
  tx: ShopTx,
  shopId: string,
  { emailHash, phoneHash }: { emailHash?: string | null; phoneHash?: string | null },
): Promise<Record<Medium, Blocks>> {
  const hashes = [emailHash, phoneHash].filter((hash) => hash !== null && hash !== undefined);
  const rows =
    hashes.length === 0 ? [] : await tx.addressBlock.findMany({ where: { shopId, addressHash: { in: hashes } } });
  const of = (medium: Medium, hash: string | null | undefined): Blocks => {
    const reasonFor = (scope: BlockScope): BlockReason | null => {
      const row = rows.find((one) => one.medium === medium && one.addressHash === hash && one.scope === scope);
      return row ? (REASONS.find((reason) => reason === row.reason) ?? "manual") : null;
    };
    const all = reasonFor("all");
    return { all, marketing: all ?? reasonFor("marketing") };
  };
  return { email: of("email", emailHash), phone: of("phone", phoneHash) };
}

/** Those of these mail addresses, by their hashes, that may not be sent advertising: whoever may not be sent anything is one. */
export async function unwantedMail(tx: ShopTx, shopId: string, hashes: readonly string[]): Promise<Set<string>> {
  const where = { shopId, medium: "email", addressHash: { in: [...hashes] }, scope: { in: ["all", "marketing"] } };
  const rows = await tx.addressBlock.findMany({ where, select: { addressHash: true } });
  return new Set(rows.map(({ addressHash: hash }) => hash));
}

export interface NewBlock {
  shopId: string;
  medium: Medium;
  hash: string;
  /** Kept until the buyer's data goes, so that staff can read whom they blocked; the hash stays. */
  address: string | null;
  scope: BlockScope;
  reason: BlockReason;
  source: BlockSource;
  notificationId?: string | null;
  at: Date;
}

/** Writes to this address no more. An earlier block keeps its reason: the first one is what happened. @returns whether it is new. */
export async function blockAddress(tx: ShopTx, block: NewBlock): Promise<boolean> {
  const { hash: addressHash, notificationId = null, ...rest } = block;
  const { count } = await tx.addressBlock.createMany({
    data: [{ ...rest, addressHash, notificationId }],
    skipDuplicates: true,
  });
  return count > 0;
}

/**
 * Takes blocks back: by staff, by START, or by the shopper on the preferences page. @returns how many were taken back.
 */
export async function unblockAddress(
  tx: ShopTx,
  { shopId, medium, hash, scopes }: { shopId: string; medium: Medium; hash: string; scopes: readonly BlockScope[] },
): Promise<number> {
  const where = { shopId, medium, addressHash: hash, scope: { in: [...scopes] } };
  return (await tx.addressBlock.deleteMany({ where })).count;
}
