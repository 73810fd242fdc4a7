import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { addressKeyOf, blockAddress, blocksOf, type Medium, unblockAddress } from "./address-blocks.server.ts";
import { readUnsubscribeToken } from "./unsubscribe/unsubscribe-token.server.ts";

export interface PreferenceDeps {
  db: Database;
  clock: Clock;
  keys: KeyRing;
}

/** What a shopper is sent: everything, only what serves the order, or nothing. */
export const PREFERENCES = ["everything", "orders_only", "nothing"] as const;
export type Preference = (typeof PREFERENCES)[number];

export interface Preferences {
  preference: Preference;
  medium: Medium;
  /** Nothing can be sent because mails came back or were complained about: only the shop can undo that. */
  closed: boolean;
}

interface Asked {
  shopId: string;
  token: string;
}

/** Reads what the person behind a message is sent; changes nothing. @returns null for a token that is not ours. */
export function readPreferences(deps: PreferenceDeps, asked: Asked): Promise<Preferences | null> {
  return withPerson(deps, asked, (tx, person) => preferencesOf(tx, person));
}

/**
 * Sets what the person behind a message is sent. Repeating it changes nothing more. Asking to be written to again lifts
 * only what the person has asked for before, never a bounce, a complaint or the merchant's own block.
 * @returns null for a token that is not ours.
 */
export function changePreferences(deps: PreferenceDeps, asked: Asked, wanted: Preference): Promise<Preferences | null> {
  return withPerson(deps, asked, async (tx, person) => {
    const { shopId, medium, hash } = person;
    const before = await preferencesOf(tx, person);
    if (before.closed || before.preference === wanted) return before;
    const own = await tx.addressBlock.findMany({ where: { shopId, medium, addressHash: hash, source: "shopper" } });
    const scopes = own.map(({ scope }) => (scope === "all" ? "all" : "marketing"));
    await unblockAddress(tx, { shopId, medium, hash, scopes });
    if (wanted !== "everything") {
      const scope = wanted === "nothing" ? "all" : "marketing";
      const { address, notificationId } = person;
      const why = { reason: "unsubscribed", source: "shopper", notificationId, at: deps.clock.now() } as const;
      await blockAddress(tx, { shopId, medium, hash, address, scope, ...why });
    }
    await noteChoice(tx, deps.clock, person, wanted);
    return preferencesOf(tx, person);
  });
}

interface Person {
  shopId: string;
  notificationId: string;
  medium: Medium;
  hash: string;
  address: string | null;
}

async function withPerson(
  deps: PreferenceDeps,
  { shopId, token }: Asked,
  work: (tx: ShopTx, person: Person) => Promise<Preferences>,
): Promise<Preferences | null> {
  return deps.db.forShop(shopId, async (tx) => {
    const notificationId = readUnsubscribeToken(await addressKeyOf(tx, deps.keys, shopId), token);
    if (!notificationId) return null;
    const message = await tx.notification.findUnique({ where: { shopId_id: { shopId, id: notificationId } } });
    // After the buyer's data are gone nobody can be told apart any more.
    if (!message?.personKey) return null;
    const medium = message.channel === "email" ? "email" : "phone";
    return work(tx, { shopId, notificationId, medium, hash: message.personKey, address: message.recipient });
  });
}

async function preferencesOf(tx: ShopTx, { shopId, medium, hash }: Person): Promise<Preferences> {
  const found = await blocksOf(tx, shopId, medium === "email" ? { emailHash: hash } : { phoneHash: hash });
  const { all, marketing } = found[medium];
  const preference = all ? "nothing" : marketing ? "orders_only" : "everything";
  return { preference, medium, closed: all !== null && all !== "unsubscribed" };
}

/** In the message's own log, where the merchant looks for it. */
async function noteChoice(tx: ShopTx, clock: Clock, person: Person, choice: Preference): Promise<void> {
  const { shopId, notificationId } = person;
  const at = clock.now();
  await tx.notificationEvent.createMany({
    data: [
      {
        ...{ shopId, notificationId, id: `choice:${at.getTime()}:${choice}`, type: "preference", at, receivedAt: at },
        detail: { choice },
      },
    ],
    skipDuplicates: true,
  });
}
