import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";

/**
 * Our token is lost for good: the shop's background work stops until the merchant opens the app again, which brings a new
 * one. The dead token is taken out of the session, or the next visit would go on using it.
 */
export async function markNeedsReopening(
  { db, clock }: { db: Database; clock: Clock },
  { shopId, reason }: { shopId: string; reason: string },
): Promise<void> {
  await db.forShop(shopId, async (tx) => {
    const changed = await tx.shop.updateMany({
      where: { id: shopId, status: "installed" },
      data: { status: "needs_reopening", updatedAt: clock.now() },
    });
    if (changed.count === 0) return;
    await tx.session.updateMany({
      where: { shopId, isOnline: false },
      data: { accessToken: null, refreshToken: null, updatedAt: clock.now() },
    });
    await recordActivity(tx, clock, shopId, [
      { type: "shop.needs_reopening", actor: "system", subject: { type: "shop", id: shopId }, data: { reason } },
    ]);
  });
}
