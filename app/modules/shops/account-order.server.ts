import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";

/** Between two accounts there is room for one more. */
const STEP = 10;
const FIRST = 100;

/**
 * Where a new account stands: at the end, a carrier's own before every service for many carriers. Of equal priority the
 * carrier's own account is asked first, so it takes the place of the first service without moving anybody.
 */
export async function priorityForNew(
  tx: ShopTx,
  { shopId, carrier, aggregators = [] }: { shopId: string; carrier: { id: string }; aggregators?: readonly string[] },
): Promise<number> {
  const accounts = await tx.carrierAccount.findMany({
    where: { shopId },
    orderBy: { priority: "asc" },
    select: { carrier: true, priority: true },
  });
  const last = accounts.at(-1);
  if (!last) return FIRST;
  const firstService = accounts.find((account) => aggregators.includes(account.carrier));
  const isService = aggregators.includes(carrier.id);
  if (!isService && firstService) return firstService.priority;
  return last.priority + (isService ? STEP : 0);
}

/**
 * Puts the accounts of a shop into a new order, first asked first.
 * `stale`: one was connected or removed meanwhile; nothing is changed.
 */
export async function orderCarrierAccounts(
  { db, clock }: { db: Database; clock: Clock },
  { shopId, accountIds, actorId }: { shopId: string; accountIds: readonly string[]; actorId: string },
): Promise<{ kind: "ordered" } | { kind: "stale" }> {
  return db.forShop(shopId, async (tx) => {
    const accounts = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM carrier_account WHERE shop_id = ${shopId} ORDER BY id FOR UPDATE`;
    const known = accounts.map(({ id }) => id);
    if (JSON.stringify([...new Set(accountIds)].sort()) !== JSON.stringify(known.toSorted())) return { kind: "stale" };
    const priorities = accountIds.map((_id, index) => (index + 1) * STEP);
    await tx.$executeRaw`
      UPDATE carrier_account a SET priority = u.priority, updated_at = ${clock.now()}
      FROM unnest(${[...accountIds]}::text[], ${priorities}::int[]) AS u (id, priority)
      WHERE a.shop_id = ${shopId} AND a.id = u.id`;
    const subject = { type: "shop", id: shopId } as const;
    const data = { accountIds: [...accountIds] };
    await recordActivity(tx, clock, shopId, [
      { type: "carrier_account.reordered", actor: "staff", actorId, subject, data },
    ]);
    return { kind: "ordered" };
  });
}
