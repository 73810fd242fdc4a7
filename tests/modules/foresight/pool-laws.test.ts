import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BIN_COUNT } from "#app/modules/foresight/age-bins.ts";
import { Database } from "#app/lib/db.server.ts";
import { LawBook } from "#app/modules/foresight/law-book.server.ts";
import { toRows } from "#app/modules/foresight/law-rows.ts";
import { saveLaw, saveLearnt } from "#app/modules/foresight/law-store.server.ts";
import { poolLaws } from "#app/modules/foresight/pool-laws.server.ts";
import { saveSettings } from "#app/modules/shops/settings.server.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { makeShop } from "#tests/support/factories.ts";
import { DAY, TestClock } from "#tests/support/test-clock.ts";
import { FIRST_DAY, forecastAfter, learnLane, simulateLane } from "./simulated-lane.ts";

let database: TestDatabase;
let db: Database;
const DAYS = 40;
const clock = new TestClock("2026-03-20T12:00:00Z");
beforeEach(async () => {
  database = await createTestDatabase();
  db = new Database({ url: database.url });
  // The simulated days are over.
  clock.set(new Date((FIRST_DAY + DAYS) * DAY + 6 * 3_600_000).toISOString());
});
afterEach(async () => {
  await db.close();
  await database.drop();
});

/** Every parcel takes nine days, which no published time says. */
const NINE_DAYS = () => 9;

interface Taught {
  consents: boolean;
  seed?: number;
  perDay?: number;
}

/** A shop that has learnt a slow lane. */
async function teachShop({ consents, seed = 1, perDay = 10 }: Taught): Promise<string> {
  const { shopId } = await makeShop(db, clock);
  const state = learnLane(simulateLane({ draw: NINE_DAYS, perDay, days: DAYS, seed }), FIRST_DAY + DAYS);
  await db.forShop(shopId, async (tx) => {
    await saveLaw(tx, { shopId, law: "transit", rows: toRows(state) });
    const learnt = { learntOn: FIRST_DAY + DAYS - 1, knowledge: { fates: {}, rivalries: {}, chosen: {} } };
    await saveLearnt(tx, { shopId, ...learnt, now: clock.now() });
  });
  await consent(shopId, consents);
  return shopId;
}

async function consent(shopId: string, pool: boolean): Promise<void> {
  const foresight = { pool, delayProbability: null };
  await db.forShop(shopId, (tx) => saveSettings(tx, { clock }, { shopId, changes: { foresight }, actorId: null }));
}

/** What a shop that has learnt nothing says of a parcel of that lane, on a law book that was opened just now. */
async function forecastOfNewShop() {
  const { shopId } = await makeShop(db, clock);
  const { transit } = await db.forShop(shopId, (tx) => new LawBook().load(tx, shopId, FIRST_DAY + DAYS));
  return forecastAfter(transit, 0, FIRST_DAY + DAYS);
}

/** Days up to the likely day. */
const likely = ({ quantiles, now }: Awaited<ReturnType<typeof forecastOfNewShop>>) => quantiles.q50.day - now.day;

const poolRows = () => db.acrossShops((tx) => tx.poolRow.findMany({ orderBy: [{ name: "asc" }, { key: "asc" }] }));
const sharesOf = (shopId: string) => db.forShop(shopId, (tx) => tx.poolShare.count());

