import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";

export type ShopRedaction =
  | { kind: "applied" }
  /** The merchant has come back since the uninstall this request follows: it is a customer again. */
  | { kind: "ignored"; reason: "installed_again" };

/**
 * Deletes a shop with everything of it, its jobs' payloads included. Nothing of ours brings the row back: only a new
 * verified message from Shopify can.
 */
export async function redactShop(
  { db, log }: { db: Database; log: Logger },
  { shopId }: { shopId: string },
): Promise<ShopRedaction> {
  const outcome = await db.forShop(shopId, (tx) => deleteShop(tx, shopId), { timeout: 10 * 60_000 });
  log.info({ shopId, outcome: outcome.kind }, "shop redaction");
  return outcome;
}

async function deleteShop(tx: ShopTx, shopId: string): Promise<ShopRedaction> {
  await tx.$executeRaw`SET LOCAL statement_timeout = '9min'`;
  await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
  const shop = await tx.shop.findUnique({ where: { id: shopId } });
  if (!shop) return { kind: "applied" };
  const cameBack = shop.uninstalledAt && shop.installedAt && shop.installedAt > shop.uninstalledAt;
  if (cameBack && shop.status !== "uninstalled") return { kind: "ignored", reason: "installed_again" };
  await tx.rateWindow.deleteMany({ where: { shopId } });
  await tx.$executeRaw`DELETE FROM pgboss.job WHERE data ->> 'shopId' = ${shopId}`;
  // Every other table hangs on the shop by a cascading key.
  await tx.shop.delete({ where: { id: shopId } });
  return { kind: "applied" };
}
