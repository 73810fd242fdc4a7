import { orderStatusAnswer, type OrderStatusAnswer } from "./order-status-contract.ts";

export const FULFILLMENT_ID = "gid://shopify/Fulfillment/1";

type Shipment = OrderStatusAnswer["shipments"][number];

/** A parcel as the backend would tell it. */
export function shipment(changes: Partial<Shipment> = {}): Shipment {
  return {
    trackingNumber: "1Z999AA10123456784",
    carrier: "UPS",
    status: "out_for_delivery",
    statusLabel: "Out for delivery",
    subStatus: null,
    lastEvent: { at: "2026-11-20T08:12:00+01:00", description: "Loaded on vehicle", location: "LYON, FR" },
    estimatedDelivery: { text: "today by 18:00" },
    trackingUrl: "https://mock-shop.myshopify.com/apps/doorstep/t/abc",
    ...changes,
  };
}

/** An answer that keeps the contract: building one that does not is an error of the test. */
export function answer(shipments: Shipment[]): OrderStatusAnswer {
  return orderStatusAnswer.parse({ fulfillment: { id: FULFILLMENT_ID }, shipments });
}

export function jsonResponse(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}
