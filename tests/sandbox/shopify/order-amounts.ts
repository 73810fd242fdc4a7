import type { OrderRecord } from "#tests/sandbox/shopify/store-records.ts";

export interface OrderAmounts {
  subtotal: number;
  shipping: number;
  tax: number;
  total: number;
  grams: number;
}

/** Sums of an order in cents; tax is rounded once per line, as Shopify shows it. */
export function orderAmounts(order: OrderRecord): OrderAmounts {
  const subtotal = order.lines.reduce((sum, line) => sum + line.priceCents * line.quantity, 0);
  const tax = order.lines.reduce((sum, line) => sum + lineTax(order, line.priceCents * line.quantity), 0);
  const grams = order.lines.reduce((sum, line) => sum + line.grams * line.quantity, 0);
  return { subtotal, shipping: order.shipping.cents, tax, total: subtotal + tax + order.shipping.cents, grams };
}

export function lineTax(order: OrderRecord, cents: number): number {
  return Math.round(cents * order.taxRate);
}

export function decimal(cents: number): string {
  return (cents / 100).toFixed(2);
}
