import { decimal, orderAmounts, type OrderAmounts } from "#tests/sandbox/shopify/order-amounts.ts";
import { restCustomer } from "#tests/sandbox/shopify/rest/rest-customer.ts";
import { restFulfillment } from "#tests/sandbox/shopify/rest/rest-fulfillment.ts";
import { restOrderLine } from "#tests/sandbox/shopify/rest/rest-line.ts";
import { moneySet, restAddress, restId, restTime, restTimeOrNull } from "#tests/sandbox/shopify/rest/rest-values.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import type { LineRecord, OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

const BROWSER = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15";

function amountFields(amounts: OrderAmounts, currency: string) {
  const set = (cents: number) => moneySet(cents, currency);
  return {
    current_shipping_price_set: set(amounts.shipping),
    current_subtotal_price: decimal(amounts.subtotal),
    current_subtotal_price_set: set(amounts.subtotal),
    current_total_additional_fees_set: null,
    current_total_discounts: "0.00",
    current_total_discounts_set: set(0),
    current_total_duties_set: null,
    current_total_price: decimal(amounts.total),
    current_total_price_set: set(amounts.total),
    current_total_tax: decimal(amounts.tax),
    current_total_tax_set: set(amounts.tax),
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    subtotal_price: decimal(amounts.subtotal),
    subtotal_price_set: set(amounts.subtotal),
    total_cash_rounding_payment_adjustment_set: set(0),
    total_cash_rounding_refund_adjustment_set: set(0),
    total_discounts: "0.00",
    total_discounts_set: set(0),
    total_line_items_price: decimal(amounts.subtotal),
    total_line_items_price_set: set(amounts.subtotal),
    total_outstanding: "0.00",
    total_price: decimal(amounts.total),
    total_price_set: set(amounts.total),
    total_shipping_price_set: set(amounts.shipping),
    total_tax: decimal(amounts.tax),
    total_tax_set: set(amounts.tax),
    total_tip_received: "0.00",
    total_weight: amounts.grams,
  };
}

function identityFields(store: ShopStore, order: OrderRecord) {
  const zone = store.facts.timeZone;
  return {
    id: restId(order.id),
    admin_graphql_api_id: order.id,
    app_id: 580111,
    browser_ip: "203.0.113.24",
    buyer_accepts_marketing: order.acceptsMarketing,
    cancel_reason: order.cancelReason?.toLowerCase() ?? null,
    cancelled_at: restTimeOrNull(order.cancelledAt, zone),
    cart_token: `cart${order.token.slice(0, 16)}`,
    checkout_token: order.checkoutToken,
    client_details: clientDetails(order),
    closed_at: restTimeOrNull(order.closedAt, zone),
    confirmation_number: order.confirmationNumber,
    confirmed: true,
    contact_email: order.email,
    created_at: restTime(order.createdAt, zone),
    currency: store.facts.currency,
    customer_locale: order.locale,
    device_id: null,
    discount_codes: order.discountCodes.map((code) => ({ code, amount: "0.00", type: "percentage" })),
    duties_included: false,
    email: order.email,
    estimated_taxes: false,
    financial_status: order.financialStatus.toLowerCase(),
    fulfillment_status: fulfillmentStatus(store, order),
  };
}

function clientDetails(order: OrderRecord) {
  return {
    accept_language: order.locale,
    browser_height: null,
    browser_ip: "203.0.113.24",
    browser_width: null,
    session_hash: null,
    user_agent: BROWSER,
  };
}

function fulfillmentStatus(store: ShopStore, order: OrderRecord): string | null {
  const state = store.fulfillmentState(order);
  if (state === "UNFULFILLED") return null;
  return state === "FULFILLED" ? "fulfilled" : "partial";
}

export function statusPageUrl(store: ShopStore, order: OrderRecord): string {
  const key = order.checkoutToken.slice(0, 20);
  return `https://${store.facts.domain}/${legacyId(store.facts.id)}/orders/${order.token}/authenticate?key=${key}`;
}

function originFields(store: ShopStore, order: OrderRecord) {
  return {
    landing_site: "/",
    landing_site_ref: null,
    location_id: null,
    merchant_business_entity_id: "MTcxMjM0NTY3ODkx",
    merchant_of_record_app_id: null,
    name: order.name,
    note: null,
    note_attributes: [],
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: statusPageUrl(store, order),
    payment_gateway_names: ["shopify_payments"],
    phone: order.phone,
    po_number: null,
    presentment_currency: store.facts.currency,
    processed_at: restTime(order.createdAt, store.facts.timeZone),
    reference: null,
    referring_site: "",
    source_identifier: null,
    source_name: "web",
    source_url: null,
    tags: order.tags.join(", "),
    tax_exempt: false,
    taxes_included: false,
    test: true,
    token: order.token,
    updated_at: restTime(order.updatedAt, store.facts.timeZone),
    user_id: null,
  };
}

function shippingLine(store: ShopStore, order: OrderRecord) {
  const { id, title, cents } = order.shipping;
  const set = moneySet(cents, store.facts.currency);
  return {
    id: restId(id),
    carrier_identifier: null,
    code: title,
    current_discounted_price_set: set,
    discounted_price: decimal(cents),
    discounted_price_set: set,
    is_removed: false,
    phone: null,
    price: decimal(cents),
    price_set: set,
    requested_fulfillment_service_id: null,
    source: "shopify",
    title,
    tax_lines: [],
    discount_allocations: [],
  };
}

/** Body of every `orders/*` topic except `orders/edited`, which has no order in it. */
export function restOrder(store: ShopStore, order: OrderRecord) {
  const amounts = orderAmounts(order);
  const address = restAddress(order.shippingAddress);
  const tax = { price: decimal(amounts.tax), rate: order.taxRate, title: "Tax", channel_liable: false };
  return {
    ...identityFields(store, order),
    ...originFields(store, order),
    ...amountFields(amounts, store.facts.currency),
    tax_lines: amounts.tax === 0 ? [] : [{ ...tax, price_set: moneySet(amounts.tax, store.facts.currency) }],
    billing_address: address,
    customer: restCustomer(store, order),
    discount_applications: [],
    fulfillments: store.fulfillmentsOf(order.id).map((fulfillment) => restFulfillment(store, order, fulfillment)),
    line_items: order.lines.map((line) => restOrderLine(store, order, line)),
    payment_terms: null,
    refunds: [],
    shipping_address: address,
    shipping_lines: [shippingLine(store, order)],
    returns: [],
    line_item_groups: [],
  };
}

/** Body of `orders/edited`: the change only. */
export function restOrderEdit(store: ShopStore, order: OrderRecord, added: LineRecord) {
  const nothing = { additions: [], removals: [] };
  return {
    order_edit: {
      id: restId(store.nextId("OrderEdit")),
      app_id: 1354745,
      created_at: restTime(store.now(), store.facts.timeZone),
      notify_customer: false,
      order_id: restId(order.id),
      staff_note: "",
      user_id: 99120447583,
      line_items: { additions: [{ id: restId(added.id), delta: added.quantity }], removals: [] },
      discounts: { line_item: nothing },
      shipping_lines: nothing,
    },
  };
}
