import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { AddressRecord, FulfillmentEventRecord, OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

/** One tracking number of the shop, with what a carrier would know about it. */
export interface ParcelSeed {
  orderId: string;
  fulfillmentId: string;
  company: string | null;
  number: string;
  shippedAt: string;
  displayStatus: string;
  cancelled: boolean;
  destination: AddressRecord;
  origin: AddressRecord;
  /** The buyer paid for the quicker way. */
  express: boolean;
  /** Native events so far, oldest first. */
  events: FulfillmentEventRecord[];
}

/** Every number the shop has shipped: what the sandbox's carriers must be able to answer for. */
export function listParcels(store: ShopStore): ParcelSeed[] {
  return store.records.fulfillments.flatMap((fulfillment) => {
    const order = store.order(fulfillment.orderId);
    if (!order) return [];
    return fulfillment.tracking.flatMap(({ company, number }) => {
      if (number === null) return [];
      return [
        {
          orderId: order.id,
          fulfillmentId: fulfillment.id,
          company,
          number,
          shippedAt: fulfillment.createdAt,
          displayStatus: fulfillment.displayStatus,
          cancelled: fulfillment.status === "CANCELLED" || order.cancelledAt !== null,
          destination: order.shippingAddress,
          origin: store.facts.address,
          express: isExpress(order),
          events: fulfillment.events,
        },
      ];
    });
  });
}

export const isExpress = ({ shipping }: Pick<OrderRecord, "shipping">): boolean => shipping.title.includes("Express");
