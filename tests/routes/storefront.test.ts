import { SignJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { loader as orderStatusLoader } from "#app/routes/api.order-status.ts";
import { loader as linkLoader } from "#app/routes/proxy.track.$token.ts";
import { action as lookUpAction, loader as formLoader } from "#app/routes/proxy.track._index.ts";
import { ORDER_STATUS_REQUEST_HEADERS } from "#tests/extensions/order-status-contract.ts";
import { openRouteEdge, SECRET } from "#tests/modules/shops/edge-services.ts";
import { type MadeShop, makeOrder, makeShipment, makeShop } from "#tests/support/factories.ts";
import { signProxyQuery } from "#tests/sandbox/storefront/app-proxy.ts";
import { keepOpen } from "#tests/support/keep-open.ts";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

const edge = keepOpen(openRouteEdge);
let shop: MadeShop;
let orderId: string;
let fulfillmentId: string;
let linkToken: string;

beforeAll(async () => {
  shop = await makeShop(edge.services.db, edge.clock);
  await edge.services.db.forShop(shop.shopId, async (tx) => {
    ({ orderId, linkToken } = await makeOrder(tx, edge.clock, { ...shop, checkoutToken: "checkout-secret" }));
    ({ fulfillmentId } = await makeShipment(tx, edge.clock, { ...shop, orderId, status: "in_transit" }));
  });
});

type Run = (args: { request: Request; params: Record<string, string>; context: object }) => Promise<Response>;

async function call(run: unknown, request: Request, params: Record<string, string> = {}): Promise<Response> {
  try {
    return await (run as Run)({ request, params, context: { address: "203.0.113.9" } });
  } catch (error) {
    if (error instanceof Response) return error;
    throw error;
  }
}

interface Proxied {
  secret?: string;
  domain?: string;
  secondsAgo?: number;
  form?: Record<string, string>;
  change?(query: URLSearchParams): void;
}

/** A request as Shopify forwards it from a storefront. */
function proxied({ secret = SECRET, domain = shop.domain, secondsAgo = 0, form, change }: Proxied = {}): Request {
  const query = signProxyQuery(new URLSearchParams(), {
    ...{ secret, shop: domain, pathPrefix: "/apps/doorstep", customerId: "" },
    nowSeconds: Math.floor(Date.now() / 1_000) - secondsAgo,
  });
  change?.(query);
  return new Request(`https://doorstep.example/proxy/track?${query.toString()}`, {
    headers: { "x-forwarded-for": "203.0.113.9" },
    ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
  });
}

describe("the tracking page", () => {
  test("is Liquid that nobody caches, indexes or hears of", async () => {
    const answer = await call(formLoader, proxied());
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/liquid; charset=utf-8",
      "cache-control": "private, no-store",
      "x-robots-tag": "noindex, nofollow",
      "referrer-policy": "no-referrer",
    });
  });

  test("shows an order for its number and address, and for its link", async () => {
    const form = { order: "#1042", email: "avery@example.com", locale: "en" };
    expect(await (await call(lookUpAction, proxied({ form }))).text()).toContain("Order #1042");
    expect(await (await call(linkLoader, proxied(), { token: linkToken })).text()).toContain("Order #1042");
  });

  test.each<[string, () => Request]>([
    ["another secret", () => proxied({ secret: "somebody-else's-secret" })],
    ["an old timestamp", () => proxied({ secondsAgo: 600 })],
    ["a changed shop", () => proxied({ change: (query) => query.set("shop", "other.myshopify.com") })],
    ["a customer put in by hand", () => proxied({ change: (query) => query.set("logged_in_customer_id", "77") })],
    ["no signature", () => proxied({ change: (query) => query.delete("signature") })],
  ])("is closed to %s", async (_name, request) => {
    for (const [run, params] of [
      [formLoader, {}],
      [linkLoader, { token: linkToken }],
    ] as const) {
      const answer = await call(run, request(), params);
      expect([400, 401]).toContain(answer.status);
      expect(await answer.text()).not.toContain("#1042");
    }
  });

  test("is not there for a shop without the app", async () => {
    expect((await call(formLoader, proxied({ domain: "stranger.myshopify.com" }))).status).toBe(404);
  });

  test("takes no form that is too large", async () => {
    const form = { order: "9".repeat(10_000), email: "" };
    expect((await call(lookUpAction, proxied({ form }))).status).toBe(400);
  });
});

describe("the order-status endpoint", () => {
  const key = new TextEncoder().encode(SECRET);

  async function request(changes: { audience?: string; expires?: string; secret?: string } = {}): Promise<Request> {
    const token = await new SignJWT({ dest: shop.domain })
      .setProtectedHeader({ alg: "HS256" })
      .setAudience(changes.audience ?? edge.services.env.SHOPIFY_API_KEY)
      .setIssuedAt()
      .setNotBefore("-10s")
      .setExpirationTime(changes.expires ?? "5m")
      .setJti(crypto.randomUUID())
      .sign(changes.secret ? new TextEncoder().encode(changes.secret) : key);
    const query = new URLSearchParams({ order: orderId, fulfillment: fulfillmentId });
    return new Request(`https://doorstep.example/api/order-status?${query.toString()}`, {
      headers: {
        authorization: `Bearer ${token}`,
        "user-agent": CHROME,
        origin: "null",
        "x-doorstep-order-secret": "checkout-secret",
      },
    });
  }

  test("answers a page that knows its order, from any origin", async () => {
    const answer = await call(orderStatusLoader, await request());
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(await answer.json()).toMatchObject({ fulfillment: { id: fulfillmentId } });
  });

  test("allows the extension's headers before it asks", async () => {
    const preflight = new Request("https://doorstep.example/api/order-status", {
      method: "OPTIONS",
      headers: { "user-agent": CHROME, origin: "null", "access-control-request-headers": "authorization" },
    });
    const answer = await call(orderStatusLoader, preflight);
    expect(answer.status).toBe(204);
    const allowed = (answer.headers.get("access-control-allow-headers") ?? "").toLowerCase();
    for (const name of ORDER_STATUS_REQUEST_HEADERS) expect(allowed).toContain(name);
  });

  test.each([
    ["a token for another app", { audience: "another-app" }],
    ["an expired token", { expires: "-1m" }],
    ["a forged token", { secret: "not-the-client-secret" }],
  ])("refuses %s", async (_name, changes) => {
    const answer = await call(orderStatusLoader, await request(changes));
    expect(answer.status).toBe(401);
  });
});
