import { WAREHOUSE } from "#tests/sandbox/world/places.ts";
import { connection } from "#tests/sandbox/shopify/connections.ts";
import { instant, type AdminContext, type Arguments, type View } from "#tests/sandbox/shopify/graphql-context.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import type { OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

const DAY = 86_400_000;

/** One fulfillment order per order; the promised window follows the shipping title. */
export function fulfillmentOrders(context: AdminContext, order: OrderRecord, args: Arguments): View {
  const id = `gid://shopify/FulfillmentOrder/${legacyId(order.id)}`;
  return connection(
    [{ id, sortValue: order.createdAt, view: () => fulfillmentOrder(context, order, id) }],
    args,
    context.bulk,
  );
}

function fulfillmentOrder(context: AdminContext, order: OrderRecord, id: string): View {
  const [from, to] =
    order.shipping.title === "Express" ? [1, 2] : order.shipping.title === "Standard" ? [3, 5] : [5, 9];
  const after = (days: number): string | null =>
    instant(new Date(Date.parse(order.createdAt) + days * DAY).toISOString());
  const done = context.store.fulfillmentState(order) === "FULFILLED";
  return {
    __typename: "FulfillmentOrder",
    id,
    status: order.cancelledAt ? "CANCELLED" : done ? "CLOSED" : "OPEN",
    requestStatus: "UNSUBMITTED",
    fulfillAt: instant(order.createdAt),
    fulfillBy: null,
    assignedLocation: {
      name: `${WAREHOUSE.city} warehouse`,
      countryCode: WAREHOUSE.country,
      zip: WAREHOUSE.zip,
      city: WAREHOUSE.city,
    },
    deliveryMethod: {
      id: `gid://shopify/DeliveryMethod/${legacyId(order.id)}`,
      methodType: "SHIPPING",
      presentedName: order.shipping.title,
      serviceCode: order.shipping.title,
      minDeliveryDateTime: after(from),
      maxDeliveryDateTime: after(to),
    },
  };
}
