import type { ConsoleActions } from "./console/console-actions.ts";
import type { SandboxShopify } from "./shopify/create-sandbox-shopify.ts";
import { addLiveParcels } from "./world/add-live-parcels.ts";
import { placeOfAddress } from "./world/places.ts";
import type { World } from "./world.ts";

const NEWEST = 20;
const REORDER_MS = 3_000;
const DROP_RATE = 0.3;

/** What the console's buttons do in the shop. */
export function createConsoleActions({
  world,
  shopify,
}: {
  world: World;
  shopify: () => SandboxShopify;
}): ConsoleActions {
  return {
    placeAndShip: ({ carrierId, scenario, parcels }) => {
      const { shop, store } = shopify();
      const customers = store.records.customers;
      const customer = customers[store.records.orders.length % Math.max(1, customers.length)];
      const order = shop.placeOrder(customer ? { customerId: customer.id } : {});
      const { city, provinceCode, zip, countryCode } = order.shippingAddress;
      const destination = placeOfAddress({ city, region: provinceCode ?? "", zip, country: countryCode });
      const made = addLiveParcels(world, { carrierId, scenario, count: parcels, destination });
      shop.fulfil(
        order.id,
        made.map(({ company, trackingNumber }) => ({ company, number: trackingNumber })),
      );
      return Promise.resolve({ orderName: order.name });
    },
    listOrders: () => {
      const { store } = shopify();
      const newest = store.records.orders.slice(-NEWEST).reverse();
      return Promise.resolve(
        newest.map(({ id, name, createdAt, email }) => ({
          ...{ name, createdAt, email },
          trackingNumbers: store
            .fulfillmentsOf(id)
            .flatMap(({ tracking }) => tracking.flatMap(({ number }) => (number === null ? [] : [number]))),
        })),
      );
    },
    webhookFaults: () => {
      const { duplicateRate, reorderMs, dropRate } = shopify().webhooks.options;
      return Promise.resolve({ duplicate: duplicateRate > 0, reorder: reorderMs > 0, drop: dropRate > 0 });
    },
    setWebhookFaults: ({ duplicate, reorder, drop }) => {
      Object.assign(shopify().webhooks.options, {
        duplicateRate: duplicate ? 1 : 0,
        reorderMs: reorder ? REORDER_MS : 0,
        dropRate: drop ? DROP_RATE : 0,
      });
      return Promise.resolve();
    },
  };
}
