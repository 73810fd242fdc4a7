import { z } from "zod";

/**
 * What the order-status extension and the backend agreed on. Both sides are tested against this file, because neither
 * may import the other.
 *
 *   GET {application_url}/api/order-status?order=<order gid>&fulfillment=<fulfillment gid>
 *   Authorization: Bearer <customer-account session token>
 *   Accept-Language: <language of the page>         decides the language of the texts in the answer
 *   x-doorstep-order-secret: <checkout token>       only while the visitor is not signed in
 *
 * 200: `orderStatusAnswer`. Every refusal (wrong shop, order, fulfillment, customer, secret, audience) is the same 404.
 * The extension runs in a worker with a null origin and sends two headers that need a preflight: the answers carry
 * `Access-Control-Allow-Origin: *` and allow the headers of `ORDER_STATUS_REQUEST_HEADERS`.
 */
export const ORDER_STATUS_PATH = "/api/order-status";
export const ORDER_SECRET_HEADER = "x-doorstep-order-secret";
export const ORDER_STATUS_REQUEST_HEADERS = ["accept-language", "authorization", ORDER_SECRET_HEADER] as const;

/** An instant, a local time with or without its offset, or a civil date: whatever the carrier really said. */
const carrierTime = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/);

const shipment = z.strictObject({
  trackingNumber: z.string().min(1),
  /** Name shown to the shopper; empty when nobody knows the carrier. */
  carrier: z.string(),
  status: z.enum([
    "unknown",
    "pre_transit",
    "in_transit",
    "out_for_delivery",
    "available_for_pickup",
    "delivery_attempted",
    "delivered",
    "exception",
    "return_to_sender",
    "cancelled",
    "expired",
  ]),
  statusLabel: z.string().min(1),
  subStatus: z.string().nullable(),
  lastEvent: z
    .strictObject({
      at: carrierTime.nullable(),
      description: z.string().max(500).nullable(),
      location: z.string().max(200).nullable(),
    })
    .nullable(),
  /** Ready to show, in the language of the page: the promise or forecast, said as what it is. */
  estimatedDelivery: z.strictObject({ text: z.string().min(1) }).nullable(),
  trackingUrl: z.url({ protocol: /^https$/ }),
});

/** Strict on purpose: an address, a phone number or a name that slips into the answer fails the backend's test. */
export const orderStatusAnswer = z.strictObject({
  fulfillment: z.strictObject({ id: z.string().startsWith("gid://shopify/Fulfillment/") }),
  shipments: z.array(shipment).max(50),
});

export type OrderStatusAnswer = z.infer<typeof orderStatusAnswer>;
