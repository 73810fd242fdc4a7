import { createHash } from "node:crypto";
import { shopifyTrackingUrl } from "#tests/sandbox/shopify/seed/tracking-numbers.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type {
  AddressRecord,
  FulfillmentEventRecord,
  FulfillmentRecord,
  LineRecord,
  OrderRecord,
  TrackingRecord,
} from "#tests/sandbox/shopify/store-records.ts";

export interface OrderInput {
  customerId: string;
  lines: { variantId: string; quantity: number }[];
  shipping: { title: string; cents: number };
  at: string;
  email?: string;
  phone?: string | null;
  locale?: string;
  tags?: string[];
  shippingAddress?: AddressRecord;
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A line of a variant, not yet in any order. */
export function buildLine(store: ShopStore, wanted: OrderInput["lines"][number]): LineRecord {
  for (const product of store.records.products) {
    const variant = product.variants.find((candidate) => candidate.id === wanted.variantId);
    if (!variant) continue;
    return {
      id: store.nextId("LineItem"),
      productId: product.id,
      variantId: variant.id,
      title: product.title,
      variantTitle: variant.title,
      sku: variant.sku,
      vendor: product.vendor,
      quantity: wanted.quantity,
      priceCents: variant.priceCents,
      grams: variant.grams,
      requiresShipping: true,
    };
  }
  throw new Error(`no variant ${wanted.variantId}`);
}

/** Adds an order to the store, as the checkout would. Sends nothing. */
export function buildOrder(store: ShopStore, input: OrderInput): OrderRecord {
  const customer = store.customer(input.customerId);
  if (!customer) throw new Error(`no customer ${input.customerId}`);
  const id = store.nextId("Order");
  const number = 1001 + store.records.orders.length;
  const order: OrderRecord = {
    id,
    number,
    name: `${store.facts.orderPrefix}${number}`,
    token: hash(`token ${id}`).slice(0, 32),
    checkoutToken: hash(`checkout ${id}`).slice(0, 32),
    confirmationNumber: hash(`confirmation ${id}`).slice(0, 9).toUpperCase(),
    createdAt: input.at,
    updatedAt: input.at,
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
    financialStatus: "PAID",
    tags: input.tags ?? [],
    customerId: customer.id,
    email: input.email ?? customer.email,
    phone: input.phone === undefined ? customer.phone : input.phone,
    locale: input.locale ?? customer.locale,
    acceptsMarketing: customer.acceptsMarketing,
    discountCodes: [],
    shippingAddress: input.shippingAddress ?? customer.address,
    shipping: { id: store.nextId("ShippingLine"), ...input.shipping },
    taxRate: 0,
    lines: input.lines.map((line) => buildLine(store, line)),
    metafields: [],
  };
  store.records.orders.push(order);
  return order;
}

export interface FulfillmentInput {
  order: OrderRecord;
  at: string;
  tracking: { company: string | null; number: string | null; url?: string | null }[];
  lines?: { lineItemId: string; quantity: number }[];
}

/** Shopify fills in the link of carriers it knows by name. One fulfillment has one carrier name. */
export function completeTracking(tracking: FulfillmentInput["tracking"]): TrackingRecord[] {
  const company = tracking[0]?.company ?? null;
  return tracking.map(({ number, url }) => ({ company, number, url: url ?? shopifyTrackingUrl(company, number) }));
}

/** Adds a fulfillment of the named lines, or of everything still open. Throws when a line has not that many left. */
export function buildFulfillment(store: ShopStore, input: FulfillmentInput): FulfillmentRecord {
  const { order, at } = input;
  const open = order.lines.map((line) => ({ lineItemId: line.id, quantity: store.fulfillable(order, line) }));
  const lines = input.lines ?? open.filter((line) => line.quantity > 0);
  if (lines.length === 0) throw new Error(`order ${order.name} has nothing left to fulfil`);
  for (const wanted of lines) {
    const left = open.find((line) => line.lineItemId === wanted.lineItemId)?.quantity ?? 0;
    if (wanted.quantity < 1 || wanted.quantity > left)
      throw new Error(`order ${order.name}: only ${left} left of a line`);
  }
  const fulfillment: FulfillmentRecord = {
    id: store.nextId("Fulfillment"),
    orderId: order.id,
    name: `${order.name}.${store.fulfillmentsOf(order.id).length + 1}`,
    status: "SUCCESS",
    displayStatus: "FULFILLED",
    createdAt: at,
    updatedAt: at,
    inTransitAt: null,
    deliveredAt: null,
    estimatedDeliveryAt: null,
    tracking: completeTracking(input.tracking),
    lines: lines.map((line) => ({ id: store.nextId("FulfillmentLineItem"), ...line })),
    events: [],
  };
  store.records.fulfillments.push(fulfillment);
  return fulfillment;
}

export interface EventInput extends Partial<Omit<FulfillmentEventRecord, "id" | "createdAt">> {
  status: string;
  at: string;
}

/**
 * Adds a native delivery event. As the real API: it does not check the order of events, accepts cancelled fulfillments,
 * sets the time of transit from the event and copies its estimate to the fulfillment.
 */
export function addEvent(store: ShopStore, fulfillment: FulfillmentRecord, input: EventInput): FulfillmentEventRecord {
  const { at, status, ...given } = input;
  const event: FulfillmentEventRecord = {
    message: null,
    estimatedDeliveryAt: null,
    address1: null,
    city: null,
    province: null,
    country: null,
    zip: null,
    latitude: null,
    longitude: null,
    happenedAt: at,
    ...given,
    status,
    id: store.nextId("FulfillmentEvent"),
    createdAt: at,
  };
  fulfillment.events.push(event);
  fulfillment.displayStatus = status;
  fulfillment.updatedAt = at;
  if (status === "IN_TRANSIT") fulfillment.inTransitAt = event.happenedAt;
  if (status === "DELIVERED") fulfillment.deliveredAt = event.happenedAt;
  if (event.estimatedDeliveryAt) fulfillment.estimatedDeliveryAt = event.estimatedDeliveryAt;
  return event;
}
