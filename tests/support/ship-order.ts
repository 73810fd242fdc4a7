import type { Sandbox } from "#tests/sandbox/start-sandbox.ts";
import type { OrderRecord } from "#tests/sandbox/shopify/store-records.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import { DEMO_SPEED, type SandboxCarrierId, type Scenario } from "#tests/sandbox/world/parcel.ts";
import { placeOfAddress } from "#tests/sandbox/world/places.ts";

export interface Shipping {
  carrierId: SandboxCarrierId;
  scenario?: Scenario;
  parcels?: number;
  /** Times the pace of the demo, in which an undisturbed parcel takes a minute. */
  faster?: number;
  /** Index of the buyer, to spread orders over them. */
  customer?: number;
}

export interface Shipped {
  order: OrderRecord;
  trackingNumbers: string[];
}

/** Somebody buys in the sandbox's shop, and the merchant ships it at once. */
export function shipOrder({ shopify, world }: Sandbox, shipping: Shipping): Shipped {
  const { carrierId, scenario = "on_time", parcels = 1, faster = 1, customer: index = 0 } = shipping;
  const { shop, store } = shopify;
  const { customers } = store.records;
  const customer = customers[index % customers.length];
  const order = shop.placeOrder(customer ? { customerId: customer.id } : {});
  const { city, provinceCode, zip, countryCode } = order.shippingAddress;
  const destination = placeOfAddress({ city, region: provinceCode ?? "", zip, country: countryCode });
  const speed = DEMO_SPEED * faster;
  const made = addLiveParcels(world, { carrierId, scenario, count: parcels, destination, speed });
  shop.fulfil(
    order.id,
    made.map(({ company, trackingNumber }) => ({ company, number: trackingNumber })),
  );
  return { order, trackingNumbers: made.map(({ trackingNumber }) => trackingNumber) };
}
