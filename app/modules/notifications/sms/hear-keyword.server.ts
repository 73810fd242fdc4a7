import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { addressHash, addressKeyOf, blockAddress } from "../address-blocks.server.ts";

export interface HeardFrom {
  shopId: string;
  /** E.164, `whatsapp:` in front or not. */
  phone: string;
  at: Date;
  notificationId?: string | null;
}

const bare = (address: string) => address.replace(/^whatsapp:/, "");

/**
 * STOP, or the provider's word that it was said: nothing goes to this number again, over no sender and no provider, until
 * the person takes it back. A consent by START is over with it.
 */
export async function blockPhone(
  tx: ShopTx,
  { keys }: { keys: KeyRing },
  { shopId, phone, at, notificationId = null, reason = "stopped" }: HeardFrom & { reason?: "stopped" | "bounced" },
): Promise<void> {
  const hash = addressHash(await addressKeyOf(tx, keys, shopId), "phone", phone);
  const block = { shopId, medium: "phone", hash, scope: "all", source: "twilio" } as const;
  const isNew = await blockAddress(tx, { ...block, address: bare(phone), reason, notificationId, at });
  if (isNew || reason !== "stopped") return;
  // Whoever was out of reach and now says STOP is stopped: START alone takes it back. What staff decided stays theirs.
  await tx.addressBlock.updateMany({
    where: { shopId, medium: "phone", addressHash: hash, scope: "all", reason: "bounced" },
    data: { reason, source: "twilio", at },
  });
}

/** START: takes back what STOP did, and nothing that somebody else has decided; the consent is kept with its source. */
export async function unblockPhone(
  tx: ShopTx,
  { keys }: { keys: KeyRing },
  { shopId, phone, at }: HeardFrom,
): Promise<boolean> {
  const hash = addressHash(await addressKeyOf(tx, keys, shopId), "phone", phone);
  const person = { shopId, medium: "phone", addressHash: hash };
  const { count } = await tx.addressBlock.deleteMany({ where: { ...person, reason: "stopped" } });
  if (count === 0) return false;
  const consent = { source: "start_keyword", wording: null, at };
  await tx.consent.upsert({
    where: { shopId_medium_addressHash_scope: { ...person, scope: "service" } },
    create: { ...person, scope: "service", ...consent },
    update: consent,
  });
  return true;
}
