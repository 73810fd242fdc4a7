import {
  addEvent,
  buildFulfillment,
  buildLine,
  buildOrder,
  completeTracking,
  type EventInput,
  type FulfillmentInput,
  type OrderInput,
} from "#tests/sandbox/shopify/build-records.ts";
import { restFulfillment, restFulfillmentEvent } from "#tests/sandbox/shopify/rest/rest-fulfillment.ts";
import { restOrder, restOrderEdit } from "#tests/sandbox/shopify/rest/rest-order.ts";
import { placeOf } from "#tests/sandbox/shopify/seed/seed-shop.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { FulfillmentEventRecord, FulfillmentRecord, OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

/** One webhook to be: the body is taken at once, so that it shows the state at the moment of the action. */
export interface Emission {
  topic: string;
  body: unknown;
}

/** Sends the webhooks of one merchant action; they share one event id. */
export type Emit = (emissions: Emission[]) => void;

export interface ShopObserver {
  fulfilled?(order: OrderRecord, fulfillment: FulfillmentRecord): void;
  trackingChanged?(order: OrderRecord, fulfillment: FulfillmentRecord): void;
}

export interface PlaceOrderInput extends Partial<Omit<OrderInput, "lines" | "at">> {
  lines?: { variantId: string; quantity: number }[];
}

/** Everything a buyer or the merchant does in the shop, each with the webhooks Shopify sends for it. */
export class ShopActions {
  readonly store: ShopStore;
  readonly observers = new Set<ShopObserver>();
  readonly #emit: Emit;

  constructor(store: ShopStore, emit: Emit) {
    this.store = store;
    this.#emit = emit;
  }

  /** Without arguments: the newest customer buys one of the first product, standard shipping. */
  placeOrder(input: PlaceOrderInput = {}): OrderRecord {
    const customerId = input.customerId ?? this.store.records.customers.at(-1)?.id ?? "";
    const variantId = this.store.records.products[0]?.variants[0]?.id ?? "";
    const shipping = input.shipping ?? { title: "Standard", cents: 695 };
    const lines = input.lines ?? [{ variantId, quantity: 1 }];
    const order = buildOrder(this.store, { ...input, customerId, lines, shipping, at: this.store.now() });
    const customer = this.store.customer(customerId);
    if (customer) order.taxRate = placeOf(customer).taxRate;
    this.#send(this.#orderTopic("orders/create", order));
    return order;
  }

  /** Ships lines (default: all that is open) with any number of tracking numbers, also none. */
  fulfil(
    orderId: string,
    tracking: FulfillmentInput["tracking"],
    lines?: FulfillmentInput["lines"],
  ): FulfillmentRecord {
    const order = this.requireOrder(orderId);
    const at = this.store.now();
    const fulfillment = buildFulfillment(this.store, { order, at, tracking, ...(lines ? { lines } : {}) });
    order.updatedAt = at;
    const whole = this.store.fulfillmentState(order) === "FULFILLED";
    this.#send(
      this.#fulfillmentTopic("fulfillments/create", fulfillment),
      this.#orderTopic("orders/updated", order),
      this.#orderTopic(whole ? "orders/fulfilled" : "orders/partially_fulfilled", order),
    );
    for (const observer of this.observers) observer.fulfilled?.(order, fulfillment);
    return fulfillment;
  }

  editTracking(fulfillmentId: string, tracking: FulfillmentInput["tracking"]): FulfillmentRecord {
    const { fulfillment, order } = this.requireFulfillment(fulfillmentId);
    fulfillment.tracking = completeTracking(tracking);
    this.#touch(order, fulfillment);
    this.#send(this.#fulfillmentTopic("fulfillments/update", fulfillment), this.#orderTopic("orders/updated", order));
    for (const observer of this.observers) observer.trackingChanged?.(order, fulfillment);
    return fulfillment;
  }

  cancelFulfillment(fulfillmentId: string): FulfillmentRecord {
    const { fulfillment, order } = this.requireFulfillment(fulfillmentId);
    fulfillment.status = "CANCELLED";
    fulfillment.displayStatus = "CANCELED";
    this.#touch(order, fulfillment);
    this.#send(this.#fulfillmentTopic("fulfillments/update", fulfillment), this.#orderTopic("orders/updated", order));
    return fulfillment;
  }

  cancelOrder(orderId: string, reason = "CUSTOMER"): OrderRecord {
    const order = this.requireOrder(orderId);
    const at = this.store.now();
    Object.assign(order, { cancelledAt: at, closedAt: at, updatedAt: at, cancelReason: reason });
    order.financialStatus = "REFUNDED";
    this.#send(this.#orderTopic("orders/cancelled", order), this.#orderTopic("orders/updated", order));
    return order;
  }

  /** The merchant adds a line to a paid order: the edit has no order in its body, the update after it has. */
  addLine(orderId: string, variantId: string, quantity = 1): OrderRecord {
    const order = this.requireOrder(orderId);
    const line = buildLine(this.store, { variantId, quantity });
    order.lines.push(line);
    order.updatedAt = this.store.now();
    const body = restOrderEdit(this.store, order, line);
    this.#send({ topic: "orders/edited", body }, this.#orderTopic("orders/updated", order));
    return order;
  }

  addFulfillmentEvent(fulfillmentId: string, input: Omit<EventInput, "at">): FulfillmentEventRecord {
    const { fulfillment, order } = this.requireFulfillment(fulfillmentId);
    const event = addEvent(this.store, fulfillment, {
      ...input,
      status: input.status ?? "IN_TRANSIT",
      at: this.store.now(),
    });
    order.updatedAt = event.createdAt;
    this.#send(
      { topic: "fulfillment_events/create", body: restFulfillmentEvent({ store: this.store, fulfillment, event }) },
      this.#fulfillmentTopic("fulfillments/update", fulfillment),
      this.#orderTopic("orders/updated", order),
    );
    return event;
  }

  /** After a change of tags, e-mail or address made elsewhere. */
  orderUpdated(order: OrderRecord): void {
    order.updatedAt = this.store.now();
    this.#send(this.#orderTopic("orders/updated", order));
  }

  send(...emissions: Emission[]): void {
    this.#send(...emissions);
  }

  requireOrder(idOrName: string): OrderRecord {
    const order = this.store.order(idOrName) ?? this.store.orderByName(idOrName);
    if (!order) throw new Error(`no order ${idOrName}`);
    return order;
  }

  requireFulfillment(id: string): { fulfillment: FulfillmentRecord; order: OrderRecord } {
    const fulfillment = this.store.fulfillment(id);
    if (!fulfillment) throw new Error(`no fulfillment ${id}`);
    return { fulfillment, order: this.requireOrder(fulfillment.orderId) };
  }

  #touch(order: OrderRecord, fulfillment: FulfillmentRecord): void {
    order.updatedAt = fulfillment.updatedAt = this.store.now();
  }

  #send(...emissions: Emission[]): void {
    this.#emit(emissions);
    this.store.onChange();
  }

  #orderTopic(topic: string, order: OrderRecord): Emission {
    return { topic, body: restOrder(this.store, order) };
  }

  #fulfillmentTopic(topic: string, fulfillment: FulfillmentRecord): Emission {
    const order = this.requireOrder(fulfillment.orderId);
    return { topic, body: restFulfillment(this.store, order, fulfillment) };
  }
}
