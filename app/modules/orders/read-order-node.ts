import { z } from "zod";
import { InvalidInputError } from "#app/lib/errors.ts";
import { isGid } from "#app/lib/ids.ts";
import type { Money } from "#app/lib/money.ts";
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
  readGid,
  someText,
  text,
} from "./read-fields.ts";
import { readFulfillmentNode } from "./read-fulfillment-node.ts";
import { readMoney } from "./read-order-webhook.ts";
import type { CustomerFacts, OrderLineSnapshot, OrderSnapshot, ShipTo } from "./snapshot.ts";

/** As many as a page asks for: a list without a page mark that is this long may go on. */
const FULFILLMENTS_PER_ORDER = 10;

/** An order of a page, and whether the page was too short for all of its lines. */
export interface OrderNode {
  snapshot: OrderSnapshot;
  /** More lines, or more lines of a fulfillment, exist than were asked for: fetch this order alone. */
  truncated: boolean;
}

/**
 * An order as our GraphQL documents ask for it.
 * @throws InvalidInputError naming the path when id, name, money or times cannot be read.
 */
export function readOrderNode(node: unknown, path = "order"): Reading<OrderNode> {
  const problems: string[] = [];
  const fields = Fields.of(node, path, problems);
  const id = readGid(fields, "Order");
  const fulfillments = fields.list("fulfillments", (one) => readFulfillmentNode(one, id));
  const lineItems = fields.object("lineItems");
  const moreLines = lineItems?.object("pageInfo")?.optional("hasNextPage", flag) ?? false;
  const snapshot: OrderSnapshot = {
    id,
    name: fields.required("name", someText(100)),
    ...readIdentity(fields),
    total: readTotal(fields),
    financialStatus: fields.optional("displayFinancialStatus", text(40))?.toLowerCase() ?? null,
    fulfillmentStatus: orderFulfillmentStatus(fields.optional("displayFulfillmentStatus", text(40))),
    shipTo: readShipTo(fields),
    shippingTitle: fields.object("shippingLine")?.optional("title", text(200)) ?? null,
    tags: readTags(fields),
    test: fields.optional("test", flag) ?? false,
    requiresShipping: fields.optional("requiresShipping", flag) ?? true,
    placedAt: fields.optional("processedAt", instant) ?? fields.required("createdAt", instant),
    cancelledAt: fields.optional("cancelledAt", instant),
    updatedAt: fields.required("updatedAt", instant),
    // Half a list would delete the other half.
    lines: moreLines ? null : readLineNodes(lineItems),
    fulfillments: fulfillments?.map((one) => one.snapshot) ?? null,
  };
  const cut = (fulfillments?.length ?? 0) >= FULFILLMENTS_PER_ORDER || fulfillments?.some((one) => one.truncated);
  const truncated = moreLines || cut === true;
  return { value: { snapshot, truncated }, problems };
}

/** Lines of one page of an order's `lineItems`. Null when they were not asked for. */
export function readLineNodes(lineItems: Fields | null): OrderLineSnapshot[] | null {
  return lineItems?.list("nodes", readLineNode) ?? null;
}

function readIdentity(fields: Fields) {
  const known = fields.object("customer");
  const customer = known?.optional("id", z.string()) ?? null;
  return {
    confirmationNumber: fields.optional("confirmationNumber", text(60)),
    checkoutToken: fields.optional("checkoutToken", text(120)),
    customerId: customer !== null && isGid(customer, "Customer") ? customer : null,
    email: fields.optional("email", text(254))?.toLowerCase() ?? null,
    phone: fields.optional("phone", text(40)),
    locale: fields.optional("customerLocale", text(20)),
    emailMarketing: fields.optional("customerAcceptsMarketing", flag) ?? false,
    customer: known === null ? null : readCustomer(known),
  };
}

function readCustomer(customer: Fields): CustomerFacts {
  const consent = customer.object("defaultPhoneNumber")?.object("smsMarketingConsent");
  return {
    tags: readTags(customer),
    smsMarketing: consent?.optional("state", text(40)) === "SUBSCRIBED",
  };
}

/** @throws InvalidInputError */
function readTotal(fields: Fields): Money {
  const money = fields.object("totalPriceSet")?.object("shopMoney");
  if (!money) throw new InvalidInputError(`${fields.path}.totalPriceSet.shopMoney: expected an object`);
  const currency = money.required("currencyCode", currencyCode);
  return readMoney(money.required("amount", amount), currency, `${money.path}.amount`);
}

function readShipTo(fields: Fields): ShipTo | null {
  const address = fields.object("shippingAddress");
  if (address === null) return null;
  return {
    name: address.optional("name", text(200)),
    city: address.optional("city", text(120)),
    provinceCode: address.optional("provinceCode", text(20)),
    postalCode: address.optional("zip", text(20)),
    countryCode: address.optional("countryCodeV2", countryCode),
    phone: address.optional("phone", text(40)),
  };
}

function readLineNode(line: Fields): OrderLineSnapshot {
  return {
    id: readGid(line, "LineItem"),
    title: line.required("title", someText(300)),
    variantTitle: line.optional("variantTitle", text(300)),
    sku: line.optional("sku", text(120)),
    quantity: line.optional("currentQuantity", quantity) ?? line.required("quantity", quantity),
    price: readPrice(line),
    imageUrl: line.object("image")?.optional("url", z.url({ protocol: /^https?$/ }).max(2_000)) ?? null,
    requiresShipping: line.optional("requiresShipping", flag) ?? true,
    productTags: readProductTags(line),
  };
}

/** `product` is absent where it was not asked for, and null where the product is gone or never was one. */
function readProductTags(line: Fields): string[] | null {
  if (line.source["product"] === undefined) return null;
  return readTags(line.object("product"));
}

function readTags(owner: Fields | null): string[] {
  return sortTags(owner?.optional("tags", z.array(z.string()).max(1_000)) ?? []);
}

function readPrice(line: Fields): Money | null {
  const money = line.object("originalUnitPriceSet")?.object("shopMoney");
  if (!money) return null;
  const [value, currency] = [money.optional("amount", amount), money.optional("currencyCode", currencyCode)];
  if (value === null || currency === null) return null;
  try {
    return readMoney(value, currency, `${money.path}.amount`);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return money.note("amount", "not an amount of money");
  }
}
