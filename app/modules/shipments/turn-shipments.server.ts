import type { ShopTx } from "#app/lib/db.server.ts";
import type { ActivityEvent } from "#app/modules/activity/activity-event.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import type { TrackingInfo } from "#app/modules/orders/snapshot.ts";
import { UNHEARD_OF } from "./change-carrier.server.ts";
import { detectAll } from "./detect-all.server.ts";
import { toDetection } from "./detection.ts";
import { followTurns } from "./follow-changes.server.ts";
import type { SyncDeps } from "./sync-deps.ts";

interface Ending {
  shopId: string;
  ids: readonly string[];
  reason: "number_edited" | "fulfillment_cancelled" | "order_cancelled";
}

/** Takes parcels off the watch. Their log stays, and late scans are still recorded. */
export async function endShipments(tx: ShopTx, deps: SyncDeps, { shopId, ids, reason }: Ending): Promise<void> {
  if (ids.length === 0) return;
  const { clock } = deps;
  const lifecycle = reason === "number_edited" ? "removed" : "cancelled";
  await tx.shipment.updateMany({
    where: { shopId, id: { in: [...ids] } },
    data: { lifecycle, stopReason: lifecycle, nextCheckAt: null, updatedAt: clock.now() },
  });
  const events = ids.map((id): ActivityEvent => {
    return { type: "shipment.removed", actor: "shopify", subject: { type: "shipment", id }, data: { reason } };
  });
  await recordActivity(tx, clock, shopId, events);
  await followTurns(tx, deps, { shopId, ids });
}

/** Puts parcels back on the watch whose number came back; the first check finds out what happened meanwhile. */
export async function restoreShipments(
  tx: ShopTx,
  deps: SyncDeps,
  { shopId, ids }: { shopId: string; ids: readonly string[] },
): Promise<void> {
  if (ids.length === 0) return;
  const { clock } = deps;
  const now = clock.now();
  await tx.shipment.updateMany({
    where: { shopId, id: { in: [...ids] } },
    data: { lifecycle: "active", stopReason: null, nextCheckAt: now, checkFailures: 0, updatedAt: now },
  });
  const events = ids.map((id): ActivityEvent => {
    return { type: "shipment.restored", actor: "shopify", subject: { type: "shipment", id }, data: {} };
  });
  await recordActivity(tx, clock, shopId, events);
  await followTurns(tx, deps, { shopId, ids });
}

interface Known {
  id: string;
  trackingNumber: string;
  carrier: string | null;
  companyName: string | null;
  trackingUrl: string | null;
}

/** Follows edits of a number's company or link. A named carrier replaces a supposed one until the first scan is known. */
export async function updateMentions(
  tx: ShopTx,
  deps: SyncDeps,
  { shopId, known, numbers }: { shopId: string; known: readonly Known[]; numbers: readonly TrackingInfo[] },
): Promise<void> {
  for (const info of numbers) {
    const shipment = known.find((one) => one.trackingNumber === info.number);
    if (!shipment || (shipment.companyName === info.company && shipment.trackingUrl === info.url)) continue;
    const now = deps.clock.now();
    const mention = { companyName: info.company, trackingUrl: info.url, updatedAt: now };
    const unheardOf = await tx.shipment.count({ where: { shopId, id: shipment.id, ...UNHEARD_OF } });
    const next = unheardOf > 0 ? await detectAgain(tx, deps, { shopId, info }) : null;
    if (!next?.carrier || next.carrier === shipment.carrier) {
      // Named again by a person: whoever did not know the number may be asked again.
      const again = next?.carrier ? { detection: toDetection(next) } : {};
      await tx.shipment.updateMany({ where: { shopId, id: shipment.id }, data: { ...mention, ...again } });
      continue;
    }
    const renamed = { carrier: next.carrier, detection: toDetection(next), nextCheckAt: now, stopReason: null };
    await tx.shipment.updateMany({ where: { shopId, id: shipment.id }, data: { ...mention, ...renamed } });
    const data = { from: shipment.carrier, to: next.carrier, reason: next.reason };
    const subject = { type: "shipment" as const, id: shipment.id };
    await recordActivity(tx, deps.clock, shopId, [
      { type: "shipment.carrier_changed", actor: "shopify", subject, data },
    ]);
  }
}

async function detectAgain(tx: ShopTx, deps: SyncDeps, { shopId, info }: { shopId: string; info: TrackingInfo }) {
  const accounts = await deps.access.accountsFor(tx, shopId);
  const [found] = await detectAll(tx, deps, { shopId, numbers: [info], accounts });
  return found?.detected ?? null;
}
