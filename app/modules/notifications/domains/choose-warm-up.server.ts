import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { DomainDeps } from "./manage-sender-domains.server.ts";

export interface WarmUpChoice {
  /** Mail was sent from the domain before, by other means: it may send more from the start. */
  established: boolean;
  /** What is above a day's measure goes out from the shared sender instead of waiting. */
  overflow: boolean;
}

/**
 * How a domain is warmed up, as its owner knows and wants it. Mails that wait for tomorrow are looked at again at once: the
 * measure may have room for them now.
 */
export async function chooseWarmUp(
  { db, clock }: Pick<DomainDeps, "db" | "clock">,
  { shopId, actorId, domainId }: { shopId: string; actorId: string; domainId: string },
  choice: WarmUpChoice,
): Promise<{ kind: "warm_up_saved" | "not_found" }> {
  return db.forShop(shopId, async (tx) => {
    const where = { shopId_id: { shopId, id: domainId } };
    const row = await tx.senderDomain.findUnique({ where });
    if (!row) return { kind: "not_found" };
    const now = clock.now();
    await tx.senderDomain.update({ where, data: { ...choice, updatedAt: now } });
    await tx.$executeRaw`
      UPDATE notification SET due_at = ${now}, decision = decision - 'wait'
      WHERE shop_id = ${shopId} AND channel = 'email' AND state = 'queued' AND decision ->> 'wait' = 'warm_up'`;
    const subject = { type: "sender_domain", id: domainId } as const;
    await recordActivity(tx, clock, shopId, [
      { type: "sender_domain.warm_up_chosen", actor: "staff", actorId, subject, data: { name: row.name, ...choice } },
    ]);
    return { kind: "warm_up_saved" };
  });
}
