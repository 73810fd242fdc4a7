import { beforeAll, describe, expect, test } from "vitest";
import { lookUpOrder, type LookUpInput } from "#app/modules/storefront/look-up-order.server.ts";
import { type MadeShop, makeOrder, makeShipment, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openDatabase } from "#tests/support/open-database.ts";
import { HOUR, MINUTE, TestClock } from "#tests/support/test-clock.ts";

const EMAIL = "avery@example.com";
const NUMBER = "1Z999AA10123456784";
/** The start of an hour, of a quarter and of a minute at once: every window begins here. */
const clock = new TestClock("2026-11-20T12:00:00Z");
const store = keepOpen(openDatabase);
let shop: MadeShop;
let orderId: string;
let shipmentId: string;

beforeAll(async () => {
  shop = await makeShop(store.db, clock);
  await store.db.forShop(shop.shopId, async (tx) => {
    ({ orderId } = await makeOrder(tx, clock, { ...shop, name: "#1042" }));
    ({ shipmentId } = await makeShipment(tx, clock, { ...shop, orderId, trackingNumber: NUMBER }));
  });
});

let visitors = 0;
function lookUp(given: Partial<LookUpInput>) {
  visitors += 1;
  const address = `198.51.100.${visitors}`;
  return lookUpOrder({ db: store.db, clock }, { ...shop, number: "", orderPrefix: "#", email: "", address, ...given });
}

describe("a tracking number is found", () => {
  test.each([
    ["as printed", "1Z 999 AA1 01 2345 6784"],
    ["in lower case with dashes", "1z999aa1-0123-4567-84"],
    ["in the full-width letters of a Japanese keyboard", "１Ｚ９９９ＡＡ１０１２３４５６７８４"],
    ["with what copying from a mail leaves in it", "\u200b1Z999AA1\u00a00123456784\ufeff"],
  ])("%s", async (_name, number) => {
    expect(await lookUp({ number })).toEqual({ kind: "parcel", shipmentId });
  });

  test("the newest of two parcels that were given it, and never one that was taken off", async () => {
    const number = "REUSED12345678";
    const old = new TestClock("2026-10-01T00:00:00Z");
    const [, newest] = await store.db.forShop(shop.shopId, async (tx) => [
      await makeShipment(tx, old, { ...shop, orderId, trackingNumber: number }),
      await makeShipment(tx, clock, { ...shop, orderId, trackingNumber: number }),
      await makeShipment(tx, new TestClock("2026-11-21T00:00:00Z"), {
        ...{ ...shop, orderId, trackingNumber: number, lifecycle: "removed" },
      }),
    ]);
    expect(await lookUp({ number })).toEqual({ kind: "parcel", shipmentId: newest?.shipmentId });
  });

  test("not when it is too short to be anybody's secret", async () => {
    await store.db.forShop(shop.shopId, (tx) =>
      makeShipment(tx, clock, { ...shop, orderId, trackingNumber: "1234567" }),
    );
    expect(await lookUp({ number: "1234567" })).toEqual({ kind: "missed" });
  });
});

describe("odd input is a miss, and no fault", () => {
  test.each([
    ["NUL in the number", { number: "1042\0", email: "nobody@example.com" }],
    ["NUL in the address", { number: "1042", email: "avery\0@example.com" }],
    ["NUL in a tracking number", { number: "1Z999AA1\u0000999999999" }],
    ["half a character", { number: "1Z999AA1\ud800999999999", email: "" }],
    ["nothing but punctuation", { number: "###", email: EMAIL }],
    ["a wildcard", { number: "%%%%%%%%%", email: "" }],
    ["an order of SQL", { number: "1' OR '1'='1", email: EMAIL }],
    ["a thousand letters", { number: "A".repeat(1_000), email: `${"b".repeat(1_000)}@example.com` }],
  ])("%s", async (_name, given) => {
    expect(await lookUp(given)).toEqual({ kind: "missed" });
  });

  test("blanks alone are nothing, and cost no try", async () => {
    const address = "192.0.2.77";
    for (let attempt = 0; attempt < 12; attempt += 1) {
      expect(await lookUp({ number: " \u3000\t", email: EMAIL, address })).toEqual({ kind: "empty" });
    }
    expect(await lookUp({ number: "1042", email: EMAIL, address })).toEqual({ kind: "order", orderId });
  });
});

