import { legacyId } from "#app/lib/ids.ts";
import type { AdminApi, AdminRequest, AdminResult } from "#app/modules/shops/admin-api.ts";
import {
  historyNode,
  lineConnection,
  orderNode,
  type StoreEvent,
  type StoreFulfillment,
  type StoreOrder,
} from "#tests/fixtures/shopify/store-order.ts";

type Answer = AdminResult<unknown>;

/** A shop's Admin API with just the documents of the orders module, over orders held in memory. */
export class FakeShopify implements AdminApi {
  readonly orders = new Map<string, StoreOrder>();
  /** Names of the operations asked for, in order. */
  readonly calls: string[] = [];
  /** Of the variables that ask for what not every shop has granted, those that this one refuses. */
  readonly denied = new Set<string>();
  /** Answers given instead of the next ones; "lost" carries the call out and loses the answer. */
  readonly instead: (Answer | "lost")[] = [];
  /** Runs before each call is answered: a test can interfere or crash. */
  onCall: (name: string) => void | Promise<void> = () => undefined;
  pageSize = 50;
  #events = 0;

  async query<Data>(_shopId: string, request: AdminRequest): Promise<AdminResult<Data>> {
    const name = /(?:query|mutation) (\w+)/.exec(request.document)?.[1] ?? "";
    this.calls.push(name);
    await this.onCall(name);
    const instead = this.instead.shift();
    if (instead !== undefined && instead !== "lost") return instead as AdminResult<Data>;
    if (Object.entries(request.variables ?? {}).some(([key, value]) => value === true && this.denied.has(key))) {
      return { kind: "refused", message: "ACCESS_DENIED Access denied.", missingScope: true };
    }
    const data = this.#answer(name, request.variables ?? {});
    if (instead === "lost") return { kind: "unavailable", message: "connection reset" };
    return { kind: "ok", data: structuredClone(data) as Data };
  }

  #answer(name: string, variables: Record<string, unknown>): unknown {
    switch (name) {
      case "OrdersPage":
        return { orders: this.#page(variables) };
      case "OrdersCount":
        return { ordersCount: { count: this.#search(String(variables["query"])).length, precision: "EXACT" } };
      case "OrderRefresh": {
        const order = this.orders.get(legacyId(String(variables["id"])));
        return { order: order ? orderNode(order, { linesPerPage: 100, ...asked(variables) }) : null };
      }
      case "OrderLinesPage": {
        const order = this.orders.get(legacyId(String(variables["id"])));
        return {
          order: order && {
            lineItems: lineConnection(order, { from: Number(variables["after"]), count: 250, ...asked(variables) }),
          },
        };
      }
      case "FulfillmentHistory": {
        const found = this.findFulfillment(String(variables["id"]));
        return { fulfillment: found ? historyNode(found.order, found.fulfillment) : null };
      }
      case "FulfillmentEventAdd":
        return { fulfillmentEventCreate: this.#addEvent(variables["event"] as Record<string, string>) };
      default:
        throw new Error(`no such operation: ${name}`);
    }
  }

  findFulfillment(gid: string): { order: StoreOrder; fulfillment: StoreFulfillment } | null {
    for (const order of this.orders.values()) {
      const fulfillment = order.fulfillments.find((one) => one.id === legacyId(gid));
      if (fulfillment) return { order, fulfillment };
    }
    return null;
  }

  #search(query: string): StoreOrder[] {
    const match = /^(updated_at|created_at):>='([^']+)'$/.exec(query);
    if (!match?.[2]) throw new Error(`unreadable search: ${query}`);
    const since = new Date(match[2]).getTime();
    const field = match[1] === "updated_at" ? "updatedAt" : "createdAt";
    return [...this.orders.values()].filter((order) => new Date(order[field]).getTime() >= since);
  }

  /** Cursors name the last order of a page, as Shopify's do. */
  #page(variables: Record<string, unknown>) {
    const field = variables["sortKey"] === "UPDATED_AT" ? "updatedAt" : "createdAt";
    const key = (order: StoreOrder) => `${new Date(order[field]).toISOString()} ${order.id}`;
    const sorted = this.#search(String(variables["query"])).sort((a, b) => (key(a) < key(b) ? -1 : 1));
    if (variables["reverse"] === true) sorted.reverse();
    const after = variables["after"] as string | null;
    const past = (order: StoreOrder) =>
      after === null || (variables["reverse"] ? key(order) < after : key(order) > after);
    const rest = sorted.filter(past);
    const nodes = rest.slice(0, this.pageSize);
    const last = nodes.at(-1);
    return {
      nodes: nodes.map((order) => orderNode(order, asked(variables))),
      pageInfo: { hasNextPage: rest.length > nodes.length, endCursor: last ? key(last) : null },
    };
  }

  #addEvent(event: Record<string, string>) {
    const found = this.findFulfillment(event["fulfillmentId"] ?? "");
    if (!found) return { fulfillmentEvent: null, userErrors: [{ message: "Fulfillment does not exist." }] };
    const id = String(8_800_000 + (this.#events += 1));
    const added: StoreEvent = {
      id,
      status: String(event["status"]).toLowerCase(),
      message: event["message"] ?? null,
      happenedAt: event["happenedAt"] ?? new Date().toISOString(),
      createdAt: new Date().toISOString(),
    };
    found.fulfillment.events.push(added);
    found.fulfillment.nativeStatus = added.status;
    return { fulfillmentEvent: { id: `gid://shopify/FulfillmentEvent/${id}` }, userErrors: [] };
  }
}

const asked = (variables: Record<string, unknown>) => ({
  withProducts: variables["withProducts"] === true,
  withLocations: variables["withLocations"] === true,
});
