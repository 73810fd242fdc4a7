import { connection } from "#tests/sandbox/shopify/connections.ts";
import { instant, type AdminContext, type Arguments, type View } from "#tests/sandbox/shopify/graphql-context.ts";
import { decimal, orderAmounts } from "#tests/sandbox/shopify/order-amounts.ts";
import { statusPageUrl } from "#tests/sandbox/shopify/rest/rest-order.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import type { AddressRecord, LineRecord, OrderRecord } from "#tests/sandbox/shopify/store-records.ts";
import { customerView } from "#tests/sandbox/shopify/views/customer-view.ts";
import { fulfillmentView } from "#tests/sandbox/shopify/views/fulfillment-view.ts";
import { fulfillmentOrders } from "#tests/sandbox/shopify/views/fulfillment-order-view.ts";
import { metafieldView } from "#tests/sandbox/shopify/views/metafield-view.ts";
import { productView, variantView } from "#tests/sandbox/shopify/views/product-view.ts";

export function moneyBag(cents: number, currency: string): View {
  const money = { amount: decimal(cents), currencyCode: currency };
  return { shopMoney: money, presentmentMoney: money };
}

export function addressView(address: AddressRecord): View {
  return {
    ...address,
    name: `${address.firstName} ${address.lastName}`,
    countryCodeV2: address.countryCode,
    countryCode: address.countryCode,
  };
}

export function lineView(context: AdminContext, order: OrderRecord, line: LineRecord): View {
  const currency = context.store.facts.currency;
  const product = context.store.product(line.productId);
  const variant = product?.variants.find((candidate) => candidate.id === line.variantId);
  const current = order.cancelledAt ? 0 : line.quantity;
  return {
    __typename: "LineItem",
    id: line.id,
    name: `${line.title} - ${line.variantTitle}`,
    title: line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity: current,
    refundableQuantity: current,
    unfulfilledQuantity: context.store.fulfillable(order, line),
    fulfillableQuantity: context.store.fulfillable(order, line),
    requiresShipping: line.requiresShipping,
    isGiftCard: false,
    taxable: true,
    customAttributes: [],
    image: product ? { altText: product.title, url: `${context.baseUrl}/images/${product.handle}.svg` } : null,
    originalUnitPriceSet: moneyBag(line.priceCents, currency),
    discountedUnitPriceSet: moneyBag(line.priceCents, currency),
    discountedUnitPriceAfterAllDiscountsSet: moneyBag(line.priceCents, currency),
    product: () => (product ? productView(context, product) : null),
    variant: () => (product && variant ? variantView(context, product, variant) : null),
  };
}

const firstOf = (args: Arguments): number =>
  typeof args["first"] === "number" ? args["first"] : Number.MAX_SAFE_INTEGER;

function relations(context: AdminContext, order: OrderRecord): View {
  const { store } = context;
  return {
    customer: () => {
      const customer = store.customer(order.customerId);
      return customer ? customerView(context, customer) : null;
    },
    fulfillments: (args: Arguments) =>
      store
        .fulfillmentsOf(order.id)
        .slice(0, firstOf(args))
        .map((fulfillment) => fulfillmentView(context, fulfillment)),
    lineItems: (args: Arguments) => {
      const items = order.lines.map((line, index) => ({
        id: line.id,
        sortValue: String(index).padStart(6, "0"),
        view: () => lineView(context, order, line),
      }));
      return connection(items, args, context.bulk);
    },
    fulfillmentOrders: (args: Arguments) => fulfillmentOrders(context, order, args),
    fulfillmentsCount: () => ({ count: store.fulfillmentsOf(order.id).length, precision: "EXACT" }),
    metafield: (args: Arguments) => metafieldView(context, order.metafields, args),
  };
}

function states(context: AdminContext, order: OrderRecord): View {
  return {
    createdAt: instant(order.createdAt),
    processedAt: instant(order.createdAt),
    updatedAt: instant(order.updatedAt),
    cancelledAt: instant(order.cancelledAt),
    cancelReason: order.cancelReason,
    closedAt: instant(order.closedAt),
    closed: order.closedAt !== null,
    confirmed: true,
    test: true,
    displayFinancialStatus: order.financialStatus,
    displayFulfillmentStatus: context.store.fulfillmentState(order),
    returnStatus: "NO_RETURN",
  };
}

function amountFields(order: OrderRecord, currency: string): View {
  const amounts = orderAmounts(order);
  return {
    totalPriceSet: moneyBag(amounts.total, currency),
    currentTotalPriceSet: moneyBag(order.cancelledAt ? 0 : amounts.total, currency),
    subtotalPriceSet: moneyBag(amounts.subtotal, currency),
    totalShippingPriceSet: moneyBag(amounts.shipping, currency),
    totalTaxSet: moneyBag(amounts.tax, currency),
  };
}

export function orderView(context: AdminContext, order: OrderRecord): View {
  const currency = context.store.facts.currency;
  return {
    __typename: "Order",
    id: order.id,
    legacyResourceId: legacyId(order.id),
    name: order.name,
    number: order.number - 1000,
    confirmationNumber: order.confirmationNumber,
    checkoutToken: order.checkoutToken,
    ...states(context, order),
    sourceName: "web",
    tags: order.tags,
    note: null,
    customAttributes: [],
    email: order.email,
    phone: order.phone,
    customerLocale: order.locale,
    customerAcceptsMarketing: order.acceptsMarketing,
    currencyCode: currency,
    presentmentCurrencyCode: currency,
    requiresShipping: true,
    statusPageUrl: statusPageUrl(context.store, order),
    discountCodes: order.discountCodes,
    ...amountFields(order, currency),
    shippingAddress: addressView(order.shippingAddress),
    billingAddress: addressView(order.shippingAddress),
    shippingLine: {
      id: order.shipping.id,
      title: order.shipping.title,
      code: order.shipping.title,
      source: "shopify",
      carrierIdentifier: null,
      deliveryCategory: null,
      originalPriceSet: moneyBag(order.shipping.cents, currency),
      discountedPriceSet: moneyBag(order.shipping.cents, currency),
    },
    ...relations(context, order),
  };
}
