import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { callRoute, type RouteFunction } from "./admin-requests.ts";
import { type AdminWorld, makeAdminWorld, snapshotOf } from "./admin-world.ts";

/*
 * Every route of the admin is called as shop B with the ids of shop A. The table is held against the files of app/routes:
 * a new route fails here until it says which ids it takes, in its path, its query and its forms.
 */

interface Crossing {
  run: "loader" | "action";
  params?: Record<string, string>;
  query?: Record<string, string>;
  form?: Record<string, string>;
  /** 404 where the id is the question itself; 200 where the answer merely must hold nothing of the other shop. */
  status: 200 | 302 | 400 | 404 | 409;
}

type Crossings = (other: AdminWorld) => Crossing[];

const nothing: Crossings = () => [{ run: "loader", status: 200 }];
const settingsForm = (form: Record<string, string>): Crossings => {
  return () => [
    { run: "loader", status: 200 },
    { run: "action", form, status: 200 },
  ];
};

const ONE_BLOCK = '{"subject":{},"preheader":{},"blocks":[{"id":"a","type":"divider"}]}';

const ADMIN: Readonly<Record<string, Crossings>> = {
  "app.tsx": nothing,
  "app.$.tsx": () => [{ run: "loader", status: 404 }],
  "app._index.tsx": settingsForm({ intent: "dismiss", card: "setup" }),
  "app.shipments._index.tsx": (other) => [
    { run: "loader", status: 200 },
    { run: "loader", query: { q: other.marks[1] ?? "" }, status: 200 },
    { run: "loader", query: { scan: "ups:X" }, status: 200 },
    { run: "loader", query: { tab: "risk", risk: "any" }, status: 200 },
    { run: "loader", query: { cursor: `before_0_${other.shipmentId}` }, status: 200 },
    { run: "action", form: { intent: "rename", id: other.viewId, name: "Mine" }, status: 404 },
    { run: "action", form: { intent: "remove", id: other.viewId }, status: 404 },
  ],
  "app.shipments.$shipmentId.tsx": ({ shipmentId }) => [
    { run: "loader", params: { shipmentId }, status: 404 },
    { run: "action", params: { shipmentId }, form: {}, status: 404 },
  ],
  "app.shipments_.$shipmentId_.events.$fingerprint.ts": ({ shipmentId, fingerprint }) => [
    { run: "loader", params: { shipmentId, fingerprint }, status: 404 },
  ],
  "app.foresight.tsx": nothing,
  "app.settings.promise.tsx": settingsForm({ processingDays: "2" }),
  "app.settings_.promise_.preview.ts": () => [{ run: "loader", query: { place: "US" }, status: 200 }],
  "app.settings.forecasts.tsx": settingsForm({ pool: "true" }),
  "app.settings._index.tsx": nothing,
  "app.settings.brand.tsx": settingsForm({ displayName: "B" }),
  "app.settings.sender.tsx": ({ domainId, domainName }) => [
    { run: "loader", status: 200 },
    { run: "action", form: { fromName: "B" }, status: 200 },
    { run: "action", form: { fromAddress: `a@${domainName}` }, status: 200 },
    { run: "action", form: { intent: "check", domainId }, status: 200 },
    { run: "action", form: { intent: "remove", domainId }, status: 200 },
    { run: "action", form: { intent: "add", name: domainName, region: "us-east-1" }, status: 200 },
  ],
  "app.settings.messages.tsx": settingsForm({ live: "true" }),
  "app.settings_.messages_.digest.ts": nothing,
  "app.settings.sms.tsx": () => [
    { run: "loader", status: 200 },
    ...["connect", "test", "accept_prices", "consent", "caps", "switch_on", "switch_off", "remove", ""].map(
      (intent) => {
        return { run: "action", form: { intent, countries: "US", wording: "Ours" }, status: 200 } as const;
      },
    ),
  ],
  "app.settings.privacy.tsx": settingsForm({ keepBuyerDataDays: "30" }),
  "app.settings.carriers._index.tsx": ({ accountId }) => [
    { run: "loader", status: 200 },
    { run: "action", form: { intent: "order", accountIds: accountId }, status: 409 },
  ],
  "app.settings.carriers.codes.tsx": ({ code, mappingId }) => [
    { run: "loader", status: 200 },
    { run: "action", form: { intent: "map", carrier: "ups", code, status: "delivered", subStatus: "" }, status: 404 },
    { run: "action", form: { intent: "undo", mappingId }, status: 404 },
  ],
  "app.settings.carriers.new.$carrier.tsx": ({ accountId }) => [
    { run: "loader", params: { carrier: accountId }, status: 404 },
    { run: "action", params: { carrier: accountId }, form: { intent: "save" }, status: 404 },
  ],
  "app.settings.carriers.$accountId.tsx": ({ accountId }) => [
    { run: "loader", params: { accountId }, status: 404 },
    ...["save", "test", "test_stored", "switch_on", "switch_off", "remove"].map((intent) => {
      return { run: "action", params: { accountId }, form: { intent, label: "Mine" }, status: 404 } as const;
    }),
  ],
  "app.messages.tsx": (other) => [
    { run: "loader", status: 200 },
    { run: "loader", query: { after: other.messageId }, status: 200 },
    { run: "loader", query: { person: other.messageId }, status: 200 },
    { run: "loader", query: { order: other.orderId }, status: 200 },
    { run: "loader", query: { q: `${other.marks[0]}@example.com` }, status: 200 },
  ],
  "app.messages_.$messageId.tsx": ({ messageId, orderId }) => [
    { run: "loader", params: { messageId }, status: 404 },
    ...[
      { intent: "repeat", reason: "x", requestId: "00000000-0000" },
      { intent: "block" },
      { intent: "unblock" },
      { intent: "mute", type: "order", subjectId: orderId },
    ].map((form) => ({ run: "action", params: { messageId }, form, status: 404 }) as const),
  ],
  "app.messages_.performance.tsx": nothing,
  "app.messages_.rehearsal.tsx": settingsForm({ of: "published", days: "7" }),
  "app.messages_.events.tsx": settingsForm({ intent: "toggle", key: "held_customs", on: "true" }),
  "app.messages_.events_.$kind_.rules.tsx": () => [
    { run: "loader", params: { kind: "not_a_kind" }, status: 404 },
    { run: "action", params: { kind: "not_a_kind" }, form: { intent: "save" }, status: 404 },
  ],
  "app.messages_.rehearsal_.$runId.tsx": ({ dryRunId }) => [
    { run: "loader", params: { runId: dryRunId }, status: 404 },
  ],
  "app.messages_.export.ts": ({ messageId, orderId }) => [
    { run: "loader", query: { person: messageId }, status: 200 },
    { run: "loader", query: { order: orderId }, status: 200 },
  ],
  "app.messages_.events_.$kind.tsx": ({ orderId }) => [
    { run: "loader", params: { kind: "shipped" }, status: 200 },
    { run: "loader", params: { kind: orderId }, status: 404 },
    {
      run: "action",
      params: { kind: "shipped" },
      form: { intent: "restore", channel: "email", number: "9" },
      status: 404,
    },
    {
      ...{ run: "action", params: { kind: "shipped" }, status: 404 },
      form: { intent: "test", channel: "email", sample: `order:${orderId}`, document: ONE_BLOCK },
    },
  ],
  "app.messages_.events_.$kind_.preview.ts": ({ orderId }) => [
    {
      ...{ run: "action", params: { kind: "shipped" }, status: 404 },
      form: { channel: "sms", sample: `order:${orderId}`, document: "{}" },
    },
  ],
  "app.orders.tsx": () => [
    { run: "loader", status: 200 },
    { run: "loader", query: { cursor: "after_0_1" }, status: 200 },
  ],
  "app.deliveries.tsx": ({ deliveryId }) => [
    { run: "loader", status: 200 },
    { run: "loader", query: { after: `${deliveryId}z` }, status: 200 },
    { run: "action", form: { deliveryId }, status: 404 },
  ],
  "app.privacy.$requestId.ts": ({ requestId }) => [{ run: "loader", params: { requestId }, status: 404 }],
};

