import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { blockAddress, unblockAddress } from "../address-blocks.server.ts";

interface Asked {
  shopId: string;
  actorId: string;
  /** A message that went to the person. */
  id: string;
}

/**
 * Sends nothing more to the address of a message, or lets it be written to again: the merchant has spoken with the
 * person, or the mailbox works again. @returns false when nobody can be told any more, or there is no such message.
 */
export async function setPersonBlocked(
  tx: ShopTx,
  clock: Clock,
  { shopId, actorId, id }: Asked,
  blocked: boolean,
): Promise<boolean> {
  const row = await tx.notification.findUnique({ where: { shopId_id: { shopId, id } } });
  if (!row?.personKey) return false;
  const medium = row.channel === "email" ? "email" : "phone";
  const key = { shopId, medium, hash: row.personKey } as const;
  const subject = { type: "address", id: row.personKey } as const;
  if (blocked) {
    const at = clock.now();
    const why = { reason: "manual", source: "staff", notificationId: id, at } as const;
    await blockAddress(tx, { ...key, address: row.recipient, scope: "all", ...why });
    await recordActivity(tx, clock, shopId, [
      {
        ...{ type: "address.blocked", actor: "staff", actorId, subject },
        data: { medium, scope: "all", reason: "manual" },
      },
    ]);
  } else {
    // Whoever unsubscribed from advertising stays unsubscribed.
    await unblockAddress(tx, { ...key, scopes: ["all"] });
    await recordActivity(tx, clock, shopId, [
      { type: "address.unblocked", actor: "staff", actorId, subject, data: { medium, scopes: ["all"] } },
    ]);
  }
  return true;
}
