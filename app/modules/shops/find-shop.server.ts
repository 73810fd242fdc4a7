import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";

/** Our id of a shop by its myshopify domain; null when we have never heard of it. */
export async function findShopId(db: Database, domain: string): Promise<string | null> {
  const [row] = await db.acrossShops(
    (tx) => tx.$queryRaw<{ id: string | null }[]>`SELECT shop_id_of_domain(${domain}) AS id`,
  );
  return row?.id ?? null;
}

/** The same, with a new row in state "pending" for a shop that turns up for the first time. */
export async function ensureShopId({ db, clock }: { db: Database; clock: Clock }, domain: string): Promise<string> {
  const [row] = await db.acrossShops(
    (tx) => tx.$queryRaw<{ id: string }[]>`
      SELECT ensure_shop(${newId("shop", clock)}, ${domain}, ${clock.now()}) AS id`,
  );
  if (!row) throw new Error("ensure_shop returned nothing");
  return row.id;
}
