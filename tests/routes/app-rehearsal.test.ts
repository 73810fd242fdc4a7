import { beforeAll, expect, test } from "vitest";
import { continueRehearsal } from "#app/modules/notifications/rehearsal/run-rehearsal.server.ts";
import { eventRulesSchema, messageRulesSchema } from "#app/modules/notifications/message-rules.ts";
import { saveDraft } from "#app/modules/notifications/rule-sets.server.ts";
import { action, loader } from "#app/routes/app.messages_.rehearsal.tsx";
import { loader as listLoader } from "#app/routes/app.messages_.rehearsal_.$runId.tsx";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { makeScans } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { HOUR } from "#tests/support/test-clock.ts";
import { type AdminCall, callRoute, type RouteFunction } from "./admin-requests.ts";
import { type AdminWorld, makeAdminWorld } from "./admin-world.ts";

const edge = keepOpen(openRouteEdge);
let shop: AdminWorld;

beforeAll(async () => {
  shop = await makeAdminWorld(edge, "rehrsl");
});
interface Run {
  id: string;
  state: string;
  summary: {
    orders: number;
    byKind: { kind: string; outcome: string; count: number }[];
    difference: Record<string, number>;
    textCost: { total: { texts: number; micros: number }; basis: string; closed: string | null } | null;
  } | null;
}

interface List {
  total: number;
  lines: { kind: string; channel: string; outcome: string; rule: string | null; difference: string | null }[];
}

async function jsonOf<T>(route: RouteFunction, call: Partial<AdminCall> = {}): Promise<T> {
  const answer = await callRoute(route, { domain: shop.domain, url: "/app", ...call });
  return (await answer.json()) as T;
}

const begin = async (of: string) => (await jsonOf<{ id: string }>(action, { form: { of, days: "7" } })).id;

async function runToEnd(dryRunId: string) {
  const deps = { ...edge.services, ...edge.services.rehearsal };
  while (await continueRehearsal(deps, { shopId: shop.shopId, dryRunId }));
}

test("a rehearsal is started once, runs by itself, and shows every message with its reason; nothing is sent", async () => {
  const { shopId, shipmentId } = shop;
  const scan = { status: "in_transit", occurredAt: edge.clock.now() };
  await edge.services.db.forShop(shopId, (tx) => makeScans(tx, { shopId, shipmentId }, [scan]));
  edge.clock.advance(2 * HOUR);
  const id = await begin("published");
  const again = await jsonOf<{ id: string }>(action, { form: { of: "published", days: "7" } });
  expect(again.id).toBe(id);
  expect((await jsonOf<{ run: Run }>(loader)).run).toMatchObject({ id, state: "queued", summary: null });
  const before = await edge.services.db.forShop(shop.shopId, (tx) => tx.notification.count());
  await runToEnd(id);
  const { run } = await jsonOf<{ run: Run }>(loader);
  expect(run).toMatchObject({ id, state: "done", summary: { orders: 1 } });
  const list = await jsonOf<List>(listLoader, { params: { runId: id } });
  expect(list.total).toBe(run.summary?.byKind.reduce((sum, { count }) => sum + count, 0));
  expect(list.lines.map(({ kind }) => kind)).toContain("shipped");
  const said = await jsonOf<List>(listLoader, { params: { runId: id }, url: "/app?outcome=said" });
  const isSaid = ({ outcome }: { outcome: string }) => outcome === "sent" || outcome === "waiting";
  expect(said.lines).toEqual(list.lines.filter(isSaid));
  expect(said.total).toBeGreaterThan(0);
  expect(await edge.services.db.forShop(shop.shopId, (tx) => tx.notification.count())).toBe(before);
});

test("a draft is laid beside the published rules: what it no longer sends, what it sends anew, and what that costs", async () => {
  const { shopId } = shop;
  const { db, clock } = edge.services;
  await db.forShop(shopId, async (tx) => {
    const texted = eventRulesSchema.parse({ on: true, channels: ["sms"] });
    await saveDraft(tx, clock, { shopId, rules: messageRulesSchema.parse({ events: { shipped: texted } }) });
    await tx.order.updateMany({ where: { shopId }, data: { phone: "+15128670123" } });
  });
  // Of two runs of one instant neither would be the newer.
  edge.clock.advance(HOUR);
  const id = await begin("draft");
  await runToEnd(id);
  const { run } = await jsonOf<{ run: Run }>(loader);
  expect(run.summary?.difference).toEqual({ added: 1, removed: 1 });
  const removed = await jsonOf<List>(listLoader, { params: { runId: id }, url: "/app?difference=removed" });
  expect(removed.lines).toMatchObject([{ kind: "shipped", channel: "email", outcome: "gone", rule: null }]);
  const added = await jsonOf<List>(listLoader, { params: { runId: id }, url: "/app?difference=added" });
  expect(added.lines).toMatchObject([
    { kind: "shipped", channel: "sms", outcome: expect.stringMatching(/sent|waiting/) as string },
  ]);
  // No price has been accepted yet: what the texts would cost is asked before that is done.
  expect(run.summary?.textCost).toMatchObject({ basis: "list", closed: "price_not_accepted", total: { texts: 1 } });
  expect(run.summary?.textCost?.total.micros).toBeGreaterThan(0);
});
