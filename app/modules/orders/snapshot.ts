import type { Money } from "#app/lib/money.ts";

/** Where our knowledge of an order comes from. Nothing is ever sent to a shopper for what was imported. */
export type Origin = "live" | "import";

/** An order as Shopify tells it, whether by webhook body or by GraphQL; ids are full gids. */
export interface OrderSnapshot {
  id: string;
  name: string;
  confirmationNumber: string | null;
  checkoutToken: string | null;
  customerId: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  /** Agreed to advertising by mail when ordering. */
  emailMarketing: boolean;
  /** What only the customer's own record says; null when the source did not carry it. */
  customer: CustomerFacts | null;
  total: Money;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  shipTo: ShipTo | null;
  shippingTitle: string | null;
  tags: string[];
  test: boolean;
  requiresShipping: boolean;
  placedAt: Date;
  cancelledAt: Date | null;
  /** Shopify's `updated_at`: an older snapshot never overwrites a newer one. */
  updatedAt: Date;
  /** Null when the source did not carry them. */
  lines: OrderLineSnapshot[] | null;
  fulfillments: FulfillmentSnapshot[] | null;
}

export interface CustomerFacts {
  tags: string[];
  /** Agreed to advertising by text. */
  smsMarketing: boolean;
}

/** The little we keep of an address: no street. */
export interface ShipTo {
  name: string | null;
  city: string | null;
  provinceCode: string | null;
  postalCode: string | null;
  countryCode: string | null;
  /** Where the order is told by mail, the checkout asks for a number here alone. */
  phone: string | null;
}

/** Where a fulfillment left from: as much of the address as a way depends on. */
export interface ShipFrom {
  /** Its own address, or that of its location, which never overwrites the first. */
  source: "origin" | "location";
  countryCode: string;
  provinceCode: string | null;
  postalCode: string | null;
}

export interface OrderLineSnapshot {
  id: string;
  title: string;
  variantTitle: string | null;
  sku: string | null;
  quantity: number;
  price: Money | null;
  imageUrl: string | null;
  requiresShipping: boolean;
  /** Null when the source did not carry them; empty where there is no product (any more). */
  productTags: string[] | null;
}

export interface FulfillmentSnapshot {
  id: string;
  orderId: string;
  name: string | null;
  /** success | cancelled | error | failure | open | pending */
  status: string;
  /** Shopify's own delivery status in lower case ("in_transit"), or null. */
  nativeStatus: string | null;
  nativeDeliveredAt: Date | null;
  estimatedDeliveryAt: Date | null;
  /** Null when the source did not say. */
  shipFrom: ShipFrom | null;
  tracking: TrackingInfo[];
  lines: { lineId: string; quantity: number }[];
  createdAt: Date;
  updatedAt: Date;
}

export interface TrackingInfo {
  company: string | null;
  number: string;
  url: string | null;
}
