import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createAdminClient, startSandboxShopify } from "#tests/sandbox-tests/shopify/start-sandbox.ts";
import { topicOfEnum } from "#tests/sandbox/shopify/webhook-router.ts";

const clock = { now: () => new Date("2026-11-22T12:00:00.000Z") };
const running: ReturnType<typeof startSandboxShopify>[] = [];

function sandboxOf(options: Parameters<typeof startSandboxShopify>[0] = {}) {
  const sandbox = startSandboxShopify({ clock, ...options });
  running.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.stop();
});

describe("the demo shop", () => {
  test("is the same on every machine and holds every kind of parcel", () => {
    const [one, two] = [sandboxOf({ demo: { orders: 120, days: 60 } }), sandboxOf({ demo: { orders: 120, days: 60 } })];
    expect(one.store.records.orders).toEqual(two.store.records.orders);
    expect(one.store.records.fulfillments).toEqual(two.store.records.fulfillments);
    const { fulfillments, orders } = one.store.records;
    expect(orders).toHaveLength(120);
    expect(orders.every((order) => order.createdAt <= "2026-11-22T12" && order.createdAt >= "2026-09-23")).toBe(true);
    expect(orders.some((order) => order.cancelledAt !== null)).toBe(true);
    expect(fulfillments.some((fulfillment) => fulfillment.tracking.length === 2)).toBe(true);
    expect(fulfillments.some((fulfillment) => fulfillment.tracking.length === 0)).toBe(true);
    expect(orders.some((order) => one.store.fulfillmentsOf(order.id).length > 1)).toBe(true);
    const states = new Set(fulfillments.map((fulfillment) => fulfillment.displayStatus));
    for (const state of ["DELIVERED", "IN_TRANSIT", "FULFILLED"]) expect(states).toContain(state);
  });

  test("never ships more of a line than was ordered", () => {
    const { store } = sandboxOf({ demo: { orders: 120, days: 60 } });
    for (const order of store.records.orders) {
      for (const line of order.lines) expect(store.fulfilled(order, line)).toBeLessThanOrEqual(line.quantity);
    }
  });
});

test("a restart with a snapshot file keeps shops, tokens and ids", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  const snapshotPath = join(folder, "shopify.json");
  const first = startSandboxShopify({ clock, snapshotPath });
  await first.start();
  const order = first.shop.placeOrder();
  const grant = first.core.tokens.issue(first.store.facts.domain, {
    scope: "read_orders",
    expiring: true,
    online: false,
  });
  await first.stop();
  const second = sandboxOf({ snapshotPath });
  rmSync(folder, { recursive: true });
  expect(second.store.order(order.id)).toEqual(order);
  expect(second.core.tokens.use(second.store.facts.domain, grant.accessToken)?.scope).toBe("read_orders");
  expect(BigInt(second.shop.placeOrder().id.split("/").at(-1) ?? "")).toBeGreaterThan(
    BigInt(order.id.split("/").at(-1) ?? ""),
  );
});

describe("the control API", () => {
  const post = async (url: string, body: unknown): Promise<Record<string, unknown>> => {
    const headers = { "content-type": "application/json" };
    return (await (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json()) as Record<
      string,
      unknown
    >;
  };

  test("places, ships and follows an order, and says what it refuses", async () => {
    const sandbox = sandboxOf();
    const base = `${await sandbox.start()}/control/shops/northpeak-demo`;
    const order = await post(`${base}/place-order`, {});
    const tracking = [{ company: "UPS", number: "1Z999AA10123456784" }];
    const fulfillment = await post(`${base}/fulfil`, { order: order["name"], tracking });
    expect(fulfillment).toMatchObject({ name: `${String(order["name"])}.1`, displayStatus: "FULFILLED" });
    await post(`${base}/add-event`, { fulfillment: fulfillment["id"], status: "DELIVERED" });
    const { orders } = (await (await fetch(`${base}/orders?limit=1`)).json()) as { orders: Record<string, unknown>[] };
    expect(orders[0]).toMatchObject({
      name: order["name"],
      fulfillmentState: "FULFILLED",
      fulfillments: [{ displayStatus: "DELIVERED" }],
    });
    expect(await post(`${base}/fulfil`, { order: order["name"], tracking })).toEqual({
      error: expect.stringContaining("nothing left"),
    });
    expect(await post(`${base}/explode`, {})).toEqual({ error: "no action explode" });
  });

  test("changes scopes, lets API calls fail and logs them", async () => {
    const sandbox = sandboxOf();
    const base = `${await sandbox.start()}/control`;
    const ask = createAdminClient(sandbox);
    await post(`${base}/shops/northpeak-demo/scopes`, { scopes: ["read_products"] });
    const denied = await ask("query Denied { orders(first: 1) { nodes { id } } }");
    expect(denied.errors?.[0]?.extensions.code).toBe("ACCESS_DENIED");
    await post(`${base}/api`, { failures: [503] });
    expect(await ask("query Broken { shop { id } }")).toEqual({ errors: "The sandbox was told to fail" });
    expect((await ask("query Fine { shop { id } }")).errors).toBeUndefined();
    const { calls } = (await (await fetch(`${base}/calls`)).json()) as { calls: { what: string; status: number }[] };
    expect(calls.map((call) => [call.what, call.status])).toEqual([
      ["Fine", 200],
      ["Broken", 503],
      ["Denied", 200],
    ]);
  });
});

test("webhook topics of the API enum have their REST names", () => {
  const names = [
    "ORDERS_CREATE",
    "FULFILLMENT_EVENTS_CREATE",
    "APP_UNINSTALLED",
    "ORDERS_PARTIALLY_FULFILLED",
    "BULK_OPERATIONS_FINISH",
  ];
  expect(names.map(topicOfEnum)).toEqual([
    "orders/create",
    "fulfillment_events/create",
    "app/uninstalled",
    "orders/partially_fulfilled",
    "bulk_operations/finish",
  ]);
});
