import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createAdminClient,
  startSandboxShopify,
  type AdminResult,
} from "#tests/sandbox-tests/shopify/start-sandbox.ts";

const DEMO = "northpeak-demo.myshopify.com";
const SCOPES = ["write_orders", "write_fulfillments", "read_products"];
let now = new Date("2026-11-22T12:00:00.000Z");
const sandbox = startSandboxShopify({
  clock: { now: () => now },
  demo: { orders: 30, days: 80 },
  scopes: SCOPES,
  bucket: { maximum: 2000, restorePerSecond: 100 },
});
let ask: (query: string, variables?: Record<string, unknown>) => Promise<AdminResult>;

beforeAll(async () => {
  await sandbox.start();
  ask = createAdminClient(sandbox);
});
afterAll(() => sandbox.stop());

/** Lets the bucket fill up again. */
const rest = (): void => void (now = new Date(now.getTime() + 60_000));
const codes = (result: AdminResult): string[] => (result.errors ?? []).map((error) => error.extensions.code);

const PAGE = `query Page($first: Int!, $after: String, $query: String, $reverse: Boolean) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT, reverse: $reverse) {
    nodes { id name updatedAt createdAt } pageInfo { hasNextPage endCursor }
  }
}`;

interface OrderNode {
  id: string;
  name: string;
  updatedAt: string;
  createdAt: string;
}

async function allPages(variables: Record<string, unknown>): Promise<OrderNode[]> {
  const nodes: OrderNode[] = [];
  let after: string | null = null;
  for (let page = 0; page < 50; page += 1) {
    rest();
    const { data }: AdminResult = await ask(PAGE, { first: 4, after, ...variables });
    const orders = data["orders"] as unknown as {
      nodes: OrderNode[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    nodes.push(...orders.nodes);
    if (!orders.pageInfo.hasNextPage) return nodes;
    after = orders.pageInfo.endCursor;
  }
  throw new Error("the pages never end");
}

describe("orders", () => {
  test("come in pages without gap or repetition, oldest change first", async () => {
    const nodes = await allPages({});
    const visible = sandbox.store.records.orders.filter(
      (order) => Date.parse(order.createdAt) >= now.getTime() - 60 * 86_400_000,
    );
    expect(new Set(nodes.map((node) => node.id))).toEqual(new Set(visible.map((order) => order.id)));
    expect(nodes).toHaveLength(visible.length);
    expect(nodes.map((node) => node.updatedAt)).toEqual(nodes.map((node) => node.updatedAt).toSorted());
  });

  test("older than 60 days stay hidden without read_all_orders", async () => {
    const hidden = sandbox.store.records.orders[0];
    expect(Date.parse(hidden?.createdAt ?? "")).toBeLessThan(now.getTime() - 60 * 86_400_000);
    const { data } = await ask("query One($id: ID!) { order(id: $id) { id } }", { id: hidden?.id });
    expect(data["order"]).toBeNull();
  });

  test("are filtered by updated_at and created_at, and sorted backwards on request", async () => {
    const since = "2026-11-10T00:00:00Z";
    const changed = await allPages({ query: `updated_at:>='${since}'`, reverse: true });
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.every((node) => node.updatedAt >= since)).toBe(true);
    expect(changed.map((node) => node.updatedAt)).toEqual(
      changed
        .map((node) => node.updatedAt)
        .toSorted()
        .toReversed(),
    );
    const between = await allPages({ query: `created_at:>=2026-10-20 AND created_at:<2026-11-01` });
    expect(between.length).toBeGreaterThan(0);
    expect(between.every((node) => node.createdAt >= "2026-10-20" && node.createdAt < "2026-11-01")).toBe(true);
  });

  test("a search the sandbox cannot read is an error and not an unfiltered list", async () => {
    expect(codes(await ask(PAGE, { first: 1, query: "sku:NP-1" }))).toEqual(["SANDBOX_UNSUPPORTED"]);
  });
});

describe("cost", () => {
  test("follows Shopify's rule: a connection counts 2 + floor(2 ln n) times its content", async () => {
    rest();
    const { extensions } = await ask(PAGE, { first: 50 });
    expect(extensions.cost.requestedQueryCost).toBe(2 + 7);
    expect(extensions.cost.actualQueryCost).toBeLessThanOrEqual(9);
  });

  test("above 1000 points is refused before anything runs", async () => {
    const query = `{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { id product { id variants(first: 250) { nodes { id } } } } } } } }`;
    const { errors, data } = await ask(query);
    expect(errors?.[0]?.extensions.code).toBe("MAX_COST_EXCEEDED");
    expect(data).toBeUndefined();
  });

  test("an empty bucket throttles, and fills with time", async () => {
    rest();
    const { bucket } = sandbox.core.requireShop(DEMO);
    bucket.take(1995);
    const refused = await ask(PAGE, { first: 50 });
    expect(codes(refused)).toEqual(["THROTTLED"]);
    expect(refused.extensions.cost).toMatchObject({ requestedQueryCost: 9, actualQueryCost: null });
    now = new Date(now.getTime() + 1000);
    const answered = await ask(PAGE, { first: 50 });
    expect(answered.errors).toBeUndefined();
    expect(answered.extensions.cost.throttleStatus.currentlyAvailable).toBeLessThan(105);
  });
});

describe("errors", () => {
  test("an unknown field, a bad variable, a missing scope and a missing @idempotent have their codes", async () => {
    rest();
    expect(codes(await ask("{ shop { nickname } }"))).toEqual(["undefinedField"]);
    const event = { fulfillmentId: "gid://shopify/Fulfillment/1", status: "TELEPORTED" };
    const mutation = `mutation Add($event: FulfillmentEventInput!) { fulfillmentEventCreate(fulfillmentEvent: $event) { userErrors { field message } } }`;
    expect(codes(await ask(mutation, { event }))).toEqual(["INVALID_VARIABLE"]);
    const denied = await ask(`{ shop { id } orders(first: 1) { nodes { id customer { id } } } }`);
    expect(codes(denied)).toEqual(["ACCESS_DENIED"]);
    const refund = `mutation { refundCreate(input: { orderId: "gid://shopify/Order/1" }) { userErrors { message } } }`;
    expect((await ask(refund)).errors?.[0]?.message).toContain("@idempotent");
  });

  test("what the sandbox does not play says so", async () => {
    expect(codes(await ask("{ giftCardsCount { count } }"))[0]).toMatch(/SANDBOX_UNSUPPORTED|ACCESS_DENIED/);
    expect((await ask("{ shop { billingAddress { id } } }")).errors?.[0]?.message).toContain(
      "does not play Shop.billingAddress",
    );
  });

  test("an unknown or expired token is 401 with a text", async () => {
    const post = (token: string) =>
      fetch(`${sandbox.url}/admin/api/2026-10/graphql.json`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-loopback-shop": DEMO, "x-shopify-access-token": token },
        body: JSON.stringify({ query: "{ shop { id } }" }),
      });
    const grant = sandbox.core.tokens.issue(DEMO, { scope: "", expiring: true, online: false });
    expect((await post(grant.accessToken)).status).toBe(200);
    grant.expiresAt = now.getTime();
    const expired = await post(grant.accessToken);
    expect(expired.status).toBe(401);
    expect(await expired.json()).toEqual({ errors: expect.stringContaining("Invalid API key or access token") });
    expect((await post("shpat_unknown")).status).toBe(401);
  });
});

