import { enqueueAll } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { DIGEST_MARK } from "./staff/schedule-digest.server.ts";

/** Shops that one sweep claims: more wait for the next one, a minute later. */
const BATCH = 500;
/** A digest whose job is lost is claimed again after this. */
const LEASE_MS = 15 * 60_000;

/** Finds the installed shops whose digest is due and queues each; reads no other. @returns how many. */
export function sweepDigests({ db, clock, queue }: { db: Database; clock: Clock; queue: Queue }): Promise<number> {
  const now = clock.now();
  return db.acrossShops(async (tx) => {
    const due = await tx.$queryRaw<{ shop_id: string }[]>`
      SELECT shop_id FROM claim_due_marks(${DIGEST_MARK}, ${now}, ${new Date(now.getTime() + LEASE_MS)}, ${BATCH})`;
    const payloads = due.map((row) => ({ shopId: row.shop_id }));
    await enqueueAll({ queue, tx }, "notifications.digest", payloads);
    return payloads.length;
  });
}
