import { connection } from "#tests/sandbox/shopify/connections.ts";
import { instant, type AdminContext, type Arguments, type View } from "#tests/sandbox/shopify/graphql-context.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import type { FulfillmentEventRecord, FulfillmentRecord } from "#tests/sandbox/shopify/store-records.ts";
import { lineView, orderView } from "#tests/sandbox/shopify/views/order-view.ts";
import { locationView, WAREHOUSE_ADDRESS } from "#tests/sandbox/shopify/views/shop-view.ts";

export function fulfillmentEventView(event: FulfillmentEventRecord): View {
  return {
    __typename: "FulfillmentEvent",
    ...event,
    happenedAt: instant(event.happenedAt),
    createdAt: instant(event.createdAt),
    estimatedDeliveryAt: instant(event.estimatedDeliveryAt),
  };
}

function lines(context: AdminContext, fulfillment: FulfillmentRecord, args: Arguments): View {
  const order = context.store.order(fulfillment.orderId);
  const items = fulfillment.lines.map((held, index) => ({
    id: held.id,
    sortValue: String(index).padStart(6, "0"),
    view: () => {
      const line = order?.lines.find((candidate) => candidate.id === held.lineItemId);
      return {
        id: held.id,
        quantity: held.quantity,
        lineItem: () => (order && line ? lineView(context, order, line) : null),
      };
    },
  }));
  return connection(items, args, context.bulk);
}

function events(context: AdminContext, fulfillment: FulfillmentRecord, args: Arguments): View {
  const byCreation = args["sortKey"] === "CREATED_AT";
  const items = fulfillment.events.map((event) => ({
    id: event.id,
    sortValue: byCreation ? event.createdAt : event.happenedAt,
    view: () => fulfillmentEventView(event),
  }));
  return connection(items, args, context.bulk);
}

/** Shopify often leaves the address empty; here it knows it of what left with the post. */
const hasOriginAddress = ({ tracking }: FulfillmentRecord): boolean => tracking[0]?.company === "USPS";

export function fulfillmentView(context: AdminContext, fulfillment: FulfillmentRecord): View {
  return {
    __typename: "Fulfillment",
    id: fulfillment.id,
    legacyResourceId: legacyId(fulfillment.id),
    name: fulfillment.name,
    status: fulfillment.status,
    displayStatus: fulfillment.displayStatus,
    createdAt: instant(fulfillment.createdAt),
    updatedAt: instant(fulfillment.updatedAt),
    inTransitAt: instant(fulfillment.inTransitAt),
    deliveredAt: instant(fulfillment.deliveredAt),
    estimatedDeliveryAt: instant(fulfillment.estimatedDeliveryAt),
    requiresShipping: true,
    originAddress: hasOriginAddress(fulfillment) ? WAREHOUSE_ADDRESS : null,
    location: () => locationView(context),
    totalQuantity: fulfillment.lines.reduce((sum, line) => sum + line.quantity, 0),
    trackingInfo: (args: Arguments) =>
      typeof args["first"] === "number" ? fulfillment.tracking.slice(0, args["first"]) : fulfillment.tracking,
    order: () => {
      const order = context.store.order(fulfillment.orderId);
      return order ? orderView(context, order) : null;
    },
    fulfillmentLineItems: (args: Arguments) => lines(context, fulfillment, args),
    events: (args: Arguments) => events(context, fulfillment, args),
  };
}
