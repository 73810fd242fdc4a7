import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";

/**
 * The provider itself says that it has taken a message: it is sent, whatever we knew before. Resolves attempts whose answer
 * was lost, and those that were parked. @returns whether that was news.
 */
export async function noteTaken(
  tx: ShopTx,
  clock: Clock,
  { shopId, notificationId, providerId }: { shopId: string; notificationId: string; providerId: string },
): Promise<boolean> {
  const now = clock.now();
  const { count } = await tx.notification.updateMany({
    where: { shopId, id: notificationId, attempts: { gt: 0 }, state: { in: ["queued", "sending", "unknown"] } },
    data: {
      ...{ state: "sent", providerId, sentAt: now, updatedAt: now, error: null },
      ...{ leaseToken: null, leasedUntil: null, missingSince: null },
    },
  });
  return count > 0;
}
