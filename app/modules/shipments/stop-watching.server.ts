import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { spread } from "./spread.ts";

const REASONS = ["no_account", "auth_failed", "terms", "delivered"] as const;

export interface Stopped {
  parcel: { id: string };
  reason: (typeof REASONS)[number];
}

/**
 * Nobody can, or may, be asked about these parcels. They rest, visibly: for want of an account until one is connected
 * (`resumeWatch`), by the carrier's terms for good.
 */
export async function stopWatching(
  tx: ShopTx,
  clock: Clock,
  { shopId, stopped }: { shopId: string; stopped: readonly Stopped[] },
): Promise<void> {
  for (const reason of REASONS) {
    const ids = stopped.filter((one) => one.reason === reason).map(({ parcel }) => parcel.id);
    if (ids.length === 0) continue;
    await tx.shipment.updateMany({
      where: { shopId, id: { in: ids } },
      data: { nextCheckAt: null, stopReason: reason, updatedAt: clock.now() },
    });
    const events = ids.map((id) => ({
      type: "shipment.watch_stopped" as const,
      actor: "system" as const,
      subject: { type: "shipment" as const, id },
      data: { reason },
    }));
    await recordActivity(tx, clock, shopId, events);
  }
}

/** Milliseconds over which parcels that wait for the same moment are spread. */
const SPREAD_OVER = 30 * 60_000;

/**
 * Moves checks that could not be made to when they can, apart from each other and in the order given. No failure of the
 * parcels is counted.
 */
export async function postponeChecks(
  tx: ShopTx,
  { shopId, ids, until, pace }: { shopId: string; ids: readonly string[]; until: Date; pace: number },
): Promise<void> {
  const moments = ids.map((id, index) => {
    const turn = (index + spread(id)) / ids.length;
    return new Date(until.getTime() + (turn * SPREAD_OVER) / pace).toISOString();
  });
  await tx.$executeRaw`
    UPDATE shipment s SET next_check_at = u.at::timestamptz
    FROM unnest(${[...ids]}::text[], ${moments}::text[]) AS u (id, at)
    WHERE s.shop_id = ${shopId} AND s.id = u.id AND s.next_check_at IS NOT NULL`;
}
