import { setTimeout as sleep } from "node:timers/promises";
import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ShopifyAdminApi } from "#app/modules/shops/shopify-admin-api.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { HOUR } from "#tests/support/test-clock.ts";
import { openEdge } from "./edge-services.ts";
import { type LoopbackAnswer, type LoopbackShopify, openLoopbackShopify } from "./loopback-shopify.ts";

const DOCUMENT = "query Test { shop { id } }";
const cost = (currentlyAvailable: number, requestedQueryCost = 10) => ({
  requestedQueryCost,
  throttleStatus: { maximumAvailable: 2000, currentlyAvailable, restoreRate: 100 },
});
const GOOD: LoopbackAnswer = {
  body: { data: { shop: { id: "gid://shopify/Shop/1" } }, extensions: { cost: cost(1990) } },
};

let shopify: LoopbackShopify;
let shopId: string;
let domain: string;
let refreshes = 0;

beforeAll(async () => void (shopify = await openLoopbackShopify()));
afterAll(() => shopify.close());
const edge = keepOpen(() => openEdge({ loopbackUrl: shopify.url }));

beforeEach(async () => {
  ({ shopId, domain } = await makeShop(edge.services.db, edge.clock));
  await giveToken("token-1");
  shopify.calls.length = 0;
  refreshes = 0;
  shopify.answer = ({ path }) => (path === "/admin/oauth/access_token" ? refreshed() : GOOD);
});

async function giveToken(accessToken: string, expiresInMs = HOUR): Promise<void> {
  const now = edge.clock.now().getTime();
  await edge.services.sessionStorage.storeSession(
    new Session({
      ...{ id: `offline_${domain}`, shop: domain, state: "", isOnline: false, scope: "read_orders", accessToken },
      expires: new Date(now + expiresInMs),
      refreshToken: `refresh-of-${accessToken}`,
      refreshTokenExpires: new Date(now + 90 * 24 * HOUR),
    }),
  );
}

function refreshed(): LoopbackAnswer {
  refreshes += 1;
  return {
    body: {
      access_token: `fresh-${refreshes}`,
      scope: "read_orders",
      expires_in: 3600,
      refresh_token: `refresh-${refreshes}`,
      refresh_token_expires_in: 7_776_000,
    },
  };
}

const ask = (api = edge.services.admin, urgency: "person" | "background" = "person") =>
  api.query(shopId, { document: DOCUMENT, variables: { first: 1 }, urgency });
const standing = async () =>
  (await edge.rows<{ status: string }>("SELECT status FROM shop WHERE id = $1", [shopId]))[0];

describe("a call", () => {
  it("goes to the shop's own address with its token and version", async () => {
    expect(await ask()).toEqual({ kind: "ok", data: { shop: { id: "gid://shopify/Shop/1" } } });
    expect(shopify.calls).toEqual([
      {
        path: "/admin/api/2026-10/graphql.json",
        shop: domain,
        token: "token-1",
        body: { query: DOCUMENT, variables: { first: 1 } },
      },
    ]);
  });

  const outcomes: [string, LoopbackAnswer, object][] = [
    [
      "a spent budget, with the time until it is enough",
      {
        body: {
          errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
          extensions: { cost: cost(50, 750) },
        },
      },
      { kind: "throttled", retryAfterSeconds: 7 },
    ],
    [
      "too many requests",
      { status: 429, headers: { "retry-after": "4" }, body: {} },
      { kind: "throttled", retryAfterSeconds: 4 },
    ],
    [
      "a missing scope, even beside data",
      { body: { data: { shop: null }, errors: [{ message: "Access denied", extensions: { code: "ACCESS_DENIED" } }] } },
      { kind: "refused", message: "ACCESS_DENIED Access denied", missingScope: true },
    ],
    [
      "a query that costs too much",
      { body: { errors: [{ message: "Too much", extensions: { code: "MAX_COST_EXCEEDED" } }] } },
      { kind: "refused", message: "MAX_COST_EXCEEDED Too much" },
    ],
    ["a broken answer", { body: "<html>" }, { kind: "unavailable", message: "unreadable answer" }],
    ["a frozen shop", { status: 402, body: {} }, { kind: "unavailable", message: "status 402" }],
    ["a broken Shopify", { status: 500, body: {} }, { kind: "unavailable", message: "status 500" }],
  ];

  it.each(outcomes)("names %s", async (_name, answer, expected) => {
    shopify.answer = () => answer;
    expect(await ask()).toEqual(expected);
    expect(await standing()).toEqual({ status: "installed" });
  });

  it("in the background leaves a part of the budget to people", async () => {
    const api = new ShopifyAdminApi(edge.services);
    shopify.answer = () => ({ body: { data: {}, extensions: { cost: cost(300) } } });
    expect((await ask(api, "background")).kind).toBe("ok");
    expect(await ask(api, "background")).toEqual({ kind: "throttled", retryAfterSeconds: 5 });
    expect((await ask(api, "person")).kind).toBe("ok");
    edge.clock.advance(5_000);
    expect((await ask(api, "background")).kind).toBe("ok");
  });
});

