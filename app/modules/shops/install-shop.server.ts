import { enqueue } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { ensureShopId } from "./find-shop.server.ts";

export interface InstallDeps {
  db: Database;
  queue: Queue;
  clock: Clock;
}

export interface InstallInput {
  /** The myshopify domain. */
  domain: string;
  /** The token's scopes, comma separated, as Shopify gives them. */
  scope: string | undefined;
}

/**
 * Called whenever a merchant's visit brought a fresh token. The first one installs the shop; a later one after an
 * uninstall or a lost token takes up where it stopped, with the data that are still there; any other changes nothing.
 */
export async function installShop(deps: InstallDeps, { domain, scope }: InstallInput): Promise<{ shopId: string }> {
  const shopId = await ensureShopId(deps, domain);
  const scopes = parseScopes(scope);
  await deps.db.forShop(shopId, async (tx) => {
    // Parallel first visits come here together: one after the other.
    await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
    const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
    if (shop.status === "installed") return;
    const again = shop.installedAt !== null;
    const now = deps.clock.now();
    const installedAt = shop.status === "needs_reopening" ? (shop.installedAt ?? now) : now;
    await tx.shop.update({ where: { id: shopId }, data: { status: "installed", scopes, installedAt, updatedAt: now } });
    await resumeWatching(tx, shopId, now);
    await recordActivity(tx, deps.clock, shopId, [
      { type: "shop.installed", actor: "staff", subject: { type: "shop", id: shopId }, data: { scopes, again } },
    ]);
    await enqueue({ queue: deps.queue, tx }, "shops.set-up", { shopId });
  });
  return { shopId };
}

/** Shopify's list of scopes in a stable order. */
export function parseScopes(scope: string | undefined): string[] {
  const scopes = (scope ?? "").split(",").map((one) => one.trim());
  return [...new Set(scopes)].filter((one) => one !== "").sort();
}

/** What the uninstall stopped is asked about again, spread over ten minutes so that no carrier gets it all at once. */
async function resumeWatching(tx: ShopTx, shopId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE shipment SET stop_reason = NULL, next_check_at = ${now}::timestamptz + random() * interval '10 minutes'
    WHERE shop_id = ${shopId} AND stop_reason = 'uninstalled'`;
}
