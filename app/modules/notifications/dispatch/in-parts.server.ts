import type { ShopTx } from "#app/lib/db.server.ts";
import { errorMessage } from "#app/lib/errors.ts";
import type { DispatchDeps } from "./dispatch-deps.ts";

interface Parted<Item> {
  shopId: string;
  items: readonly Item[];
  /** In one transaction: long ones keep a connection from others. */
  atOnce: number;
}

/**
 * Does the work for messages of one shop, a part of them in each transaction. Where a part fails, it is halved, down to
 * the single message: one that cannot be dealt with stays under its lease, comes back when that ends, and holds up no other.
 */
export async function inParts<Item extends { id: string }, Result>(
  deps: Pick<DispatchDeps, "db" | "log">,
  { shopId, items, atOnce }: Parted<Item>,
  work: (tx: ShopTx, part: readonly Item[]) => Promise<readonly Result[]>,
): Promise<Result[]> {
  const results: Result[] = [];
  const open: (readonly Item[])[] = [];
  for (let start = 0; start < items.length; start += atOnce) open.push(items.slice(start, start + atOnce));
  for (let part = open.shift(); part; part = open.shift()) {
    try {
      const now = part;
      results.push(...(await deps.db.forShop(shopId, (tx) => work(tx, now))));
    } catch (error) {
      const half = Math.ceil(part.length / 2);
      if (part.length > 1) open.unshift(part.slice(0, half), part.slice(half));
      else noteFailure(deps, { shopId, notificationId: part[0]?.id ?? "" }, error);
    }
  }
  return results;
}

function noteFailure(
  { log }: Pick<DispatchDeps, "log">,
  about: { shopId: string; notificationId: string },
  error: unknown,
): void {
  log.error({ ...about, err: errorMessage(error) }, "message cannot be dealt with now");
}
