import { equalSecrets, hmacSha256 } from "#app/lib/crypto.server.ts";
import { proxyUrl, type StorefrontAddress } from "#app/modules/shops/storefront-address.ts";
import type { AddressKey } from "../address-blocks.server.ts";

const TOKEN = /^(ntf_[a-z0-9]{20,40})-([A-Za-z0-9_-]{43})$/;

/**
 * The token says which message it came with and is signed with the shop's address key: nobody can make one for another
 * message, no other shop's is taken, and none holds an address. It works until the buyer's data are removed.
 */
function tokenOf(key: AddressKey, notificationId: string): string {
  return `${notificationId}-${hmacSha256(key.secret, `unsubscribe\u0000${notificationId}`).toString("base64url")}`;
}

/** @returns the message a token came with, or null when a byte of it is wrong. */
export function readUnsubscribeToken(key: AddressKey, token: string): string | null {
  const notificationId = TOKEN.exec(token.slice(0, 120))?.[1];
  return notificationId && equalSecrets(token, tokenOf(key, notificationId)) ? notificationId : null;
}

/** Where the reader of a message stops advertising: shown in its footer, and in its header for one click. */
export function unsubscribeUrl(key: AddressKey, address: StorefrontAddress, notificationId: string): string {
  return proxyUrl(address, `/unsubscribe/${tokenOf(key, notificationId)}`);
}

/** Where the reader of a message chooses what to be sent at all. */
export function preferencesUrl(key: AddressKey, address: StorefrontAddress, notificationId: string): string {
  return `${unsubscribeUrl(key, address, notificationId)}?manage=1`;
}

/** Headers of RFC 8058, for mails that carry advertising: one click in the mail program, without a page. */
export function unsubscribeHeaders(url: string): Record<string, string> {
  return { "List-Unsubscribe": `<${url}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}
