import { createHash } from "node:crypto";
import type {
  CustomerRecord,
  FulfillmentRecord,
  LineRecord,
  OrderRecord,
  ProductRecord,
  ShopFacts,
  ShopRecords,
} from "#tests/sandbox/shopify/store-records.ts";
import type { Clock } from "#app/lib/clock.ts";

/** About 13 digits, as Shopify's own; `huge` lies above 2^53, as in Shopify's samples. */
const FIRST_ID = { usual: 6_021_844_779_231n, huge: 820_982_911_946_154_508n };
const ID_STEP = 32_768n;

export interface ShopStoreOptions {
  facts: ShopFacts;
  clock: Clock;
  scopes: string[];
  hugeIds: boolean;
}

/** The rows of one shop and the ways to find them. It knows nothing of HTTP, GraphQL or webhooks. */
export class ShopStore {
  readonly clock: Clock;
  records: ShopRecords;
  /** Set by the sandbox: told after every change, so that the snapshot can be written. */
  onChange: () => void = () => undefined;
  readonly #firstId: bigint;

  constructor(options: ShopStoreOptions) {
    this.clock = options.clock;
    this.#firstId = options.hugeIds ? FIRST_ID.huge : FIRST_ID.usual;
    this.records = {
      facts: options.facts,
      counters: {},
      products: [],
      customers: [],
      orders: [],
      fulfillments: [],
      bulk: [],
      apiSubscriptions: [],
      installation: { id: "", installed: true, scopes: options.scopes, metafields: [] },
    };
    this.records.installation.id = this.nextId("AppInstallation");
  }

  get facts(): ShopFacts {
    return this.records.facts;
  }

  now(): string {
    return this.clock.now().toISOString();
  }

  /** A fresh gid of a type, never given out twice, also after a restore. */
  nextId(type: string): string {
    const offset = BigInt(parseInt(createHash("sha1").update(type).digest("hex").slice(0, 8), 16));
    const last = this.records.counters[type];
    const next = last === undefined ? this.#firstId + offset : BigInt(last) + ID_STEP;
    this.records.counters[type] = String(next);
    return `gid://shopify/${type}/${next}`;
  }

  order(id: string): OrderRecord | undefined {
    return this.records.orders.find((order) => order.id === id);
  }

  orderByName(name: string): OrderRecord | undefined {
    return this.records.orders.find((order) => order.name === name || String(order.number) === name);
  }

  fulfillment(id: string): FulfillmentRecord | undefined {
    return this.records.fulfillments.find((fulfillment) => fulfillment.id === id);
  }

  fulfillmentsOf(orderId: string): FulfillmentRecord[] {
    return this.records.fulfillments.filter((fulfillment) => fulfillment.orderId === orderId);
  }

  product(id: string): ProductRecord | undefined {
    return this.records.products.find((product) => product.id === id);
  }

  customer(id: string): CustomerRecord | undefined {
    return this.records.customers.find((customer) => customer.id === id);
  }

  /** How many of a line are still to ship: ordered minus what live fulfillments hold. */
  fulfillable(order: OrderRecord, line: LineRecord): number {
    if (order.cancelledAt) return 0;
    return line.quantity - this.fulfilled(order, line);
  }

  fulfilled(order: OrderRecord, line: LineRecord): number {
    return this.fulfillmentsOf(order.id)
      .filter((fulfillment) => fulfillment.status === "SUCCESS")
      .flatMap((fulfillment) => fulfillment.lines)
      .filter((held) => held.lineItemId === line.id)
      .reduce((sum, held) => sum + held.quantity, 0);
  }

  fulfillmentState(order: OrderRecord): "UNFULFILLED" | "PARTIALLY_FULFILLED" | "FULFILLED" {
    const wanted = order.lines.reduce((sum, line) => sum + line.quantity, 0);
    const done = order.lines.reduce((sum, line) => sum + this.fulfilled(order, line), 0);
    if (done === 0) return "UNFULFILLED";
    return done < wanted ? "PARTIALLY_FULFILLED" : "FULFILLED";
  }
}

/** The number at the end of a gid, as text: it may exceed 2^53. */
export function legacyId(gid: string): string {
  return gid.slice(gid.lastIndexOf("/") + 1);
}