describe("the token", () => {
  it("is refreshed once, however many workers need it at the same moment", async () => {
    await giveToken("old", 60_000);
    shopify.answer = async ({ path }) => {
      if (path !== "/admin/oauth/access_token") return GOOD;
      await sleep(50);
      return refreshed();
    };
    const processes = [new ShopifyAdminApi(edge.services), new ShopifyAdminApi(edge.services)];
    const answers = await Promise.all(processes.flatMap((api) => Array.from({ length: 5 }, () => ask(api))));
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(["ok"]));
    expect(refreshes).toBe(1);
    const used = shopify.calls.filter(({ token }) => token !== "").map(({ token }) => token);
    expect(new Set(used)).toEqual(new Set(["fresh-1"]));
  });

  it("and its successor are stored together, sealed", async () => {
    await giveToken("old", 60_000);
    await ask();
    const session = await edge.services.sessionStorage.loadSession(`offline_${domain}`);
    expect([session?.accessToken, session?.refreshToken]).toEqual(["fresh-1", "refresh-1"]);
    expect(shopify.calls[0]?.body).toMatchObject({ grant_type: "refresh_token", refresh_token: "refresh-of-old" });
    const dump = JSON.stringify(await edge.rows("SELECT * FROM session WHERE shop_id = $1", [shopId]));
    expect(dump).not.toMatch(/fresh-1|refresh-1|refresh-of-old/);
  });

  it("that is refused is replaced once; refused again, the shop must be opened again", async () => {
    shopify.answer = ({ path, token }) => {
      if (path === "/admin/oauth/access_token") return refreshed();
      return token === "fresh-1" ? GOOD : { status: 401, body: { errors: "[API] Invalid API key or access token" } };
    };
    expect((await ask()).kind).toBe("ok");
    shopify.answer = ({ path }) =>
      path === "/admin/oauth/access_token" ? refreshed() : { status: 401, body: { errors: "Invalid" } };
    expect(await ask()).toEqual({ kind: "unauthorised" });
    expect(await standing()).toEqual({ status: "needs_reopening" });
    const calls = shopify.calls.length;
    expect(await ask()).toEqual({ kind: "unauthorised" });
    expect(shopify.calls).toHaveLength(calls);
  });

  it("whose refresh is refused ends in needs_reopening, and the next visit makes a new one", async () => {
    await giveToken("old", 60_000);
    shopify.answer = () => ({ status: 400, body: { error: "invalid_grant" } });
    expect(await ask()).toEqual({ kind: "unauthorised" });
    expect(await standing()).toEqual({ status: "needs_reopening" });
    const session = await edge.services.sessionStorage.loadSession(`offline_${domain}`);
    expect(session?.isActive(undefined)).toBe(false);
    const trail = await edge.rows("SELECT type, data FROM activity WHERE shop_id = $1", [shopId]);
    expect(trail).toEqual([{ type: "shop.needs_reopening", data: { reason: "invalid_grant" } }]);
  });

  it("is not given up because Shopify is down or our own secret is wrong", async () => {
    await giveToken("old", 60_000);
    for (const answer of [
      { status: 500, body: {} },
      { status: 401, body: { error: "invalid_client" } },
    ]) {
      shopify.answer = () => answer;
      expect((await ask()).kind).toBe("unavailable");
    }
    expect(await standing()).toEqual({ status: "installed" });
  });
});
