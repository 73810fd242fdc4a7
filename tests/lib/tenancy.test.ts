import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Database } from "#app/lib/db.server.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { type MadeShop, makeOrder, makeScans, makeShipment, makeShop } from "#tests/support/factories.ts";
import { TestClock } from "#tests/support/test-clock.ts";

let database: TestDatabase;
let db: Database;
let owner: pg.Client;
let mine: MadeShop;
let theirs: MadeShop;
let tables: string[];
const clock = new TestClock("2026-11-20T12:00:00Z");

async function fill(shop: MadeShop): Promise<void> {
  await db.forShop(shop.shopId, async (tx) => {
    const { orderId } = await makeOrder(tx, clock, shop);
    const { shipmentId } = await makeShipment(tx, clock, { ...shop, orderId });
    await makeScans(tx, { ...shop, shipmentId }, [{ status: "in_transit", occurredAt: clock.now() }]);
  });
}

beforeAll(async () => {
  database = await createTestDatabase();
  db = new Database({ url: database.url });
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  [mine, theirs] = [await makeShop(db, clock), await makeShop(db, clock)];
  await fill(mine);
  await fill(theirs);
  const { rows } = await owner.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'shop_id'",
  );
  tables = rows.map(({ name }) => name);
});

afterAll(async () => {
  await owner.end();
  await db.close();
  await database.drop();
});

/** Counts over all shops, written by functions of the owner alone. */
const SHARED = ["carrier_rhythm", "pool_row", "send_pace"];

describe("the second wall", () => {
  test("every table of a shop has row-level security, and shop_id leads every key", async () => {
    const { rows: open } = await owner.query(
      `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND relkind = 'r' AND NOT relrowsecurity AND relname <> '_prisma_migrations'`,
    );
    expect(open).toEqual([]);
    const { rows: keys } = await owner.query<{ table: string; index: string; first: string }>(
      `SELECT t.relname AS table, i.relname AS index, a.attname AS first FROM pg_index x
       JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
       JOIN pg_namespace n ON n.oid = t.relnamespace
       JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
       WHERE n.nspname = 'public' AND (x.indisunique OR x.indisprimary) AND t.relname <> ALL ($1)`,
      [["shop", "_prisma_migrations", ...SHARED]],
    );
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter(({ first }) => first !== "shop_id")).toEqual([]);
  });

  test.each(SHARED)("%s belongs to no shop: everybody reads it, and nobody writes it", async (table) => {
    await db.forShop(mine.shopId, (tx) => tx.$queryRawUnsafe(`SELECT * FROM ${table} LIMIT 1`));
    const erase = db.forShop(mine.shopId, (tx) => tx.$executeRawUnsafe(`DELETE FROM ${table}`));
    await expect(erase).rejects.toThrow(/permission denied/);
  });

  test("a query that forgets its shop sees one shop's rows, in every table", async () => {
    for (const table of tables) {
      const seen = await db.forShop(mine.shopId, (tx) =>
        tx.$queryRawUnsafe<{ shop_id: string }[]>(`SELECT shop_id FROM ${table}`),
      );
      expect(seen.filter((row) => row.shop_id !== mine.shopId)).toEqual([]);
    }
    expect(await db.forShop(mine.shopId, (tx) => tx.shipment.count())).toBe(1);
  });

  test("without a shop there are no rows at all", async () => {
    for (const table of [...tables, "shop"]) {
      const seen = await db.acrossShops((tx) => tx.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM ${table}`));
      expect(seen).toEqual([]);
    }
  });

  test("a shop cannot write into another", async () => {
    const write = db.forShop(mine.shopId, (tx) =>
      tx.savedView.create({
        data: { shopId: theirs.shopId, id: "viw_1", page: "shipments", name: "x", query: "", createdAt: clock.now() },
      }),
    );
    await expect(write).rejects.toThrow(/row-level security/);
    const changed = await db.forShop(mine.shopId, (tx) => tx.order.updateMany({ data: { city: "Elsewhere" } }));
    expect(changed.count).toBe(1);
    const { rows } = await owner.query("SELECT city FROM orders WHERE shop_id = $1", [theirs.shopId]);
    expect(rows).toEqual([{ city: "Austin" }]);
  });

  test("the app cannot switch the wall off", async () => {
    for (const attack of ["ALTER TABLE orders DISABLE ROW LEVEL SECURITY", "DROP POLICY tenant ON orders"]) {
      await expect(db.acrossShops((tx) => tx.$executeRawUnsafe(attack))).rejects.toThrow(/owner/);
    }
  });

  test("in a transaction statements follow each other, although Prisma asks for relations all at once", async () => {
    const warn = vi.spyOn(process, "emitWarning");
    const include = { fulfillment: true, events: true, order: true } as const;
    const [parcel] = await db.forShop(mine.shopId, (tx) => tx.shipment.findMany({ include }));
    expect([parcel?.events.length, parcel?.order.id === parcel?.orderId, warn.mock.calls]).toEqual([1, true, []]);
    warn.mockRestore();
  });

  test("a shop does not leak into the next transaction of the same connection", async () => {
    const single = new Database({ url: database.url, poolSize: 1 });
    await single.forShop(mine.shopId, (tx) => tx.shipment.count());
    expect(await single.acrossShops((tx) => tx.shipment.count())).toBe(0);
    await single.close();
  });
});
