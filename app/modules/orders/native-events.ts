import type { ShopTx } from "#app/lib/db.server.ts";

/** A delivery event in Shopify's own history of a fulfillment: written by Shopify, another app or a person. */
export interface NativeEvent {
  /** Shopify's gid */
  id: string;
  /** Shopify's word in lower case: "in_transit", "out_for_delivery", "delivered" … */
  status: string;
  message: string | null;
  happenedAt: Date | null;
  /** The time as written, with the offset that stood there; it is the shop's offset, not the scan's. */
  happenedAtText: string | null;
  city: string | null;
  province: string | null;
  country: string | null;
  postalCode: string | null;
  estimatedDeliveryAt: Date | null;
}

/** What orders need from shipments: put a native event into the logs of the fulfillment's parcels, once per event id. */
export interface NativeEvents {
  record(tx: ShopTx, input: { shopId: string; fulfillmentId: string; event: NativeEvent }): Promise<void>;
}