describe("the pool", () => {
  test("without consent nothing leaves a shop, and a new one knows nothing", async () => {
    const shops = [await teachShop({ consents: false }), await teachShop({ consents: false })];
    expect(await poolLaws({ db, clock }, { fewest: 1 })).toEqual({ shops: 0, rows: 0 });
    expect(await Promise.all(shops.map(sharesOf))).toEqual([0, 0]);
    expect(likely(await forecastOfNewShop())).toBeLessThan(8);
    expect((await forecastOfNewShop()).modelVersion).not.toContain("pool");
  });

  test("two shops teach a third, which says so in the version of its model", async () => {
    await teachShop({ consents: true });
    await teachShop({ consents: true, seed: 2 });
    const { shops, rows } = await poolLaws({ db, clock }, { fewest: 2 });
    expect(shops).toBe(2);
    expect(rows).toBeGreaterThan(5);
    const forecast = await forecastOfNewShop();
    expect(Math.abs(likely(forecast) - 9)).toBeLessThanOrEqual(1);
    expect(forecast.modelVersion).toMatch(/\+pool$/);
  });

  test("a row has three shops at least, and counts by carrier, service and countries alone", async () => {
    const shops = [await teachShop({ consents: true }), await teachShop({ consents: true, seed: 2 })];
    expect((await poolLaws({ db, clock })).rows).toBe(0);
    shops.push(await teachShop({ consents: true, seed: 3 }));
    expect((await poolLaws({ db, clock })).rows).toBeGreaterThan(5);
    const rows = await poolRows();
    expect(new Set(rows.map((row) => row.shops))).toEqual(new Set([3]));
    const written = JSON.stringify(rows);
    for (const trace of ["loc_1", "standard", "100", "NY", "CA", ...shops])
      expect(JSON.stringify(rows.map(({ name, key }) => [name, key]))).not.toContain(trace);
    for (const shopId of shops) expect(written).not.toContain(shopId);
    const named = ["accepted|ups|?", "accepted|ups|?|ground", "accepted|ups|?|ground|US|US", "ups"];
    for (const { key } of rows) expect(named).toContain(key.replace(/#\d$/, ""));
  });

  test("a large shop counts for no more than a bounded part, and the order of the shops does not matter", async () => {
    const sizes = [4, 300, 7].map((perDay, seed) => ({ consents: true, seed, perDay }));
    const learnt: unknown[] = [];
    for (const order of [sizes, [...sizes].reverse()]) {
      const shops: string[] = [];
      for (const shop of order) shops.push(await teachShop(shop));
      await poolLaws({ db, clock });
      learnt.push(await poolRows());
      for (const shopId of shops) await db.forShop(shopId, (tx) => tx.shop.delete({ where: { id: shopId } }));
    }
    const [first, second] = learnt as [Awaited<ReturnType<typeof poolRows>>, unknown];
    expect(first.length).toBeGreaterThan(5);
    expect(second).toEqual(first);
    const exposure = (counts: number[]) => counts.slice(BIN_COUNT).reduce((sum, one) => sum + one, 0);
    // Of the large shop alone it would be more.
    expect(Math.max(...first.map(({ counts }) => exposure(counts)))).toBeLessThan(3 * 5_001);
  }, 60_000);

  test("who withdraws or uninstalls is not in the next pool", async () => {
    const [leaving, gone] = [await teachShop({ consents: true }), await teachShop({ consents: true, seed: 2 })];
    for (const seed of [3, 4, 5]) await teachShop({ consents: true, seed });
    await poolLaws({ db, clock });
    expect((await poolRows())[0]?.shops).toBe(5);
    await consent(leaving, false);
    await db.forShop(gone, (tx) => tx.shop.update({ where: { id: gone }, data: { status: "uninstalled" } }));
    expect((await poolLaws({ db, clock })).shops).toBe(3);
    expect((await poolRows())[0]?.shops).toBe(3);
    expect(await Promise.all([leaving, gone].map(sharesOf))).toEqual([0, 0]);
    // The last one that could be told apart goes with the third.
    await consent((await installed())[0] ?? "", false);
    expect((await poolLaws({ db, clock })).rows).toBe(0);
    expect((await forecastOfNewShop()).modelVersion).not.toContain("pool");
  });
});

async function installed(): Promise<string[]> {
  const rows = await db.acrossShops(
    (tx) => tx.$queryRaw<{ shop_id: string }[]>`SELECT shop_id FROM shops_in_pool('', 10)`,
  );
  return rows.map(({ shop_id: shopId }) => shopId);
}
