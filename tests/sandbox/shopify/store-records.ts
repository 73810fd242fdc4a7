/** What the sandbox shop remembers. Ids are full gids, instants are UTC ISO strings, money is integer cents. */

export interface AddressRecord {
  firstName: string;
  lastName: string;
  company: string | null;
  address1: string;
  address2: string | null;
  city: string;
  province: string | null;
  provinceCode: string | null;
  zip: string;
  country: string;
  countryCode: string;
  phone: string | null;
  latitude: number | null;
  longitude: number | null;
}

export interface CustomerRecord {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string | null;
  locale: string;
  acceptsMarketing: boolean;
  acceptsTexts: boolean;
  tags: string[];
  createdAt: string;
  address: AddressRecord;
}

export interface VariantRecord {
  id: string;
  title: string;
  sku: string;
  priceCents: number;
  compareAtCents: number | null;
  grams: number;
}

export interface ProductRecord {
  id: string;
  handle: string;
  title: string;
  vendor: string;
  productType: string;
  tags: string[];
  colour: string;
  description: string;
  createdAt: string;
  variants: VariantRecord[];
}

export interface LineRecord {
  id: string;
  productId: string;
  variantId: string;
  title: string;
  variantTitle: string;
  sku: string;
  vendor: string;
  quantity: number;
  priceCents: number;
  grams: number;
  requiresShipping: boolean;
}

export interface OrderRecord {
  id: string;
  number: number;
  name: string;
  token: string;
  checkoutToken: string;
  confirmationNumber: string;
  createdAt: string;
  updatedAt: string;
  cancelledAt: string | null;
  cancelReason: string | null;
  closedAt: string | null;
  financialStatus: "PAID" | "REFUNDED" | "PENDING";
  tags: string[];
  customerId: string;
  email: string;
  phone: string | null;
  locale: string;
  acceptsMarketing: boolean;
  discountCodes: string[];
  shippingAddress: AddressRecord;
  shipping: { id: string; title: string; cents: number };
  taxRate: number;
  lines: LineRecord[];
  metafields: MetafieldRecord[];
}

export interface TrackingRecord {
  company: string | null;
  number: string | null;
  url: string | null;
}

export interface FulfillmentEventRecord {
  id: string;
  status: string;
  message: string | null;
  happenedAt: string;
  createdAt: string;
  estimatedDeliveryAt: string | null;
  address1: string | null;
  city: string | null;
  province: string | null;
  country: string | null;
  zip: string | null;
  latitude: number | null;
  longitude: number | null;
}

export interface FulfillmentRecord {
  id: string;
  orderId: string;
  name: string;
  status: "SUCCESS" | "CANCELLED";
  displayStatus: string;
  createdAt: string;
  updatedAt: string;
  inTransitAt: string | null;
  deliveredAt: string | null;
  estimatedDeliveryAt: string | null;
  tracking: TrackingRecord[];
  lines: { id: string; lineItemId: string; quantity: number }[];
  events: FulfillmentEventRecord[];
}

export interface MetafieldRecord {
  id: string;
  ownerId: string;
  namespace: string;
  key: string;
  type: string;
  value: string;
  createdAt: string;
  updatedAt: string;
}

export interface BulkRecord {
  id: string;
  query: string;
  status: "CREATED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED";
  createdAt: string;
  completedAt: string | null;
  objectCount: number;
  rootObjectCount: number;
  errorCode: string | null;
  result: string | null;
}

export interface ApiSubscriptionRecord {
  id: string;
  topic: string;
  uri: string;
  format: string;
  name: string | null;
  filter: string | null;
  includeFields: string[];
  metafieldNamespaces: string[];
  createdAt: string;
}

export interface ShopFacts {
  id: string;
  name: string;
  domain: string;
  email: string;
  owner: string;
  timeZone: string;
  currency: string;
  locale: string;
  orderPrefix: string;
  locationId: string;
  createdAt: string;
  customerAccounts: "NEW_CUSTOMER_ACCOUNTS" | "CLASSIC";
  address: AddressRecord;
}

export interface ShopRecords {
  facts: ShopFacts;
  /** Last number given out per gid type, as text because it may exceed 2^53. */
  counters: Record<string, string>;
  products: ProductRecord[];
  customers: CustomerRecord[];
  orders: OrderRecord[];
  fulfillments: FulfillmentRecord[];
  bulk: BulkRecord[];
  apiSubscriptions: ApiSubscriptionRecord[];
  installation: { id: string; installed: boolean; scopes: string[]; metafields: MetafieldRecord[] };
}
