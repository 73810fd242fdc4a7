import type { Clock } from "./clock.ts";

/** Crockford's base 32: sorts like the number, has no look-alikes, is safe in an address. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_CHARACTERS = 10;
const RANDOM_CHARACTERS = 16;

/** What an id stands for, readable in a log: `shp_01hq…` is a shipment. */
export type IdPrefix =
  | "shop"
  | "shp"
  | "ntf"
  | "dlv"
  | "act"
  | "fct"
  | "acc"
  | "imp"
  | "dry"
  | "eff"
  | "viw"
  | "prv"
  | "les"
  | "map"
  | "nsh"
  | "dom";

/**
 * A new id: prefix, 48 bits of milliseconds, 80 random bits. Ids made later sort later (to the millisecond); they are
 * unguessable enough to be opaque, but public links carry a token of their own.
 */
export function newId(prefix: IdPrefix, clock: Clock): string {
  return `${prefix}_${encodeTime(clock.now().getTime())}${randomCharacters()}`;
}

function encodeTime(milliseconds: number): string {
  let rest = milliseconds;
  let text = "";
  for (let index = 0; index < TIME_CHARACTERS; index += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function randomCharacters(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_CHARACTERS));
  let text = "";
  for (const byte of bytes) text += ALPHABET.charAt(byte % 32);
  return text;
}

/** True for Shopify's global ids of the given type, such as `gid://shopify/Order/820982911946154508`. */
export function isGid(value: string, type: string): boolean {
  return value.startsWith(`gid://shopify/${type}/`) && /^\d{1,25}$/.test(value.slice(`gid://shopify/${type}/`.length));
}

/**
 * Shopify's global id from the plain number of a REST body. The number is taken as text: it exceeds 2^53.
 * @throws RangeError when it is not a whole number in digits.
 */
export function toGid(type: string, legacyId: string): string {
  if (!/^\d{1,25}$/.test(legacyId)) throw new RangeError(`not a Shopify id: ${legacyId.slice(0, 40)}`);
  return `gid://shopify/${type}/${legacyId}`;
}

/** The digits at the end of a gid, for links into the admin. */
export function legacyId(gid: string): string {
  return gid.slice(gid.lastIndexOf("/") + 1);
}
