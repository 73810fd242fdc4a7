import type { Clock } from "#app/lib/clock.ts";
import type { Database } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { AccountKey } from "./carrier-secrets.ts";

export const MAX_LABEL = 80;

/** Gives an account another name; its credentials stay as they are and need not be typed again. */
export async function renameCarrierAccount(
  { db, clock }: { db: Database; clock: Clock },
  { shopId, accountId, actorId, label }: AccountKey & { actorId: string; label: string },
): Promise<{ kind: "saved" } | { kind: "not_found" }> {
  return db.forShop(shopId, async (tx) => {
    const [account] = await tx.carrierAccount.updateManyAndReturn({
      where: { shopId, id: accountId },
      data: { label: label.trim().slice(0, MAX_LABEL), updatedAt: clock.now() },
      select: { carrier: true },
    });
    if (!account) return { kind: "not_found" };
    const subject = { type: "carrier_account", id: accountId } as const;
    await recordActivity(tx, clock, shopId, [
      { type: "carrier_account.renamed", actor: "staff", actorId, subject, data: { carrier: account.carrier } },
    ]);
    return { kind: "saved" };
  });
}
