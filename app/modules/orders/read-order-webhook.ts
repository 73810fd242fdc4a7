import { z } from "zod";
import { errorMessage, InvalidInputError } from "#app/lib/errors.ts";
import { type Money, parseMoney } from "#app/lib/money.ts";
import { orderFulfillmentStatus, sortTags } from "./order-words.ts";
import {
  amount,
  countryCode,
  currencyCode,
  Fields,
  flag,
  instant,
  quantity,
  type Reading,
  readRestGid,
  someText,
  text,
} from "./read-fields.ts";
import { readRestFulfillment } from "./read-fulfillment-webhook.ts";
import type { OrderLineSnapshot, OrderSnapshot, ShipTo } from "./snapshot.ts";

/**
 * The body of `orders/create`, `orders/updated` and `orders/cancelled`. Customer fields are null without Shopify's
 * approval for protected data.
 * @throws InvalidInputError naming the path when id, name, money or times cannot be read.
 */
export function readOrderWebhook(body: unknown): Reading<OrderSnapshot> {
  const problems: string[] = [];
  const fields = Fields.of(body, "", problems);
  const currency = fields.required("currency", currencyCode);
  const lines = fields.list("line_items", (line) => readLine(line, currency));
  const value: OrderSnapshot = {
    id: readRestGid(fields, "Order"),
    name: fields.required("name", someText(100)),
    ...readIdentity(fields),
    total: readMoney(fields.required("total_price", amount), currency, "total_price"),
    financialStatus: fields.optional("financial_status", text(40))?.toLowerCase() ?? null,
    fulfillmentStatus: orderFulfillmentStatus(fields.optional("fulfillment_status", text(40))),
    shipTo: readShipTo(fields),
    shippingTitle: readShippingTitle(fields),
    tags: sortTags((fields.optional("tags", z.string()) ?? "").split(",")),
    test: fields.optional("test", flag) ?? false,
    requiresShipping: lines === null || lines.length === 0 || lines.some((line) => line.requiresShipping),
    placedAt: fields.optional("processed_at", instant) ?? fields.required("created_at", instant),
    cancelledAt: fields.optional("cancelled_at", instant),
    updatedAt: fields.required("updated_at", instant),
    lines,
    fulfillments: fields.list("fulfillments", readRestFulfillment),
  };
  return { value, problems };
}

function readIdentity(fields: Fields) {
  const customer = fields.object("customer");
  return {
    confirmationNumber: fields.optional("confirmation_number", text(60)),
    checkoutToken: fields.optional("checkout_token", text(120)),
    customerId: customer === null ? null : readCustomerId(customer),
    email: fields.optional("email", text(254))?.toLowerCase() ?? null,
    phone: fields.optional("phone", text(40)),
    locale: fields.optional("customer_locale", text(20)),
    emailMarketing: fields.optional("buyer_accepts_marketing", flag) ?? false,
    // The body's customer has neither tags nor consent to texts.
    customer: null,
  };
}

function readCustomerId(customer: Fields): string | null {
  try {
    return readRestGid(customer, "Customer");
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return customer.note("id", "not a customer id");
  }
}

function readShipTo(fields: Fields): ShipTo | null {
  const address = fields.object("shipping_address");
  if (address === null) return null;
  return {
    name: address.optional("name", text(200)),
    city: address.optional("city", text(120)),
    provinceCode: address.optional("province_code", text(20)),
    postalCode: address.optional("zip", text(20)),
    countryCode: address.optional("country_code", countryCode),
    phone: address.optional("phone", text(40)),
  };
}

function readShippingTitle(fields: Fields): string | null {
  const lines = fields.list("shipping_lines", (line) => ({
    title: line.optional("title", text(200)),
    removed: line.optional("is_removed", flag) ?? false,
  }));
  return lines?.find((line) => !line.removed)?.title ?? null;
}

function readLine(line: Fields, currency: string): OrderLineSnapshot {
  const price = line.optional("price", amount);
  return {
    id: readRestGid(line, "LineItem"),
    title: line.optional("title", text(300)) ?? line.required("name", someText(300)),
    variantTitle: line.optional("variant_title", text(300)),
    sku: line.optional("sku", text(120)),
    quantity: line.optional("current_quantity", quantity) ?? line.required("quantity", quantity),
    price: price === null ? null : tryMoney(line, price, currency),
    imageUrl: null,
    requiresShipping: line.optional("requires_shipping", flag) ?? true,
    // The body names the product by its id alone.
    productTags: null,
  };
}

/** A price that cannot be read costs the line its price, not the order its line. */
function tryMoney(line: Fields, price: string, currency: string): Money | null {
  try {
    return parseMoney(price, currency);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return line.note("price", "not an amount of money");
  }
}

/** @throws InvalidInputError naming the path */
export function readMoney(value: string, currency: string, path: string): Money {
  try {
    return parseMoney(value, currency);
  } catch (error) {
    throw new InvalidInputError(`${path}: ${errorMessage(error)}`, { cause: error });
  }
}
