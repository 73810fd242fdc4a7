import type { ShopTx } from "#app/lib/db.server.ts";
import type { AskedParcel } from "./ask-carrier.server.ts";
import type { Doubted } from "./change-carrier.server.ts";
import { CLAIM_LEASE } from "./claim-due.server.ts";

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
 * earlier run of this job has asked already.
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
      fulfillment: { select: { fulfilledAt: true } },
      order: { select: { postalCode: true } },
    },
  });
  return rows.map(({ order, fulfillment: { fulfilledAt }, ...row }) => {
    const startedAt = fulfilledAt < row.createdAt ? fulfilledAt : row.createdAt;
    return { ...row, startedAt, postalCode: order.postalCode };
  });
}
