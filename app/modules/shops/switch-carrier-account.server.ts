import { enqueue } from "#app/jobs/define-job.ts";
import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import type { Queue } from "#app/lib/queue.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { AccountKey } from "./carrier-secrets.ts";

/**
 * Switches an account off, or on again. Off, it keeps its credentials and is asked nothing, and what the carrier pushes is
 * still taken. On, the parcels that rested for want of it are due. Switched twice the same way, nothing happens.
 */
export async function switchCarrierAccount(
  { db, clock, queue }: { db: Database; clock: Clock; queue: Queue },
  { shopId, accountId, actorId, on }: AccountKey & { actorId: string; on: boolean },
): Promise<{ kind: "switched" } | { kind: "unchanged" }> {
  return db.forShop(shopId, async (tx) => {
    const [account] = await tx.carrierAccount.updateManyAndReturn({
      where: { shopId, id: accountId, status: on ? "disabled" : { in: ["active", "auth_failed"] } },
      data: { status: on ? "active" : "disabled", statusReason: null, updatedAt: clock.now() },
      select: { carrier: true },
    });
    if (!account) return { kind: "unchanged" };
    const subject = { type: "carrier_account", id: accountId } as const;
    const type = on ? ("carrier_account.enabled" as const) : ("carrier_account.disabled" as const);
    await recordActivity(tx, clock, shopId, [
      { type, actor: "staff", actorId, subject, data: { carrier: account.carrier } },
    ]);
    if (on) await enqueue({ queue, tx }, "shipments.resume-watch", { shopId });
    return { kind: "switched" };
  });
}
