import { enqueueAll } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";

/** Longer than every repetition of the job by the queue itself. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;
const BATCH = 500;

/**
 * Wakes deliveries that are stored but whose job is gone (queue restored from a backup, job deleted). Running a job
 * twice is harmless, and attempts are counted in the row, so a hopeless one ends as failed.
 */
export async function sweepDeliveries({
  db,
  queue,
  clock,
  log,
}: {
  db: Database;
  queue: Queue;
  clock: Clock;
  log: Logger;
}): Promise<number> {
  const before = new Date(clock.now().getTime() - FORGOTTEN_AFTER_MS);
  return db.acrossShops(async (tx) => {
    const found = await tx.$queryRaw<{ shop_id: string; id: string }[]>`
      SELECT shop_id, id FROM forgotten_deliveries(${before}, ${BATCH})`;
    const jobs = found.map((row) => ({ shopId: row.shop_id, deliveryId: row.id }));
    await enqueueAll({ queue, tx }, "intake.process-delivery", jobs);
    if (jobs.length > 0) log.warn({ deliveries: jobs.length }, "forgotten deliveries woken");
    return jobs.length;
  });
}
