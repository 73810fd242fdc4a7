import { z } from "zod";

export const WRITE_BACK = "write_back";

/** Delivery states that Shopify lets an app write. */
export const NATIVE_STATUSES = [
  "CARRIER_PICKED_UP",
  "IN_TRANSIT",
  "OUT_FOR_DELIVERY",
  "READY_FOR_PICKUP",
  "ATTEMPTED_DELIVERY",
  "DELAYED",
  "FAILURE",
  "DELIVERED",
] as const;

export type NativeStatus = (typeof NATIVE_STATUSES)[number];

/** What an effect of kind `write_back` carries. Times are ISO instants; null where none can be known. */
export const writeBackIntent = z.object({
  fulfillmentId: z.string(),
  shipmentId: z.string(),
  status: z.enum(NATIVE_STATUSES),
  happenedAt: z.iso.datetime().nullable(),
  estimatedDeliveryAt: z.iso.datetime().nullable(),
  message: z.string().max(200).nullable(),
});

export type WriteBackIntent = z.infer<typeof writeBackIntent>;

/** One intent per fulfillment, state and moment, however often it is decided. */
export function writeBackKey(intent: Pick<WriteBackIntent, "fulfillmentId" | "status" | "happenedAt">): string {
  return `${intent.fulfillmentId}:${intent.status}:${intent.happenedAt ?? "-"}`;
}
