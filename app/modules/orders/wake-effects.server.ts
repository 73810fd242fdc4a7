import { enqueueAll } from "#app/jobs/define-job.ts";
import type { OrdersDeps } from "./orders-deps.ts";

/** A queued effect whose job has not come for this long has lost it; longer than any back-off would only wake it early. */
const QUEUED_FOR_MS = 30 * 60_000;
const BATCH = 200;

/** Wakes effects whose worker died or whose job was lost. Returns how many. */
export function wakeForgottenEffects(deps: Pick<OrdersDeps, "db" | "clock" | "queue">): Promise<number> {
  const now = deps.clock.now();
  const queuedBefore = new Date(now.getTime() - QUEUED_FOR_MS);
  return deps.db.acrossShops(async (tx) => {
    const forgotten = await tx.$queryRaw<{ shop_id: string; id: string }[]>`
      SELECT shop_id, id FROM forgotten_effects(${now}, ${queuedBefore}, ${BATCH})`;
    const payloads = forgotten.map((row) => ({ shopId: row.shop_id, effectId: row.id }));
    await enqueueAll({ queue: deps.queue, tx }, "orders.write-back", payloads);
    return payloads.length;
  });
}
