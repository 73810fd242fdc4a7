import { decimal, lineTax } from "#tests/sandbox/shopify/order-amounts.ts";
import { moneySet, restId } from "#tests/sandbox/shopify/rest/rest-values.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { LineRecord, OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

function lineState(store: ShopStore, order: OrderRecord, line: LineRecord): "fulfilled" | "partial" | null {
  const done = store.fulfilled(order, line);
  if (done === 0) return null;
  return done < line.quantity ? "partial" : "fulfilled";
}

function taxLines(order: OrderRecord, cents: number, currency: string) {
  const tax = lineTax(order, cents);
  if (tax === 0) return [];
  const title = order.shippingAddress.countryCode === "US" ? "State and Local Tax" : "VAT";
  return [
    {
      channel_liable: false,
      price: decimal(tax),
      price_set: moneySet(tax, currency),
      rate: order.taxRate,
      title,
    },
  ];
}

export interface RestLineInput {
  store: ShopStore;
  order: OrderRecord;
  line: LineRecord;
  /** Quantity shown: of the order, or of one fulfillment. */
  quantity: number;
}

/** A line as it stands inside a fulfillment body. */
export function restFulfilledLine({ store, order, line, quantity }: RestLineInput) {
  const currency = store.facts.currency;
  return {
    id: restId(line.id),
    admin_graphql_api_id: line.id,
    fulfillable_quantity: store.fulfillable(order, line),
    fulfillment_service: "manual",
    fulfillment_status: lineState(store, order, line),
    gift_card: false,
    grams: line.grams,
    name: line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title,
    price: decimal(line.priceCents),
    price_set: moneySet(line.priceCents, currency),
    product_exists: true,
    product_id: restId(line.productId),
    properties: [],
    quantity,
    requires_shipping: line.requiresShipping,
    sku: line.sku,
    taxable: true,
    title: line.title,
    total_discount: "0.00",
    total_discount_set: moneySet(0, currency),
    variant_id: restId(line.variantId),
    variant_inventory_management: "shopify",
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: taxLines(order, line.priceCents * quantity, currency),
    duties: [],
    discount_allocations: [],
  };
}

/** A line as it stands inside an order body: three keys more. */
export function restOrderLine(store: ShopStore, order: OrderRecord, line: LineRecord) {
  return {
    ...restFulfilledLine({ store, order, line, quantity: line.quantity }),
    attributed_staffs: [],
    current_quantity: order.cancelledAt ? 0 : line.quantity,
    sales_line_item_group_id: null,
  };
}
