import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";

export type ShopRedaction =
  | { kind: "applied" }
  /** The merchant has come back since the uninstall this request follows: it is a customer again. */
  | { kind: "ignored"; reason: "installed_again" };

const DAY_MS = 24 * 60 * 60_000;

/**
 * Deletes a shop with everything of it, its jobs' payloads included. Nothing of ours brings the row back: only a new
 * verified message from Shopify can.
 */
export async function redactShop(
  { db, clock, log }: { db: Database; clock: Clock; log: Logger },
  { shopId }: { shopId: string },
): Promise<ShopRedaction> {
  const outcome = await db.forShop(shopId, (tx) => deleteShop(tx, shopId, clock.now()), { timeout: 10 * 60_000 });
  log.info({ shopId, outcome: outcome.kind }, "shop redaction");
  return outcome;
}

async function deleteShop(tx: ShopTx, shopId: string, now: Date): Promise<ShopRedaction> {
  await tx.$executeRaw`SET LOCAL statement_timeout = '9min'`;
  await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
  const shop = await tx.shop.findUnique({ where: { id: shopId } });
  if (!shop) return { kind: "applied" };
  const cameBack = shop.uninstalledAt && shop.installedAt && shop.installedAt > shop.uninstalledAt;
  if (cameBack && shop.status !== "uninstalled") return { kind: "ignored", reason: "installed_again" };
  if (await hasLivingToken(tx, { shopId, since: new Date(now.getTime() - DAY_MS) })) {
    return { kind: "ignored", reason: "installed_again" };
  }
  await tx.rateWindow.deleteMany({ where: { shopId } });
  await tx.$executeRaw`DELETE FROM pgboss.job WHERE data ->> 'shopId' = ${shopId}`;
  // Every other table hangs on the shop by a cascading key.
  await tx.shop.delete({ where: { id: shopId } });
  return { kind: "applied" };
}

/**
 * The request follows the uninstall by two days: a token that Shopify gave within the last one proves that the merchant
 * is back, even where the uninstall itself never reached us. An uninstall that did has deleted the session.
 */
async function hasLivingToken(tx: ShopTx, { shopId, since }: { shopId: string; since: Date }): Promise<boolean> {
  const sessions = await tx.session.count({
    where: { shopId, isOnline: false, accessToken: { not: null }, updatedAt: { gt: since } },
  });
  return sessions > 0;
}
