import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { CarrierDirectory, ConnectedAccount } from "./carrier-access.ts";
import { carrierAfterNotFound, readDetection } from "./detection.ts";
import type { WatchRules } from "./schedule-row.ts";

/** A parcel that its supposed carrier does not know. */
export interface Doubted {
  id: string;
  carrier: string | null;
  detection: unknown;
  createdAt: Date;
}

const ASK_AGAIN_AFTER = 5 * 60_000;

/** No carrier has said a word about it. What Shopify shows says nothing of who carries it. */
export const UNHEARD_OF = { events: { none: { source: { in: ["poll", "push"] } } } };

/** Gives parcels without a single scan to the next candidate among the carriers that can be asked, once. */
export async function changeCarriers(
  tx: ShopTx,
  { clock, watch, carriers }: { clock: Clock; watch: WatchRules; carriers: CarrierDirectory },
  { shopId, accounts, doubted }: { shopId: string; accounts: readonly ConnectedAccount[]; doubted: readonly Doubted[] },
): Promise<void> {
  const now = clock.now();
  const usable = accounts.filter((account) => account.status === "active").map((account) => account.carrier);
  // An aggregator is somebody to ask, not somebody who carries.
  const askable = usable.filter((id) => carriers.find(id)?.kind === "carrier");
  for (const parcel of doubted) {
    const detection = readDetection(parcel.detection);
    const age = now.getTime() - parcel.createdAt.getTime();
    const next = carrierAfterNotFound({ carrier: parcel.carrier, detection, askable, age });
    if (!next) continue;
    const { count } = await tx.shipment.updateMany({
      where: { shopId, id: parcel.id, carrier: parcel.carrier, lifecycle: "active", ...UNHEARD_OF },
      data: {
        carrier: next.carrier,
        detection: next.detection,
        nextCheckAt: new Date(now.getTime() + ASK_AGAIN_AFTER / watch.pace),
        stopReason: null,
        updatedAt: now,
      },
    });
    if (count === 0) continue;
    const subject = { type: "shipment" as const, id: parcel.id };
    const data = { from: parcel.carrier, to: next.carrier, reason: "not_found" };
    await recordActivity(tx, clock, shopId, [{ type: "shipment.carrier_changed", actor: "system", subject, data }]);
  }
}
