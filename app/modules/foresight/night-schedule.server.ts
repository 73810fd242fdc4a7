import type { ShopTx } from "#app/lib/db.server.ts";
import { instantOf, localMoment } from "./local-moment.ts";
import type { ForesightDeps } from "./foresight-deps.ts";

/** Name of the mark that says when a shop learns again. */
export const LEARN_MARK = "foresight.learn";
/** How long one run may take before another worker takes the night up. */
export const LEARN_LEASE_MS = 20 * 60_000;
/** What came late is learnt together with what comes in the next minute: an import's parcels come in crowds. */
const LATE_WAIT_MS = 60_000;
/** The shop's hour at which the day before is learnt: most destinations' days are over, and their evenings' scans in. */
const NIGHT_HOUR = 2.5;

/** The next time a shop learns. */
export function nextNight(zone: string | null, now: Date): Date {
  const place = zone ?? "UTC";
  const local = localMoment(place, now);
  return instantOf(place, { day: local.hour < NIGHT_HOUR ? local.day : local.day + 1, hour: NIGHT_HOUR });
}

/** Sees to it that the shop learns: this night, or soon when parcels came whose days are over already. */
export async function callNight(
  tx: ShopTx,
  { clock }: Pick<ForesightDeps, "clock">,
  { shopId, late }: { shopId: string; late: boolean },
): Promise<void> {
  const now = clock.now();
  const mark = await tx.syncMark.findUnique({ where: { shopId_name: { shopId, name: LEARN_MARK } } });
  const soon = new Date(now.getTime() + LATE_WAIT_MS);
  if (mark && (!late || mark.dueAt <= soon)) return;
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { timezone: true } });
  const dueAt = late ? soon : nextNight(shop.timezone, now);
  await tx.$executeRaw`
    INSERT INTO sync_mark AS m (shop_id, name, due_at, updated_at)
    VALUES (${shopId}, ${LEARN_MARK}, ${dueAt.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz)
    ON CONFLICT (shop_id, name) DO UPDATE SET due_at = LEAST(m.due_at, excluded.due_at)`;
}

/** The night is over: the next one is due. */
export async function endNight(tx: ShopTx, { shopId, dueAt, now }: { shopId: string; dueAt: Date; now: Date }) {
  await tx.syncMark.updateMany({ where: { shopId, name: LEARN_MARK }, data: { dueAt, upTo: now, updatedAt: now } });
}
