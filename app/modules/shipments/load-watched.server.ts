import type { ShopTx } from "#app/lib/db.server.ts";
import type { EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import type { AskedParcel } from "./ask-carrier.server.ts";
import type { Doubted } from "./change-carrier.server.ts";
import { CLAIM_LEASE } from "./claim-due.server.ts";
import { expectedDay } from "./schedule-row.ts";
import { urgencyOf } from "./share-budget.ts";

/** A parcel that is to be asked about, with what decides whom and whether. */
export interface WatchedParcel extends AskedParcel, Pick<Doubted, "detection" | "createdAt"> {
  status: string;
  /** When it was shipped, or we first heard of it. */
  startedAt: Date;
  checkFailures: number;
  checksOn: string | null;
  checksThatDay: number;
}

/**
 * Those still to be followed and still to be asked about: the others were removed, or ended, since they were claimed, or an
 * earlier run of this job has asked already. Those whose news cannot wait come first.
 */
export async function loadWatched(
  tx: ShopTx,
  now: Date,
  { shopId, ids }: { shopId: string; ids: readonly string[] },
): Promise<WatchedParcel[]> {
  const claimedUntil = new Date(now.getTime() + CLAIM_LEASE);
  const rows = await tx.shipment.findMany({
    where: { shopId, id: { in: [...ids] }, lifecycle: "active", nextCheckAt: { lte: claimedUntil } },
    select: {
      id: true,
      trackingNumber: true,
      carrier: true,
      detection: true,
      createdAt: true,
      checkFailures: true,
      checksOn: true,
      checksThatDay: true,
      status: true,
      estimatedDelivery: true,
      fulfillment: { select: { fulfilledAt: true } },
      order: { select: { postalCode: true } },
    },
    // Whoever has waited longest goes first.
    orderBy: [{ lastCheckAt: { sort: "asc", nulls: "first" } }, { id: "asc" }],
  });
  const today = now.toISOString().slice(0, 10);
  const parcels = rows.map(({ order, fulfillment: { fulfilledAt }, estimatedDelivery, ...row }) => {
    const startedAt = fulfilledAt < row.createdAt ? fulfilledAt : row.createdAt;
    const expectedOn = expectedDay(estimatedDelivery as EstimatedDelivery | null);
    const urgency = urgencyOf(row.status as ShipmentStatus, expectedOn, today);
    return { ...row, startedAt, postalCode: order.postalCode, urgency };
  });
  return parcels.sort((a, b) => b.urgency - a.urgency);
}
