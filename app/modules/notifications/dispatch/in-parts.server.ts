import type { ShopTx } from "#app/lib/db.server.ts";
import { errorMessage } from "#app/lib/errors.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";

/** In one transaction: long ones keep a connection from others. */
const AT_ONCE = 20;

/**
 * Does the work for messages of one shop, a part of them in each transaction. Where a part fails, each of its messages is
 * tried by itself: one that cannot be dealt with stays under its lease, comes back when that ends, and holds up no other.
 */
export async function inParts<Item extends { id: string }, Result>(
  deps: Pick<DispatchDeps, "db" | "log">,
  { shopId, items }: { shopId: string; items: readonly Item[] },
  work: (tx: ShopTx, part: readonly Item[]) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const part = items.slice(start, start + AT_ONCE);
    const done = await deps.db.forShop(shopId, (tx) => work(tx, part)).catch(() => null);
    if (done) results.push(...done);
    else for (const item of part) results.push(...(await byItself(deps, { shopId, item }, work)));
  }
  return results;
}

async function byItself<Item extends { id: string }, Result>(
  { db, log }: Pick<DispatchDeps, "db" | "log">,
  { shopId, item }: { shopId: string; item: Item },
  work: (tx: ShopTx, part: readonly Item[]) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  try {
    return await db.forShop(shopId, (tx) => work(tx, [item]));
  } catch (error) {
    log.error({ shopId, notificationId: item.id, err: errorMessage(error) }, "message cannot be dealt with now");
    return [];
  }
}
