import { beforeEach, describe, expect, it } from "vitest";
import { KeyRing, UnsealError } from "#app/lib/crypto.server.ts";
import {
  addressHash,
  addressKeyOf,
  blockAddress,
  blocksOf,
  type NewBlock,
  unblockAddress,
} from "#app/modules/notifications/address-blocks.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openDatabase } from "#tests/support/open-database.ts";
import { TestClock } from "#tests/support/test-clock.ts";

const clock = new TestClock("2026-11-22T09:00:00Z");
const older = `old:${Buffer.alloc(32, 1).toString("base64")}`;
const newer = `new:${Buffer.alloc(32, 2).toString("base64")}`;
const ring = KeyRing.parse(older);

const store = keepOpen(openDatabase);
let shopId: string;

beforeEach(async () => {
  ({ shopId } = await makeShop(store.db, clock));
});

const hashOf = async (email: string, { keys = ring, shop = shopId } = {}): Promise<string> =>
  store.db.forShop(shop, async (tx) => addressHash(await addressKeyOf(tx, keys, shop), "email", email));

describe("the hash of an address", () => {
  it("is the same whenever it is made, and however the address is written", async () => {
    const first = await hashOf("Avery@Example.com");
    expect(first).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await hashOf(" avery@example.com ")).toBe(first);
    expect(await hashOf("bo@example.com")).not.toBe(first);
  });

  it("differs between shops", async () => {
    const other = await makeShop(store.db, clock);
    expect(await hashOf("avery@example.com", { shop: other.shopId })).not.toBe(await hashOf("avery@example.com"));
  });

  it("reads a telephone number by its digits alone, and keeps it apart from an address", async () => {
    const key = await store.db.forShop(shopId, (tx) => addressKeyOf(tx, ring, shopId));
    const number = addressHash(key, "phone", "+4917012345678");
    for (const same of ["whatsapp:+4917012345678", "+49 170 1234-5678", "004917012345678", "＋４９17012345678"]) {
      expect(addressHash(key, "phone", same)).toBe(number);
    }
    expect(addressHash(key, "phone", "+4917012345679")).not.toBe(number);
    expect(addressHash(key, "email", "4917012345678")).not.toBe(number);
  });

  it("survives the rotation of the key ring, also after the old key has gone", async () => {
    const before = await hashOf("avery@example.com");
    expect(await hashOf("avery@example.com", { keys: KeyRing.parse(`${newer},${older}`) })).toBe(before);
    expect(await hashOf("avery@example.com", { keys: KeyRing.parse(newer) })).toBe(before);
  });

  it("is not guessed when the key cannot be opened", async () => {
    await hashOf("avery@example.com");
    await expect(hashOf("avery@example.com", { keys: KeyRing.parse(newer) })).rejects.toThrow(UnsealError);
  });

  it("is one, also when the key is made by several at once", async () => {
    const hashes = await Promise.all(Array.from({ length: 6 }, () => hashOf("avery@example.com")));
    expect(new Set(hashes).size).toBe(1);
  });
});

describe("blocks", () => {
  const block = async (with_: Partial<NewBlock> = {}): Promise<boolean> => {
    const hash = await hashOf("avery@example.com");
    const base = { shopId, medium: "email", hash, address: "avery@example.com", scope: "all" } as const;
    return store.db.forShop(shopId, (tx) =>
      blockAddress(tx, { ...base, reason: "bounced", source: "resend", at: clock.now(), ...with_ }),
    );
  };
  const read = async (shop = shopId) => {
    const emailHash = await hashOf("avery@example.com", { shop });
    return store.db.forShop(shop, (tx) => blocksOf(tx, shop, { emailHash }));
  };
  const free = { all: null, marketing: null };

  it("keep the first reason, and hold for advertising too", async () => {
    expect(await block()).toBe(true);
    expect(await block({ reason: "manual", source: "staff" })).toBe(false);
    expect(await read()).toEqual({ email: { all: "bounced", marketing: "bounced" }, phone: free });
  });

  it("of advertising leave news of the order alone", async () => {
    await block({ scope: "marketing", reason: "unsubscribed", source: "shopper" });
    expect((await read()).email).toEqual({ all: null, marketing: "unsubscribed" });
  });

  it("of one shop do not silence another", async () => {
    await block({ reason: "complained" });
    const other = await makeShop(store.db, clock);
    expect((await read(other.shopId)).email).toEqual(free);
  });

  it("of an address do not block a telephone number with the same hash", async () => {
    await block();
    const phoneHash = await hashOf("avery@example.com");
    expect((await store.db.forShop(shopId, (tx) => blocksOf(tx, shopId, { phoneHash }))).phone).toEqual(free);
  });

  it("are taken back scope by scope", async () => {
    await block();
    await block({ scope: "marketing", reason: "unsubscribed" });
    const hash = await hashOf("avery@example.com");
    const count = await store.db.forShop(shopId, (tx) =>
      unblockAddress(tx, { shopId, medium: "email", hash, scopes: ["all"] }),
    );
    expect(count).toBe(1);
    expect((await read()).email).toEqual({ all: null, marketing: "unsubscribed" });
  });

  it("of nobody are none", async () => {
    const none = await store.db.forShop(shopId, (tx) => blocksOf(tx, shopId, { emailHash: null }));
    expect(none).toEqual({ email: free, phone: free });
  });
});
