import { beforeAll, expect, test } from "vitest";
import { continueRehearsal } from "#app/modules/notifications/rehearsal/run-rehearsal.server.ts";
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
  summary: { orders: number; byKind: { kind: string; count: number }[] } | null;
}

async function jsonOf<T>(route: RouteFunction, call: Partial<AdminCall> = {}): Promise<T> {
  const answer = await callRoute(route, { domain: shop.domain, url: "/app", ...call });
  return (await answer.json()) as T;
}

test("a rehearsal is started once, runs by itself, and shows every message with its reason; nothing is sent", async () => {
  const { shopId, shipmentId } = shop;
  const scan = { status: "in_transit", occurredAt: edge.clock.now() };
  await edge.services.db.forShop(shopId, (tx) => makeScans(tx, { shopId, shipmentId }, [scan]));
  edge.clock.advance(2 * HOUR);
  const { id } = await jsonOf<{ id: string }>(action, { form: { of: "published", days: "7" } });
  const again = await jsonOf<{ id: string }>(action, { form: { of: "published", days: "7" } });
  expect(again.id).toBe(id);
  expect((await jsonOf<{ run: Run }>(loader)).run).toMatchObject({ id, state: "queued", summary: null });
  const key = { shopId: shop.shopId, dryRunId: id };
  const before = await edge.services.db.forShop(shop.shopId, (tx) => tx.notification.count());
  while (await continueRehearsal({ ...edge.services, ...edge.services.rehearsal }, key));
  const { run } = await jsonOf<{ run: Run }>(loader);
  expect(run).toMatchObject({ id, state: "done", summary: { orders: 1 } });
  const list = await jsonOf<{ total: number; lines: { kind: string }[] }>(listLoader, { params: { runId: id } });
  expect(list.total).toBe(run.summary?.byKind.reduce((sum, { count }) => sum + count, 0));
  expect(list.lines.map(({ kind }) => kind)).toContain("shipped");
  expect(await edge.services.db.forShop(shop.shopId, (tx) => tx.notification.count())).toBe(before);
});
