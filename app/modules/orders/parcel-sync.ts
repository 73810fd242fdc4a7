import type { ShopTx } from "#app/lib/db.server.ts";
import type { FulfillmentSnapshot, Origin } from "./snapshot.ts";

/**
 * What orders need from shipments: make the parcels of a fulfillment match its tracking numbers, in the same
 * transaction. Given by the composition root, because orders must not know how parcels are followed.
 */
export interface ParcelSync {
  sync(tx: ShopTx, input: ParcelSyncInput): Promise<ParcelSyncResult>;
}

export interface ParcelSyncInput {
  shopId: string;
  fulfillment: FulfillmentSnapshot;
  /** True when the whole order was cancelled. */
  orderCancelled: boolean;
  destinationCountry: string | null;
  origin: Origin;
}

export interface ParcelSyncResult {
  created: number;
  removed: number;
}