describe("an order", () => {
  test("is found by the newest of two with one name", async () => {
    const [first, second] = [new TestClock("2026-01-01T00:00:00Z"), new TestClock("2026-11-01T00:00:00Z")];
    const made = await store.db.forShop(shop.shopId, async (tx) => [
      await makeOrder(tx, second, { ...shop, name: "#2001", email: "twice@example.com" }),
      await makeOrder(tx, first, { ...shop, name: "#2001", email: "twice@example.com" }),
    ]);
    const found = await lookUp({ number: "2001", email: " Twice@Example.com " });
    expect(found).toEqual({ kind: "order", orderId: made[0]?.orderId });
  });

  test("of a redacted buyer is gone, even where the address was left behind", async () => {
    const { orderId: id } = await store.db.forShop(shop.shopId, (tx) =>
      makeOrder(tx, clock, { ...shop, name: "#2002" }),
    );
    const find = () => lookUp({ number: "2002", email: EMAIL });
    expect(await find()).toEqual({ kind: "order", orderId: id });
    await store.db.forShop(shop.shopId, (tx) =>
      tx.order.updateMany({ where: { shopId: shop.shopId, id }, data: { redactedAt: clock.now() } }),
    );
    expect(await find()).toEqual({ kind: "missed" });
  });

  test("without an address of its own cannot be had with an empty one", async () => {
    await store.db.forShop(shop.shopId, (tx) => makeOrder(tx, clock, { ...shop, name: "#2003", email: null }));
    expect(await lookUp({ number: "2003", email: " " })).toEqual({ kind: "missed" });
  });
});

describe("a question", () => {
  test("is kept once for its order and day, by whichever number it was asked, and a wrong one not at all", async () => {
    clock.set("2026-11-20T13:00:00Z");
    const made = await store.db.forShop(shop.shopId, async (tx) => {
      const { orderId: id } = await makeOrder(tx, clock, { ...shop, name: "#2004" });
      return { id, ...(await makeShipment(tx, clock, { ...shop, orderId: id })) };
    });
    const ask = async () => {
      await lookUp({ number: "2004", email: "other@example.com" });
      await lookUp({ number: "2004", email: EMAIL });
      await lookUp({ number: made.trackingNumber });
    };
    await ask();
    clock.set("2026-11-21T09:00:00Z");
    await ask();
    const facts = await store.db.forShop(shop.shopId, (tx) =>
      tx.fact.findMany({ where: { subjectId: { startsWith: made.id } }, orderBy: { at: "asc" } }),
    );
    expect(facts.map(({ kind, happenedOn, data }) => [kind, happenedOn, data])).toEqual([
      ["order.looked_up", "2026-11-20", { orderId: made.id }],
      ["order.looked_up", "2026-11-21", { orderId: made.id }],
    ]);
  });
});

describe("the limits at the edges of their windows", () => {
  test("a visitor's tries end with the tenth and begin again with the next quarter of an hour", async () => {
    const address = "192.0.2.1";
    clock.set("2026-11-21T12:14:59.999Z");
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(await lookUp({ number: NUMBER, address })).toMatchObject({ kind: "parcel" });
    }
    expect(await lookUp({ number: NUMBER, address })).toEqual({ kind: "limited" });
    clock.advance(1);
    expect(await lookUp({ number: NUMBER, address })).toMatchObject({ kind: "parcel" });
  });

  test("wrong tries close an order until the hour is over, in every spelling, and right ones do not count", async () => {
    clock.set("2026-11-22T12:00:00Z");
    for (let attempt = 0; attempt < 8; attempt += 1) {
      expect(await lookUp({ number: "1042", email: EMAIL })).toMatchObject({ kind: "order" });
    }
    for (const number of ["1042", "#1042", "# 1042", "EU-1042", "１０４２"]) {
      expect(await lookUp({ number, email: "wrong@example.com" })).toEqual({ kind: "missed" });
    }
    expect(await lookUp({ number: "1042", email: EMAIL })).toEqual({ kind: "limited" });
    clock.advance(HOUR - 1);
    expect(await lookUp({ number: "1042", email: EMAIL })).toEqual({ kind: "limited" });
    clock.advance(1);
    expect(await lookUp({ number: "1042", email: EMAIL })).toMatchObject({ kind: "order" });
  });

  test("a shop's tries are one shop's: another shop's visitors are let in", async () => {
    clock.set("2026-11-23T12:00:00Z");
    const busy = await makeShop(store.db, clock);
    await lookUp({ ...busy, number: NUMBER });
    await store.db.forShop(
      busy.shopId,
      (tx) => tx.$executeRaw`UPDATE rate_window SET count = 600 WHERE key LIKE 'look-up.shop:%'`,
    );
    expect(await lookUp({ ...busy, number: "1ZNOTHING99" })).toEqual({ kind: "limited" });
    expect(await lookUp({ number: NUMBER })).toMatchObject({ kind: "parcel" });
    clock.advance(MINUTE);
    expect(await lookUp({ ...busy, number: "1ZNOTHING99" })).toEqual({ kind: "missed" });
  });
});
