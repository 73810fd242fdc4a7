import { isExpress } from "#tests/sandbox/shopify/list-parcels.ts";
import { addEvent, buildFulfillment, buildOrder } from "#tests/sandbox/shopify/build-records.ts";
import type { Random } from "#tests/sandbox/shopify/seed/random.ts";
import { placeOf } from "#tests/sandbox/shopify/seed/seed-shop.ts";
import { makeTracking } from "#tests/sandbox/shopify/seed/tracking-numbers.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { FulfillmentRecord, OrderRecord } from "#tests/sandbox/shopify/store-records.ts";
import { describeParcel } from "#tests/sandbox/world/adopt-parcel.ts";
import { scansSoFar } from "#tests/sandbox/world/journey.ts";
import type { ScanKind } from "#tests/sandbox/world/parcel.ts";
import { placeOfAddress } from "#tests/sandbox/world/places.ts";

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
      ship(store, { order, lines, at, tracking: [makeTracking(random, company)] });
    });
    return;
  }
  const two = kind > 0.9;
  const none = kind > 0.25 && kind < 0.3;
  const tracking = none ? [] : two ? [makeTracking(random, company), makeTracking(random, company)] : undefined;
  ship(store, { order, at: shippedAt, tracking: tracking ?? [makeTracking(random, company)] });
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

function ship(store: ShopStore, input: ShipInput): void {
  const fulfillment = buildFulfillment(store, input);
  input.order.updatedAt = input.at;
  if (input.tracking.length > 0) seedJourney(store, fulfillment, input.order);
  input.order.updatedAt = fulfillment.updatedAt > input.at ? fulfillment.updatedAt : input.at;
  if (fulfillment.displayStatus === "DELIVERED") input.order.closedAt = fulfillment.updatedAt;
}

/** What Shopify shows of the scans of a carrier that it follows. */
const NATIVE: Partial<Record<ScanKind, string>> = {
  accepted: "CARRIER_PICKED_UP",
  departed: "IN_TRANSIT",
  weather_delay: "DELAYED",
  out_for_delivery: "OUT_FOR_DELIVERY",
  attempted: "ATTEMPTED_DELIVERY",
  available_for_pickup: "READY_FOR_PICKUP",
  refused: "FAILURE",
  collected: "DELIVERED",
  delivered: "DELIVERED",
};

/** The native events so far: what the carriers of the same world tell of the fulfillment's first parcel. */
function seedJourney(store: ShopStore, fulfillment: FulfillmentRecord, order: OrderRecord): void {
  const [first] = fulfillment.tracking;
  const { city, provinceCode, zip, countryCode } = order.shippingAddress;
  const parcel = describeParcel({
    ...{ trackingNumber: first?.number ?? "", company: first?.company ?? "", speed: 1, express: isExpress(order) },
    createdAt: fulfillment.createdAt,
    destination: placeOfAddress({ city, region: provinceCode ?? "", zip, country: countryCode }),
  });
  for (const { kind, at } of scansSoFar(parcel, store.clock.now())) {
    const status = NATIVE[kind];
    const last = fulfillment.events.at(-1)?.status;
    // On its way back to the shop it departs again, which Shopify does not tell apart.
    if (status && status !== last && last !== "FAILURE") addEvent(store, fulfillment, { status, happenedAt: at, at });
  }
}
