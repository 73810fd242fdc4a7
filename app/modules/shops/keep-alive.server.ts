import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { AdminApi } from "./admin-api.ts";
import { KEEP_ALIVE_MARK } from "./set-up-shop.server.ts";
import { KEEP_ALIVE } from "./shop-facts.graphql.ts";

export interface KeepAliveDeps {
  db: Database;
  clock: Clock;
  log: Logger;
  admin: AdminApi;
}

const BATCH = 50;
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
const LEASE_MS = 10 * 60_000;

/**
 * Asks every installed shop one light question a day. Its offline token would otherwise die after 90 quiet days; as a
 * side effect, a shop that took our token away is found within a day.
 * @returns how many shops were asked; a full batch means there may be more
 */
export async function keepShopsAlive(deps: KeepAliveDeps): Promise<number> {
  const now = deps.clock.now();
  const due = await deps.db.acrossShops(
    (tx) => tx.$queryRaw<{ shop_id: string }[]>`
      SELECT shop_id FROM claim_due_marks(${KEEP_ALIVE_MARK}, ${now}, ${new Date(now.getTime() + LEASE_MS)}, ${BATCH})`,
  );
  for (const { shop_id: shopId } of due) await keepAlive(deps, shopId);
  return due.length;
}

async function keepAlive({ db, clock, log, admin }: KeepAliveDeps, shopId: string): Promise<void> {
  const answer = await admin.query(shopId, { document: KEEP_ALIVE, urgency: "background" });
  if (answer.kind !== "ok") log.info({ shopId, outcome: answer.kind }, "shop not kept alive this time");
  const now = clock.now();
  const dueAt = new Date(now.getTime() + (answer.kind === "ok" ? DAY_MS : HOUR_MS));
  await db.forShop(shopId, (tx) =>
    tx.syncMark.updateMany({
      where: { shopId, name: KEEP_ALIVE_MARK },
      data: { dueAt, updatedAt: now, ...(answer.kind === "ok" ? { upTo: now } : {}) },
    }),
  );
}
