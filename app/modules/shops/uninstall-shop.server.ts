import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";

export type UninstallOutcome =
  { kind: "applied" } | { kind: "ignored"; reason: "older_than_installation" | "not_installed" };

/** Shopify's clock and ours may differ, and a token may be on its way while the app is being removed. */
const CLOCKS_APART_MS = 2 * 60_000;

/**
 * The merchant removed the app: its tokens are deleted at once, nothing is asked or sent any more. The data wait for
 * Shopify's `shop/redact`, so that a merchant who comes back within two days finds everything.
 */
export async function uninstallShop(
  { db, clock }: { db: Database; clock: Clock },
  { shopId, triggeredAt }: { shopId: string; triggeredAt: Date | null },
): Promise<UninstallOutcome> {
  return db.forShop(
    shopId,
    async (tx) => {
      await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
      const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
      if (shop.status === "uninstalled") return { kind: "ignored", reason: "not_installed" };
      // Deliveries come late and in any order: this one may speak of an installation before the present one.
      if (triggeredAt && (await isOlder(tx, triggeredAt, shop))) {
        return { kind: "ignored", reason: "older_than_installation" };
      }
      await tx.shop.update({
        where: { id: shopId },
        data: { status: "uninstalled", uninstalledAt: clock.now(), scopes: [], updatedAt: clock.now() },
      });
      await stopWork(tx, shopId, clock.now());
      await recordActivity(tx, clock, shopId, [
        { type: "shop.uninstalled", actor: "shopify", subject: { type: "shop", id: shopId }, data: {} },
      ]);
      return { kind: "applied" };
    },
    { timeout: 60_000 },
  );
}

/** Shopify gives tokens to installed apps only: one that came well after the uninstall proves that the merchant is back. */
async function isOlder(
  tx: ShopTx,
  triggeredAt: Date,
  { id, installedAt }: { id: string; installedAt: Date | null },
): Promise<boolean> {
  if (installedAt && triggeredAt < installedAt) return true;
  const younger = new Date(triggeredAt.getTime() + CLOCKS_APART_MS);
  const sessions = await tx.session.count({
    where: { shopId: id, isOnline: false, accessToken: { not: null }, updatedAt: { gt: younger } },
  });
  return sessions > 0;
}

async function stopWork(tx: ShopTx, shopId: string, now: Date): Promise<void> {
  await tx.session.deleteMany({ where: { shopId } });
  await tx.shipment.updateMany({
    where: { shopId, nextCheckAt: { not: null } },
    data: { nextCheckAt: null, stopReason: "uninstalled" },
  });
  await tx.notification.updateMany({
    where: { shopId, state: "queued" },
    data: { state: "dropped", error: "uninstalled", renderedSealed: null, updatedAt: now },
  });
  await tx.effect.updateMany({
    where: { shopId, state: "queued" },
    data: { state: "skipped", outcome: "uninstalled", updatedAt: now },
  });
  await tx.importRun.updateMany({
    where: { shopId, state: "running" },
    data: { state: "failed", error: "uninstalled", finishedAt: now, updatedAt: now },
  });
}
