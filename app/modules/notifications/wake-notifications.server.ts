import { enqueueAll } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";

const BATCH = 500;
/** A queued message whose job has not come by now has probably lost it; a second job does no harm. */
const QUEUED_FOR_MS = 15 * 60_000;

/** Gives a new job to messages whose worker died during an attempt, or whose job was lost. */
export async function wakeForgottenNotifications(deps: { db: Database; clock: Clock; queue: Queue }): Promise<number> {
  const now = deps.clock.now();
  const queuedBefore = new Date(now.getTime() - QUEUED_FOR_MS);
  return deps.db.acrossShops(async (tx) => {
    const found = await tx.$queryRaw<{ shop_id: string; id: string }[]>`
      SELECT shop_id, id FROM forgotten_notifications(${now}, ${queuedBefore}, ${BATCH}::int)`;
    await enqueueAll(
      { queue: deps.queue, tx },
      "notifications.send",
      found.map((row) => ({ shopId: row.shop_id, notificationId: row.id })),
    );
    return found.length;
  });
}
