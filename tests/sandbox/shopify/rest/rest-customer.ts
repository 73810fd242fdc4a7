import { restAddress, restId, restTime } from "#tests/sandbox/shopify/rest/rest-values.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

/** The customer inside an order body; null when the shop does not know one. */
export function restCustomer(store: ShopStore, order: OrderRecord) {
  const customer = store.customer(order.customerId);
  if (!customer) return null;
  const zone = store.facts.timeZone;
  return {
    id: restId(customer.id),
    created_at: restTime(customer.createdAt, zone),
    updated_at: restTime(order.createdAt, zone),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: "enabled",
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    email: customer.email,
    phone: customer.phone,
    currency: store.facts.currency,
    tax_exemptions: [],
    admin_graphql_api_id: customer.id,
    default_address: {
      id: restId(customer.id) + 1n,
      customer_id: restId(customer.id),
      ...restAddress(customer.address),
      country_name: customer.address.country,
      default: true,
    },
  };
}
