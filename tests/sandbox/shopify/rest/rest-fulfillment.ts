import { restFulfilledLine } from "#tests/sandbox/shopify/rest/rest-line.ts";
import { restAddress, restId, restTime, restTimeOrNull } from "#tests/sandbox/shopify/rest/rest-values.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { FulfillmentEventRecord, FulfillmentRecord, OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

/** Native states that are not delivery events: the REST body shows null for them. */
const NOT_A_SHIPMENT_STATUS = new Set(["FULFILLED", "SUBMITTED", "MARKED_AS_FULFILLED", "CANCELED"]);

function shipmentStatus(fulfillment: FulfillmentRecord): string | null {
  if (NOT_A_SHIPMENT_STATUS.has(fulfillment.displayStatus)) return null;
  return fulfillment.displayStatus.toLowerCase();
}

/** Body of `fulfillments/create` and `fulfillments/update`, and of the list inside an order body. */
export function restFulfillment(store: ShopStore, order: OrderRecord, fulfillment: FulfillmentRecord) {
  const zone = store.facts.timeZone;
  const numbers = fulfillment.tracking.map((entry) => entry.number).filter((number) => number !== null);
  const urls = fulfillment.tracking.map((entry) => entry.url).filter((url) => url !== null);
  const lines = fulfillment.lines.flatMap((held) => {
    const line = order.lines.find((candidate) => candidate.id === held.lineItemId);
    return line ? [restFulfilledLine({ store, order, line, quantity: held.quantity })] : [];
  });
  return {
    id: restId(fulfillment.id),
    order_id: restId(order.id),
    status: fulfillment.status.toLowerCase(),
    created_at: restTime(fulfillment.createdAt, zone),
    service: "manual",
    updated_at: restTime(fulfillment.updatedAt, zone),
    tracking_company: fulfillment.tracking[0]?.company ?? null,
    shipment_status: shipmentStatus(fulfillment),
    location_id: restId(store.facts.locationId),
    origin_address: null,
    email: order.email,
    destination: restAddress(order.shippingAddress),
    line_items: lines,
    tracking_number: numbers[0] ?? null,
    tracking_numbers: numbers,
    tracking_url: urls[0] ?? null,
    tracking_urls: urls,
    receipt: {},
    name: fulfillment.name,
    admin_graphql_api_id: fulfillment.id,
  };
}

export interface RestEventInput {
  store: ShopStore;
  fulfillment: FulfillmentRecord;
  event: FulfillmentEventRecord;
}

/** Body of `fulfillment_events/create`. */
export function restFulfillmentEvent({ store, fulfillment, event }: RestEventInput) {
  const zone = store.facts.timeZone;
  return {
    id: restId(event.id),
    fulfillment_id: restId(fulfillment.id),
    status: event.status.toLowerCase(),
    message: event.message,
    happened_at: restTime(event.happenedAt, zone),
    city: event.city,
    province: event.province,
    country: event.country,
    zip: event.zip,
    address1: event.address1,
    latitude: event.latitude,
    longitude: event.longitude,
    shop_id: restId(store.facts.id),
    created_at: restTime(event.createdAt, zone),
    updated_at: restTime(event.createdAt, zone),
    estimated_delivery_at: restTimeOrNull(event.estimatedDeliveryAt, zone),
    order_id: restId(fulfillment.orderId),
    admin_graphql_api_id: event.id,
  };
}
