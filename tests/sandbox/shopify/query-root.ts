import { connection } from "#tests/sandbox/shopify/connections.ts";
import { text, type AdminContext, type Arguments, type View } from "#tests/sandbox/shopify/graphql-context.ts";
import { searchPredicate, type SearchFields } from "#tests/sandbox/shopify/search-query.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import type { OrderRecord } from "#tests/sandbox/shopify/store-records.ts";
import { bulkView, subscriptionView } from "#tests/sandbox/shopify/views/bulk-view.ts";
import { customerView } from "#tests/sandbox/shopify/views/customer-view.ts";
import { fulfillmentView } from "#tests/sandbox/shopify/views/fulfillment-view.ts";
import { orderView } from "#tests/sandbox/shopify/views/order-view.ts";
import { productView } from "#tests/sandbox/shopify/views/product-view.ts";
import { installationView, locationView, shopView } from "#tests/sandbox/shopify/views/shop-view.ts";

const SIXTY_DAYS = 60 * 86_400_000;

function orderFields(context: AdminContext, order: OrderRecord): SearchFields {
  return {
    id: legacyId(order.id),
    name: order.name,
    created_at: order.createdAt,
    updated_at: order.updatedAt,
    processed_at: order.createdAt,
    email: order.email,
    tag: order.tags,
    status: ["any", order.cancelledAt ? "cancelled" : order.closedAt ? "closed" : "open"],
    financial_status: order.financialStatus,
    fulfillment_status:
      context.store.fulfillmentState(order) === "PARTIALLY_FULFILLED" ? "partial" : fulfillmentWord(context, order),
    test: "true",
  };
}

const fulfillmentWord = (context: AdminContext, order: OrderRecord): string =>
  context.store.fulfillmentState(order) === "FULFILLED" ? "shipped" : "unshipped";

/** Without `read_all_orders` an app sees the last 60 days only. */
function visibleOrders(context: AdminContext): OrderRecord[] {
  if (context.scopes.has("read_all_orders")) return context.store.records.orders;
  const since = new Date(context.store.clock.now().getTime() - SIXTY_DAYS).toISOString();
  return context.store.records.orders.filter((order) => order.createdAt >= since);
}

function orders(context: AdminContext, args: Arguments): View {
  const matches = searchPredicate(args["query"]);
  const sortKey = text(args, "sortKey");
  const sortValue = (order: OrderRecord): string => {
    if (sortKey === "UPDATED_AT") return order.updatedAt;
    return sortKey === "ID" || sortKey === "ORDER_NUMBER" ? String(order.number).padStart(9, "0") : order.createdAt;
  };
  const items = visibleOrders(context)
    .filter((order) => matches(orderFields(context, order)))
    .map((order) => ({ id: order.id, sortValue: sortValue(order), view: () => orderView(context, order) }));
  return connection(items, args, context.bulk);
}

/** Counting stops at `limit` (10,000 unless told), as Shopify's does. */
function ordersCount(context: AdminContext, args: Arguments): View {
  const matches = searchPredicate(args["query"]);
  const limit = typeof args["limit"] === "number" ? args["limit"] : 10_000;
  const found = visibleOrders(context).filter((order) => matches(orderFields(context, order))).length;
  return { count: Math.min(found, limit), precision: found > limit ? "AT_LEAST" : "EXACT" };
}

function products(context: AdminContext, args: Arguments): View {
  const matches = searchPredicate(args["query"]);
  const items = context.store.records.products
    .filter((product) => {
      const { title, vendor, tags, productType, createdAt } = product;
      return matches({ title, vendor, tag: tags, product_type: productType, status: "active", created_at: createdAt });
    })
    .map((product) => ({ id: product.id, sortValue: product.title, view: () => productView(context, product) }));
  return connection(items, args, context.bulk);
}

function bulkOperations(context: AdminContext, args: Arguments): View {
  const matches = searchPredicate(args["query"]);
  const items = context.store.records.bulk
    .filter((bulk) =>
      matches({ status: bulk.status, operation_type: "query", created_at: bulk.createdAt, id: legacyId(bulk.id) }),
    )
    .map((bulk) => ({ id: bulk.id, sortValue: bulk.createdAt, view: () => bulkView(context, bulk) }));
  return connection(items, args, context.bulk);
}

/** A row by gid, whatever its type; null when there is none. */
function node(context: AdminContext, id: string): View | null {
  const { store } = context;
  const [order, fulfillment, product] = [store.order(id), store.fulfillment(id), store.product(id)];
  const bulk = store.records.bulk.find((candidate) => candidate.id === id);
  const customer = store.customer(id);
  if (order) return orderView(context, order);
  if (fulfillment) return fulfillmentView(context, fulfillment);
  if (product) return productView(context, product);
  if (bulk) return bulkView(context, bulk);
  return customer ? customerView(context, customer) : null;
}

function oneOrder(context: AdminContext, id: string): View | null {
  const order = visibleOrders(context).find((candidate) => candidate.id === id);
  return order ? orderView(context, order) : null;
}

/** The root of every query the sandbox answers. */
export function queryRoot(context: AdminContext): View {
  const { store } = context;
  const byId = (args: Arguments, type: string) =>
    text(args, "id").includes(`/${type}/`) ? node(context, text(args, "id")) : null;
  return {
    shop: () => shopView(context),
    currentAppInstallation: () => installationView(context),
    orders: (args: Arguments) => orders(context, args),
    ordersCount: (args: Arguments) => ordersCount(context, args),
    order: (args: Arguments) => oneOrder(context, text(args, "id")),
    fulfillment: (args: Arguments) => byId(args, "Fulfillment"),
    customer: (args: Arguments) => byId(args, "Customer"),
    product: (args: Arguments) => byId(args, "Product"),
    products: (args: Arguments) => products(context, args),
    node: (args: Arguments) => node(context, text(args, "id")),
    nodes: (args: Arguments) => (Array.isArray(args["ids"]) ? args["ids"].map((id) => node(context, String(id))) : []),
    bulkOperation: (args: Arguments) => byId(args, "BulkOperation"),
    bulkOperations: (args: Arguments) => bulkOperations(context, args),
    locations: (args: Arguments) =>
      connection(
        [{ id: store.facts.locationId, sortValue: "", view: () => locationView(context) }],
        args,
        context.bulk,
      ),
    webhookSubscriptions: (args: Arguments) => {
      const items = store.records.apiSubscriptions.map((one) => ({
        id: one.id,
        sortValue: one.createdAt,
        view: () => subscriptionView(one),
      }));
      return connection(items, args, context.bulk);
    },
    deliveryPromiseSettings: () => ({ deliveryDatesEnabled: false, processingTime: "P1D" }),
  };
}
