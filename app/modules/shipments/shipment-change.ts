import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";

/** A committed change of a parcel's folded state: what the reactions are decided on. */
export interface ShipmentChange {
  shopId: string;
  shipmentId: string;
  orderId: string;
  fulfillmentId: string;
  /** The shipment's version after the change; older reactions to the same parcel can see that they are outdated. */
  version: number;
  origin: "live" | "import";
  before: { status: ShipmentStatus; subStatus: SubStatus | null };
  after: { status: ShipmentStatus; subStatus: SubStatus | null };
  newEvents: number;
}
