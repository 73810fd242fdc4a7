import type { ItemFacts, MessageFacts } from "./message-facts.ts";

/**
 * The variables as templates see them: the facts, and beside them the names that Shopify's own notification templates
 * use, so that texts can be pasted. A plain tree of texts, numbers and lists; nothing else is within reach.
 */
export function scopeOf(facts: MessageFacts): Record<string, unknown> {
  const { order, parcels, shop, fulfillment, shipping_address } = facts;
  return {
    ...facts,
    name: order.name,
    order_name: order.name,
    order_number: order.name.replace(/^\D+/, ""),
    order_status_url: order.order_status_url,
    created_at: order.created_at,
    total_price: order.total_price,
    item_count: order.item_count,
    shipping_method: order.shipping_method,
    service_name: order.shipping_method,
    shop_name: shop.name,
    shop: { ...shop, email_logo_url: facts.brand.logo_url },
    customer: { ...facts.customer, name: shipping_address.name },
    shipping_address: { ...shipping_address, first_name: facts.customer.first_name },
    fulfillment: {
      ...fulfillment,
      item_count: facts.parcel.items.reduce((sum, { quantity }) => sum + quantity, 0),
      tracking_numbers: parcels.map(({ tracking_number }) => tracking_number),
      tracking_urls: parcels.map(({ tracking_url }) => tracking_url),
      fulfillment_line_items: facts.parcel.items.map(asFulfillmentLine),
    },
  };
}

const asFulfillmentLine = (line: ItemFacts) => ({ quantity: line.quantity, line_item: line });
