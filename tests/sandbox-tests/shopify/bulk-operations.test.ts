import { afterAll, beforeAll, expect, test } from "vitest";
import {
  createAdminClient,
  startSandboxShopify,
  type AdminResult,
} from "#tests/sandbox-tests/shopify/start-sandbox.ts";

const sandbox = startSandboxShopify({ demo: { orders: 12, days: 30 }, bulkDelayMs: 5 });
let ask: (query: string, variables?: Record<string, unknown>) => Promise<AdminResult>;

beforeAll(async () => {
  await sandbox.start();
  ask = createAdminClient(sandbox);
});
afterAll(() => sandbox.stop());

const RUN = `mutation Run($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: false) { bulkOperation { id status } userErrors { code message } }
}`;
const STATUS = `query Status($id: ID!) { bulkOperation(id: $id) { status objectCount rootObjectCount url } }`;
const ORDERS = `{ orders(query: "created_at:>='2020-01-01'") { edges { node { id name fulfillments { id trackingInfo { number } }
  lineItems { edges { node { id title } } } } } } }`;

async function finish(
  query: string,
): Promise<{ id: string; status: string; url: string | null; objectCount: string; rootObjectCount: string }> {
  const started = await ask(RUN, { query });
  const { bulkOperation } = started.data["bulkOperationRunQuery"] as unknown as {
    bulkOperation: { id: string; status: string };
  };
  expect(bulkOperation.status).toBe("CREATED");
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { data } = await ask(STATUS, { id: bulkOperation.id });
    const state = data["bulkOperation"] as unknown as Awaited<ReturnType<typeof finish>>;
    if (!["CREATED", "RUNNING"].includes(state.status)) return { ...state, id: bulkOperation.id };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error("the bulk operation never ends");
}

test("writes one line per node, children after their parent with __parentId, lists inside it", async () => {
  const state = await finish(ORDERS);
  expect(state).toMatchObject({ status: "COMPLETED", rootObjectCount: "12" });
  const text = await (await fetch(state.url ?? "")).text();
  const rows = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows).toHaveLength(Number(state.objectCount));
  const orders = rows.filter((row) => row["__parentId"] === undefined);
  expect(orders.map((row) => row["name"]).toSorted()).toEqual(
    sandbox.store.records.orders.map((order) => order.name).toSorted(),
  );
  expect(orders.every((row) => Array.isArray(row["fulfillments"]) && !("lineItems" in row))).toBe(true);
  const lines = rows.filter((row) => row["__parentId"] !== undefined);
  expect(lines).toHaveLength(sandbox.store.records.orders.reduce((sum, order) => sum + order.lines.length, 0));
  const finished = sandbox.webhooks.deliveries.find((delivery) => delivery.topic === "bulk_operations/finish");
  expect(JSON.parse(finished?.body ?? "{}")).toMatchObject({
    admin_graphql_api_id: state.id,
    status: "completed",
    type: "query",
  });
});

test.each([
  [
    "a connection inside a list",
    "{ orders { edges { node { id fulfillments { events { edges { node { id } } } } } } } }",
    "within a list field",
  ],
  ["nodes instead of edges", "{ orders { nodes { id } } }", "edges"],
  ["a top-level node", `{ node(id: "gid://shopify/Order/1") { id } orders { edges { node { id } } } }`, "top level"],
  ["no connection", "{ shop { id } }", "at least one connection"],
  ["an unknown field", "{ orders { edges { node { id nickname } } } }", "nickname"],
  ["variables", "query Q($q: String) { orders(query: $q) { edges { node { id } } } }", "variables"],
])("refuses %s", async (_name, query, message) => {
  const { data } = await ask(RUN, { query });
  const payload = data["bulkOperationRunQuery"] as unknown as {
    bulkOperation: null;
    userErrors: { code: string; message: string }[];
  };
  expect(payload.bulkOperation).toBeNull();
  expect(payload.userErrors[0]?.code).toBe("INVALID");
  expect(payload.userErrors[0]?.message).toContain(message);
});

test("the sixth operation at once is refused", async () => {
  const slow = startSandboxShopify({ bulkDelayMs: 60_000 });
  await slow.start();
  const run = createAdminClient(slow);
  const codes = [];
  for (let index = 0; index < 6; index += 1) {
    const { data } = await run(RUN, { query: ORDERS });
    const payload = data["bulkOperationRunQuery"] as unknown as { userErrors: { code: string }[] };
    codes.push(payload.userErrors[0]?.code);
  }
  await slow.stop();
  expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, "OPERATION_IN_PROGRESS"]);
});
