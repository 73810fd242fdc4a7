import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { type Day, readDay } from "./civil-day.ts";
import type { LawSpec, LawState } from "./law.ts";
import { loadLaw, loadLearnt } from "./law-store.server.ts";
import { type PoolEntry, pooledTables, poolOf, shareOf } from "./pool-share.ts";
import { SILENCE_LAW } from "./silence-law.ts";
import { TRANSIT_LAW } from "./transit-law.ts";

/** A row is made of so many shops at least: whoever takes away its own counts still cannot tell whose the others are. */
const FEWEST_SHOPS = 3;
/** Shops in one look, and rows in one statement. */
const SHOPS = 200;
const STEP = 1_000;

export interface PoolReport {
  /** Shops that gave their counts. */
  shops: number;
  /** Rows that all shops now start from. */
  rows: number;
}

/**
 * Makes the pool anew from what the shops that consent have learnt: counts by carrier, service and countries. A shop that
 * does not consent any more, or has uninstalled, is not in it from then on. Safe to repeat.
 */
export async function poolLaws(
  { db, clock }: { db: Database; clock: Clock },
  { fewest = FEWEST_SHOPS }: { fewest?: number } = {},
): Promise<PoolReport> {
  const now = clock.now();
  const day = readDay(now.toISOString()) - 1;
  let shops = 0;
  for (let after: string | null = ""; after !== null;) {
    const page: { shop_id: string }[] = await db.acrossShops(
      (tx) => tx.$queryRaw`SELECT shop_id FROM shops_in_pool(${after}, ${SHOPS}::int)`,
    );
    for (const { shop_id: shopId } of page)
      if (await db.forShop(shopId, (tx) => giveShare(tx, shopId, day))) shops += 1;
    after = page.length < SHOPS ? null : (page.at(-1)?.shop_id ?? null);
  }
  const [pooled] = await db.acrossShops(
    (tx) => tx.$queryRaw<{ rows: number }[]>`
      SELECT pool_laws(${now.toISOString()}::timestamptz, ${day}::int, ${fewest}::int) AS rows`,
  );
  return { shops, rows: pooled?.rows ?? 0 };
}

/** Replaces what a shop gives; asks for its consent once more, in the transaction that gives. */
async function giveShare(tx: ShopTx, shopId: string, day: Day): Promise<boolean> {
  await tx.poolShare.deleteMany({ where: { shopId } });
  const { pool } = (await loadSettings(tx, shopId)).foresight;
  const { learntOn } = await loadLearnt(tx, shopId);
  if (!pool || learntOn === null) return false;
  for (const spec of [TRANSIT_LAW, SILENCE_LAW]) {
    const { cells, ratios } = pooledTables(spec);
    const share = shareOf(await loadLaw(tx, { shopId, spec, pool: null, tables: [...cells, ...ratios] }), day);
    for (let from = 0; from < share.length; from += STEP)
      await tx.poolShare.createMany({
        data: share.slice(from, from + STEP).map((row) => ({ shopId, asOf: day, ...row })),
      });
  }
  return true;
}

/** What the pool gives to every shop. */
export interface Pools {
  /** Changes with every pooling. */
  mark: string;
  transit: LawState | null;
  silence: LawState | null;
}

/** When the pool was made last; empty while there is none. */
export async function poolMark(tx: ShopTx): Promise<string> {
  const row = await tx.poolRow.findFirst({ select: { pooledAt: true } });
  return row?.pooledAt.toISOString() ?? "";
}

export async function loadPools(tx: ShopTx): Promise<Pools> {
  const mark = await poolMark(tx);
  const rows: (PoolEntry & { asOf: Day })[] = await tx.poolRow.findMany();
  const of = (spec: LawSpec): LawState | null => poolOf(spec, rows);
  return { mark, transit: of(TRANSIT_LAW), silence: of(SILENCE_LAW) };
}
