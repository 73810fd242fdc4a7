import { addEvent, buildFulfillment, buildOrder } from "#tests/sandbox/shopify/build-records.ts";
import type { Random } from "#tests/sandbox/shopify/seed/random.ts";
import { placeOf } from "#tests/sandbox/shopify/seed/seed-shop.ts";
import { makeTracking } from "#tests/sandbox/shopify/seed/tracking-numbers.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { FulfillmentRecord, OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

export interface SeedHistoryOptions {
  orders: number;
  days: number;
}

/** Orders spread over the last days, oldest first, with the fulfillments and native statuses they would have by now. */
export function seedHistory(store: ShopStore, random: Random, options: SeedHistoryOptions): void {
  const now = store.clock.now().getTime();
  const step = ((options.days - 0.5) * DAY) / options.orders;
  for (let index = 0; index < options.orders; index += 1) {
    const age = (options.orders - index) * step - random.next() * step;
    const order = seedOrder(store, random, new Date(now - age).toISOString());
    seedParcels(store, random, order);
  }
}

function seedOrder(store: ShopStore, random: Random, at: string): OrderRecord {
  const customer = random.pick(store.records.customers);
  const place = placeOf(customer);
  const count = random.pick([1, 1, 2, 2, 3]);
  const products = new Map(
    Array.from({ length: count }, () => random.pick(store.records.products)).map((p) => [p.id, p]),
  );
  const lines = [...products.values()].map((product) => ({
    variantId: random.pick(product.variants).id,
    quantity: random.pick([1, 1, 1, 2]),
  }));
  const order = buildOrder(store, { at, customerId: customer.id, lines, shipping: random.pick(place.shipping) });
  order.taxRate = place.taxRate;
  if (random.next() < 0.04) {
    const cancelledAt = later(order.createdAt, 2 * HOUR);
    const state = { cancelledAt, closedAt: cancelledAt, updatedAt: cancelledAt };
    Object.assign(order, state, { cancelReason: "CUSTOMER", financialStatus: "REFUNDED" });
  }
  return order;
}

function seedParcels(store: ShopStore, random: Random, order: OrderRecord): void {
  const now = store.clock.now().getTime();
  const shippedAt = later(order.createdAt, random.integer(8, 40) * HOUR);
  if (order.cancelledAt || Date.parse(shippedAt) > now) return;
  const company = random.pick(placeOf(customerOf(store, order)).carriers);
  const kind = random.next();
  if (order.lines.length > 1 && kind < 0.25) {
    order.lines.forEach((line, index) => {
      const at = later(shippedAt, index * 18 * HOUR);
      if (Date.parse(at) > now) return;
      const lines = [{ lineItemId: line.id, quantity: line.quantity }];
      ship(store, random, { order, lines, at, tracking: [makeTracking(random, company)] });
    });
    return;
  }
  const two = kind > 0.9;
  const none = kind > 0.25 && kind < 0.3;
  const tracking = none ? [] : two ? [makeTracking(random, company), makeTracking(random, company)] : undefined;
  ship(store, random, { order, at: shippedAt, tracking: tracking ?? [makeTracking(random, company)] });
}

function customerOf(store: ShopStore, order: OrderRecord) {
  const customer = store.customer(order.customerId);
  if (!customer) throw new Error(`order ${order.name} has no customer`);
  return customer;
}

interface ShipInput {
  order: OrderRecord;
  at: string;
  tracking: FulfillmentRecord["tracking"];
  lines?: { lineItemId: string; quantity: number }[];
}

function ship(store: ShopStore, random: Random, input: ShipInput): void {
  const fulfillment = buildFulfillment(store, input);
  input.order.updatedAt = input.at;
  if (input.tracking.length > 0) seedJourney(store, random, fulfillment);
  input.order.updatedAt = fulfillment.updatedAt > input.at ? fulfillment.updatedAt : input.at;
  if (fulfillment.displayStatus === "DELIVERED") input.order.closedAt = fulfillment.updatedAt;
}

/** The native events so far. Every tenth parcel is in trouble: late, tried in vain, or lost. */
function seedJourney(store: ShopStore, random: Random, fulfillment: FulfillmentRecord): void {
  const now = store.clock.now().getTime();
  const days = random.integer(2, 7);
  const trouble = random.next();
  const plan: [status: string, afterDays: number][] = [
    ["CARRIER_PICKED_UP", 0.4],
    ["IN_TRANSIT", 1],
  ];
  if (trouble < 0.05) plan.push(["DELAYED", days], ["OUT_FOR_DELIVERY", days + 3.2], ["DELIVERED", days + 3.5]);
  else if (trouble < 0.08) plan.push(["ATTEMPTED_DELIVERY", days], ["DELIVERED", days + 1]);
  else if (trouble < 0.1) plan.push(["FAILURE", days + 4]);
  else plan.push(["OUT_FOR_DELIVERY", days - 0.3], ["DELIVERED", days]);
  for (const [status, afterDays] of plan) {
    const happenedAt = later(fulfillment.createdAt, afterDays * DAY + random.integer(0, 180) * 60_000);
    if (Date.parse(happenedAt) > now) return;
    addEvent(store, fulfillment, { status, happenedAt, at: happenedAt });
  }
}
