import { type KeyRing, randomToken, sha256 } from "#app/lib/crypto.server.ts";

const FIELD = "order.link_token";
/** A link in a mail works this long after the order was placed. */
const LINK_DAYS = 180;

export interface LinkToken {
  sealed: string;
  hash: string;
}

/** A fresh token for a shopper's tracking link: sealed to be written into mails, hashed to be found. */
export function newLinkToken(keys: KeyRing, shopId: string): LinkToken {
  const token = randomToken();
  return { sealed: keys.seal(token, { shopId, field: FIELD }), hash: hashLinkToken(token) };
}

/** The token for a link in a mail. @throws UnsealError */
export function openLinkToken(keys: KeyRing, order: { shopId: string; linkTokenSealed: string }): string {
  return keys.open(order.linkTokenSealed, { shopId: order.shopId, field: FIELD });
}

/** What a token from an address is looked up by. */
export function hashLinkToken(token: string): string {
  return sha256(token);
}

export function linkExpiry(placedAt: Date): Date {
  return new Date(placedAt.getTime() + LINK_DAYS * 86_400_000);
}