/** Routes that no session token opens, and where their own crossings are tested. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "_index.tsx": "knows no shop",
  "auth.$.tsx": "the library's own pages",
  "health.live.ts": "knows no shop",
  "health.ready.ts": "knows no shop",
  "api.order-status.ts": "tests/modules/storefront",
  "proxy.track._index.ts": "tests/modules/storefront",
  "proxy.track.$token.ts": "tests/modules/storefront",
  "webhooks.shopify.ts": "tests/routes/webhooks.shopify.test.ts",
  "proxy.go.$token.ts": "tests/modules/notifications/links",
  "proxy.unsubscribe.$token.ts": "tests/modules/notifications/unsubscribe",
  "webhooks.resend.ts": "tests/routes/webhooks.resend.test.ts",
  "webhooks.twilio.$token.ts": "tests/routes/webhooks.twilio.test.ts",
  "webhooks.carriers.$carrier.$token.ts": "tests/routes/webhooks.carriers.test.ts",
};

const ROUTES = join(import.meta.dirname, "../../app/routes");
const files = readdirSync(ROUTES).filter((file) => /[.]tsx?$/.test(file));

const edge = keepOpen(openRouteEdge);
let mine: AdminWorld;
let other: AdminWorld;

beforeAll(async () => {
  other = await makeAdminWorld(edge, "qzvkaa");
  mine = await makeAdminWorld(edge, "xwjpbb");
});

describe("the table of routes", () => {
  it("names every file of app/routes, and no other", () => {
    expect([...Object.keys(ADMIN), ...Object.keys(ELSEWHERE)].sort()).toEqual([...files].sort());
  });

  it.each(Object.keys(ADMIN))("gives another shop's id for every parameter of %s", (file) => {
    const wanted = [...file.matchAll(/\$([a-zA-Z]+)/g)].map(([, name]) => name).sort();
    for (const { params = {} } of ADMIN[file]?.(other) ?? []) expect(Object.keys(params).sort()).toEqual(wanted);
  });

  it.each(Object.keys(ADMIN))("calls everything that %s exports", async (file) => {
    const route = (await import(join(ROUTES, file))) as Record<string, unknown>;
    const called = new Set(ADMIN[file]?.(other).map(({ run }) => run));
    for (const run of ["loader", "action"] as const) expect(called.has(run)).toBe(route[run] !== undefined);
  });
});

describe.each(Object.keys(ADMIN))("%s", (file) => {
  it("shows and changes nothing of another shop", async () => {
    const route = (await import(join(ROUTES, file))) as Record<"loader" | "action", RouteFunction>;
    const before = await snapshotOf(edge, other.shopId);
    for (const { run, params = {}, query, form, status } of ADMIN[file]?.(other) ?? []) {
      const url = `/app?${new URLSearchParams(query)}`;
      const call = { domain: mine.domain, url, params, ...(form ? { form } : {}) };
      const answer = await callRoute(route[run], call);
      const text = await answer.text();
      expect.soft(answer.status, `${run} ${JSON.stringify({ ...params, ...query, ...form })}`).toBe(status);
      // The question itself may come back as the list's present search.
      const found = other.marks.filter((mark) => !Object.values(query ?? {}).some((asked) => asked.includes(mark)));
      for (const mark of found) expect.soft(text).not.toContain(mark);
    }
    expect(await snapshotOf(edge, other.shopId)).toBe(before);
  });

  it("opens to nobody without a good session token", async () => {
    const route = (await import(join(ROUTES, file))) as Record<"loader" | "action", RouteFunction>;
    for (const { run, params = {}, form } of ADMIN[file]?.(mine) ?? []) {
      const call = { domain: mine.domain, url: "/app", params, token: "forged", ...(form ? { form } : {}) };
      const answer = await callRoute(route[run], call);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain(mine.marks[0] ?? "");
    }
  });
});