describe("write-back", () => {
  const EVENT = `mutation Add($event: FulfillmentEventInput!) {
    fulfillmentEventCreate(fulfillmentEvent: $event) { fulfillmentEvent { id status happenedAt } userErrors { field message } }
  }`;

  test("an event sets state and transit time of the fulfillment; nobody checks the order of events", async () => {
    rest();
    const order = sandbox.shop.placeOrder();
    const { id } = sandbox.shop.fulfil(order.id, [{ company: "UPS", number: "1Z999AA10123456784" }]);
    const happenedAt = "2026-11-21T08:00:00Z";
    const estimatedDeliveryAt = "2026-11-25T18:00:00Z";
    await ask(EVENT, { event: { fulfillmentId: id, status: "DELIVERED" } });
    const result = await ask(EVENT, {
      event: { fulfillmentId: id, status: "IN_TRANSIT", happenedAt, estimatedDeliveryAt },
    });
    expect(result.data["fulfillmentEventCreate"]).toMatchObject({
      userErrors: [],
      fulfillmentEvent: { status: "IN_TRANSIT", happenedAt },
    });
    const read = `query F($id: ID!) { fulfillment(id: $id) { displayStatus inTransitAt estimatedDeliveryAt trackingInfo { company url }
      events(first: 5, sortKey: HAPPENED_AT, reverse: true) { nodes { status } } } }`;
    const { data } = await ask(read, { id });
    expect(data["fulfillment"]).toEqual({
      displayStatus: "IN_TRANSIT",
      inTransitAt: happenedAt,
      estimatedDeliveryAt,
      trackingInfo: [{ company: "UPS", url: expect.stringContaining("ups.com") }],
      events: { nodes: [{ status: "DELIVERED" }, { status: "IN_TRANSIT" }] },
    });
  });

  test("an unknown fulfillment is a user error without a code", async () => {
    rest();
    const { data } = await ask(EVENT, { event: { fulfillmentId: "gid://shopify/Fulfillment/1", status: "DELIVERED" } });
    const userErrors = [{ field: ["fulfillmentEvent", "fulfillmentId"], message: "Fulfillment does not exist." }];
    expect(data["fulfillmentEventCreate"]).toEqual({ fulfillmentEvent: null, userErrors });
  });
});

describe("metafields", () => {
  const SET = `mutation Set($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) { metafields { namespace key compareDigest } userErrors { code field message } }
  }`;
  const state = (ownerId: string, value: string) => ({ ownerId, key: "delivery_state", value });

  test("are written to the app's own namespace and read back, guarded by the digest", async () => {
    rest();
    const { id } = sandbox.shop.placeOrder();
    const first = await ask(SET, { metafields: [state(id, `{"status":"in_transit"}`)] });
    expect(first.data["metafieldsSet"]).toMatchObject({ userErrors: [], metafields: [{ key: "delivery_state" }] });
    const stale = await ask(SET, { metafields: [{ ...state(id, "{}"), compareDigest: "old" }] });
    expect(stale.data["metafieldsSet"]).toMatchObject({ metafields: null, userErrors: [{ code: "STALE_OBJECT" }] });
    const read = `query R($id: ID!) { order(id: $id) { metafield(key: "delivery_state") { jsonValue } } }`;
    expect((await ask(read, { id })).data["order"]).toEqual({ metafield: { jsonValue: { status: "in_transit" } } });
  });

  test("one bad entry and none is written; more than 25 are refused", async () => {
    rest();
    const { id } = sandbox.shop.placeOrder();
    const mixed = await ask(SET, { metafields: [state(id, "{}"), state(id, "not json")] });
    expect(mixed.data["metafieldsSet"]).toMatchObject({ metafields: null, userErrors: [{ code: "INVALID_VALUE" }] });
    expect(sandbox.store.order(id)?.metafields).toEqual([]);
    const many = await ask(SET, { metafields: Array.from({ length: 26 }, () => state(id, "{}")) });
    expect(many.data["metafieldsSet"]).toMatchObject({ userErrors: [{ code: "LESS_THAN_OR_EQUAL_TO" }] });
  });
});
