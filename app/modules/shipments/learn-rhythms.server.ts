import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { emptyRhythm, faded, HALF_LIFE_DAYS, withNews } from "./rhythm/rhythm.ts";

export interface LearnDeps {
  db: Database;
  clock: Clock;
}

/** Shops in one look, and rows of one shop in one transaction. */
const SHOPS = 200;
const LESSONS = 2_000;
/** Pieces of news of one shop that count in the common rhythm of a carrier's phase. */
const MOST_OF_ONE_SHOP = 2_000;

/**
 * Takes up what was written down since the last time: a shop's lessons go into its rhythms and are gone, in one transaction.
 * Safe to run twice at once. @returns how many rows were taken up.
 */
export async function learnRhythms({ db, clock }: LearnDeps): Promise<number> {
  let taken = 0;
  for (let after: string | null = ""; after !== null;) {
    const shops: { shop_id: string }[] = await shopsWithLessons(db, after);
    for (const { shop_id: shopId } of shops) {
      for (let count = LESSONS; count === LESSONS; taken += count) {
        count = await db.forShop(shopId, (tx) => learnOf(tx, { shopId, now: clock.now() }));
      }
    }
    after = shops.length < SHOPS ? null : (shops.at(-1)?.shop_id ?? null);
  }
  return taken;
}

/** What all shops together have seen becomes what a new one starts from. */
export async function poolRhythms({ db, clock }: LearnDeps): Promise<void> {
  const now = clock.now().toISOString();
  await db.acrossShops(
    (tx) => tx.$executeRaw`SELECT pool_watch_rhythms(${now}::timestamptz, ${HALF_LIFE_DAYS}, ${MOST_OF_ONE_SHOP})`,
  );
}

function shopsWithLessons(db: Database, after: string): Promise<{ shop_id: string }[]> {
  return db.acrossShops((tx) => tx.$queryRaw`SELECT shop_id FROM shops_with_lessons(${after}, ${SHOPS}::int)`);
}

async function learnOf(tx: ShopTx, { shopId, now }: { shopId: string; now: Date }): Promise<number> {
  // One at a time per shop: the rhythms are read, added to and written back.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`rhythms:${shopId}`}, 0))::text`;
  const lessons = await tx.$queryRaw<{ carrier: string; phase: string; bins: number[] }[]>`
    DELETE FROM watch_lesson WHERE shop_id = ${shopId} AND id IN (
      SELECT id FROM watch_lesson WHERE shop_id = ${shopId} ORDER BY id LIMIT ${LESSONS}::int)
    RETURNING carrier, phase, bins`;
  if (lessons.length === 0) return 0;
  const known = await tx.watchRhythm.findMany({ where: { shopId } });
  const rhythms = new Map(
    known.map(({ carrier, phase, counts, updatedAt }) => {
      return [`${carrier}:${phase}`, faded(counts, now.getTime() - updatedAt.getTime())];
    }),
  );
  const changed = new Map<string, { carrier: string; phase: string; counts: number[] }>();
  for (const { carrier, phase, bins } of lessons) {
    const key = `${carrier}:${phase}`;
    const counts = withNews(changed.get(key)?.counts ?? rhythms.get(key) ?? emptyRhythm(), bins);
    changed.set(key, { carrier, phase, counts });
  }
  await tx.$executeRaw`
    INSERT INTO watch_rhythm (shop_id, carrier, phase, counts, updated_at)
    SELECT ${shopId}, r.carrier, r.phase, r.counts, ${now.toISOString()}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify([...changed.values()])}::jsonb) AS r (carrier text, phase text, counts real[])
    ON CONFLICT (shop_id, carrier, phase) DO UPDATE SET counts = EXCLUDED.counts, updated_at = EXCLUDED.updated_at`;
  return lessons.length;
}
