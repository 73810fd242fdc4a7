import { enqueue } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";

export interface ReplayInput {
  shopId: string;
  deliveryId: string;
  /** The staff user who asked for it. */
  actorId: string;
}

/** Puts a failed delivery back into the queue with fresh attempts. Only failed ones: whatever is finished stays so. */
export async function replayDelivery(
  { db, queue, clock }: { db: Database; queue: Queue; clock: Clock },
  { shopId, deliveryId, actorId }: ReplayInput,
): Promise<{ kind: "replayed" } | { kind: "not_found" }> {
  return db.forShop(shopId, async (tx) => {
    const woken = await tx.inboundDelivery.updateManyAndReturn({
      where: { shopId, id: deliveryId, status: "failed" },
      data: { status: "stored", attempts: 0, error: null, processedAt: null },
      select: { topic: true },
    });
    const [delivery] = woken;
    if (!delivery) return { kind: "not_found" };
    await enqueue({ queue, tx }, "intake.process-delivery", { shopId, deliveryId });
    await recordActivity(tx, clock, shopId, [
      {
        type: "delivery.replayed",
        actor: "staff",
        actorId,
        subject: { type: "delivery", id: deliveryId },
        data: { topic: delivery.topic },
      },
    ]);
    return { kind: "replayed" };
  });
}
