import { restId, restTime } from "#tests/sandbox/shopify/rest/rest-values.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import type { CustomerRecord, OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

function shopMoneyFields() {
  return {
    money_format: "${{amount}}",
    money_with_currency_format: "${{amount}} USD",
    weight_unit: "lb",
    taxes_included: false,
    auto_configure_tax_inclusivity: null,
    tax_shipping: null,
    county_taxes: true,
    plan_display_name: "Basic",
    plan_name: "basic",
    has_discounts: true,
    has_gift_cards: false,
    google_apps_domain: null,
    google_apps_login_enabled: null,
    money_in_emails_format: "${{amount}}",
    money_with_currency_in_emails_format: "${{amount}} USD",
    eligible_for_payments: true,
    requires_extra_payments_agreement: false,
    password_enabled: false,
    has_storefront: true,
    finances: true,
    checkout_api_supported: true,
    multi_location_enabled: true,
    setup_required: false,
    pre_launch_enabled: false,
    marketing_sms_consent_enabled_at_checkout: false,
    transactional_sms_disabled: false,
  };
}

/** Body of `app/uninstalled` and `shop/update`: both carry the shop. */
export function restShop(store: ShopStore) {
  const facts = store.facts;
  const address = facts.address;
  return {
    id: restId(facts.id),
    name: facts.name,
    email: facts.email,
    domain: facts.domain,
    province: address.province,
    country: address.countryCode,
    address1: address.address1,
    zip: address.zip,
    city: address.city,
    source: null,
    phone: address.phone,
    latitude: address.latitude,
    longitude: address.longitude,
    primary_locale: facts.locale,
    address2: address.address2,
    created_at: restTime(facts.createdAt, facts.timeZone),
    updated_at: restTime(store.now(), facts.timeZone),
    country_code: address.countryCode,
    country_name: address.country,
    currency: facts.currency,
    customer_email: facts.email,
    timezone: `(GMT-06:00) ${facts.timeZone}`,
    iana_timezone: facts.timeZone,
    shop_owner: facts.owner,
    province_code: address.provinceCode,
    myshopify_domain: facts.domain,
    primary_location_id: restId(facts.locationId),
    enabled_presentment_currencies: [facts.currency],
    ...shopMoneyFields(),
  };
}

/** Body of `app/scopes_update`. */
export function restScopesUpdate(store: ShopStore, previous: string[], current: string[]) {
  const id = Number(BigInt(legacyId(store.records.installation.id)) % 100_000_000n);
  return { id, shop_id: store.facts.id, previous, current, updated_at: store.now() };
}

const shopHead = (store: ShopStore) => ({ shop_id: restId(store.facts.id), shop_domain: store.facts.domain });

const customerHead = (customer: CustomerRecord) => ({
  id: restId(customer.id),
  email: customer.email,
  phone: customer.phone,
});

export function restDataRequest(store: ShopStore, customer: CustomerRecord, orders: OrderRecord[]) {
  return {
    ...shopHead(store),
    orders_requested: orders.map((order) => restId(order.id)),
    customer: customerHead(customer),
    data_request: { id: restId(store.nextId("DataRequest")) },
  };
}

export function restCustomerRedact(store: ShopStore, customer: CustomerRecord, orders: OrderRecord[]) {
  return {
    ...shopHead(store),
    customer: customerHead(customer),
    orders_to_redact: orders.map((order) => restId(order.id)),
  };
}

export const restShopRedact = shopHead;
