import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { MessageRules } from "../message-rules.ts";
import { type DigestTime, nextDigest } from "./digest-time.ts";

/** Name of the mark that says when a shop's digest is due; its cursor is the day of the last one. */
export const DIGEST_MARK = "notifications.digest";

interface Wanted {
  shopId: string;
  staff: MessageRules["staff"];
}

/**
 * Writes down when the next digest of a shop is due, or that none is. @returns when the shop wants it; null where it
 * wants none, or names nobody to send it to.
 */
export async function scheduleDigest(tx: ShopTx, clock: Clock, { shopId, staff }: Wanted): Promise<DigestTime | null> {
  const where = { shopId, name: DIGEST_MARK };
  if (!staff.dailyDigest || staff.addresses.length === 0) {
    await tx.syncMark.deleteMany({ where });
    return null;
  }
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { timezone: true } });
  const time = { zone: shop.timezone, hour: staff.digestHour };
  const now = clock.now();
  const data = { dueAt: nextDigest(time, now), updatedAt: now };
  await tx.syncMark.upsert({ where: { shopId_name: where }, create: { ...where, ...data }, update: data });
  return time;
}
