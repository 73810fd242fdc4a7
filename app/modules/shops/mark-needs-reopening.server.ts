import type { Clock } from "#app/lib/clock.ts";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { Database, ShopTx } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { readSession } from "./session-storage.server.ts";

interface LostToken {
  shopId: string;
  reason: string;
  /** The access token that is lost; null when there was none. */
  token: string | null;
}

/**
 * Our token is lost for good: the shop's background work stops until the merchant opens the app again, which brings a new
 * one. The dead token is taken out of the session, or the next visit would go on using it.
 * @returns "replaced" when such a visit has come in the meantime: its token lives
 */
export async function markNeedsReopening(
  deps: { db: Database; keys: KeyRing; clock: Clock; log: Logger },
  { shopId, reason, token }: LostToken,
): Promise<"marked" | "replaced" | "not_installed"> {
  const now = deps.clock.now();
  return deps.db.forShop(shopId, async (tx) => {
    await tx.$queryRaw`SELECT id FROM shop WHERE id = ${shopId} FOR UPDATE`;
    const shop = await tx.shop.findUnique({ where: { id: shopId }, select: { domain: true, status: true } });
    if (shop?.status !== "installed") return "not_installed";
    const kept = await lockToken(tx, deps, { shopId, domain: shop.domain });
    if (kept !== null && kept !== token) return "replaced";
    await tx.shop.update({ where: { id: shopId }, data: { status: "needs_reopening", updatedAt: now } });
    await tx.session.updateMany({
      where: { shopId, isOnline: false },
      data: { accessToken: null, refreshToken: null, updatedAt: now },
    });
    await recordActivity(tx, deps.clock, shopId, [
      { type: "shop.needs_reopening", actor: "system", subject: { type: "shop", id: shopId }, data: { reason } },
    ]);
    return "marked";
  });
}

/** The stored access token; nobody can replace it until the transaction ends. */
async function lockToken(
  tx: ShopTx,
  deps: { keys: KeyRing; log: Logger },
  { shopId, domain }: { shopId: string; domain: string },
): Promise<string | null> {
  await tx.$queryRaw`SELECT id FROM session WHERE shop_id = ${shopId} AND NOT is_online FOR UPDATE`;
  const session = await readSession(tx, deps, { shopId, id: `offline_${domain}` });
  return session?.accessToken ?? null;
}
