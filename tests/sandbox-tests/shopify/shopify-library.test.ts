import "@shopify/shopify-app-remix/adapters/node";
import { LogSeverity } from "@shopify/shopify-api";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { MemorySessionStorage } from "#tests/sandbox-tests/shopify/memory-session-storage.ts";
import { ApiVersion, shopifyApp } from "@shopify/shopify-app-remix/server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { signProxyQuery } from "#tests/sandbox/storefront/app-proxy.ts";
import { hostParameter } from "#tests/sandbox/edge/admin-page.ts";
import {
  API_KEY,
  API_SECRET,
  BROWSER,
  startReceiver,
  startSandboxShopify,
} from "#tests/sandbox-tests/shopify/start-sandbox.ts";

const SHOP = "northpeak-demo.myshopify.com";
const sandbox = startSandboxShopify();
const storage = new MemorySessionStorage();

const shopify = shopifyApp({
  apiKey: API_KEY,
  apiSecretKey: API_SECRET,
  appUrl: "http://localhost:3999",
  apiVersion: ApiVersion.October26,
  scopes: sandbox.core.requireShop(SHOP).store.records.installation.scopes,
  sessionStorage: storage,
  isEmbeddedApp: true,
  logger: { level: LogSeverity.Error },
  future: { unstable_newEmbeddedAuthStrategy: true, expiringOfflineAccessTokens: true },
});

beforeAll(async () => {
  await sandbox.start();
  setAbstractFetchFunc(async (input, init) => {
    const url = new URL(typeof input === "string" ? input : input instanceof URL ? input.href : input.url);
    if (!url.hostname.endsWith(".myshopify.com")) throw new Error(`the test must not reach ${url.hostname}`);
    const headers = new Headers(init?.headers);
    headers.set("x-loopback-shop", url.hostname);
    return fetch(new URL(url.pathname + url.search, sandbox.url), { ...init, headers });
  });
});
beforeEach(() => storage.sessions.clear());
afterAll(() => sandbox.stop());

async function documentRequest(token?: string): Promise<Request> {
  const idToken = token ?? (await sandbox.core.tokens.idToken(SHOP));
  const query = new URLSearchParams({
    embedded: "1",
    shop: SHOP,
    host: hostParameter("northpeak-demo"),
    id_token: idToken,
  });
  return new Request(`http://localhost:3999/app?${query.toString()}`, { headers: { "user-agent": BROWSER } });
}

test("exchanges the id token for an expiring offline token and queries the Admin API", async () => {
  const { admin, session } = await shopify.authenticate.admin(await documentRequest());
  expect(session.id).toBe(`offline_${SHOP}`);
  expect(session.accessToken).toMatch(/^shpat_/);
  expect(session.refreshToken).toMatch(/^shprt_/);
  const answer = await admin.graphql("query ShopName { shop { name myshopifyDomain } }");
  const { data } = (await answer.json()) as { data: unknown };
  expect(data).toEqual({ shop: { name: "Northpeak Demo", myshopifyDomain: SHOP } });
});

test("refreshes an expired token and uses the new pair from then on", async () => {
  const { session } = await shopify.authenticate.admin(await documentRequest());
  const before = session.accessToken;
  sandbox.core.tokens.expireAccess(SHOP);
  await storage.storeSession(Object.assign(session, { expires: new Date(Date.now() - 1000) }));
  const later = await shopify.unauthenticated.admin(SHOP);
  expect(later.session.accessToken).not.toBe(before);
  const stored = await storage.loadSession(session.id);
  expect(stored?.accessToken).toBe(later.session.accessToken);
  const answer = await later.admin.graphql("{ shop { id } }");
  expect(answer.status).toBe(200);
  expect(sandbox.core.log.calls.some((call) => call.kind === "oauth" && call.what === "refresh_token")).toBe(true);
});

test("refuses an id token of another secret", async () => {
  const stranger = startSandboxShopify({ apiSecret: "another secret" });
  const forged = await stranger.core.tokens.idToken(SHOP);
  const response = await fetch(`${sandbox.url}/admin/oauth/access_token`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-loopback-shop": SHOP },
    body: JSON.stringify({
      client_id: API_KEY,
      client_secret: API_SECRET,
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: forged,
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
      requested_token_type: "urn:shopify:params:oauth:token-type:offline-access-token",
    }),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: "invalid_subject_token" });
});

test("the library accepts the webhooks and refuses a wrong signature", async () => {
  const statuses: number[] = [];
  const receiver = await startReceiver(async (received, response) => {
    const request = new Request(`http://localhost:3999${received.url}`, {
      method: "POST",
      headers: received.headers as Record<string, string>,
      body: received.body,
    });
    const status = await shopify.authenticate.webhook(request).then(
      ({ topic, shop }) => (topic === "ORDERS_CREATE" && shop === SHOP ? 200 : 500),
      (refusal: unknown) => (refusal instanceof Response ? refusal.status : 500),
    );
    statuses.push(status);
    response.writeHead(status).end();
  });
  sandbox.core.appUrl = receiver.url;
  sandbox.webhooks.options.retryDelaysMs = [];
  sandbox.shop.placeOrder();
  await sandbox.webhooks.idle();
  sandbox.webhooks.options.wrongSignature = true;
  sandbox.shop.placeOrder();
  await sandbox.webhooks.idle();
  sandbox.webhooks.options.wrongSignature = false;
  await receiver.close();
  expect(statuses).toEqual([200, 401]);
});

test("the library accepts a signed app-proxy request and refuses a changed one", async () => {
  const query = signProxyQuery(new URLSearchParams("order=1042&tag=b&tag=a&shop=evil.myshopify.com"), {
    secret: API_SECRET,
    shop: SHOP,
    pathPrefix: "/apps/doorstep",
    customerId: "",
    nowSeconds: Math.floor(Date.now() / 1000),
  });
  const proxied = (search: URLSearchParams) => new Request(`http://localhost:3999/proxy/track?${search.toString()}`);
  const { liquid } = await shopify.authenticate.public.appProxy(proxied(query));
  expect(liquid("hello").headers.get("content-type")).toBe("application/liquid");
  expect(query.getAll("shop")).toEqual([SHOP]);
  query.set("order", "1043");
  await expect(shopify.authenticate.public.appProxy(proxied(query))).rejects.toMatchObject({ status: 400 });
});

test("the library accepts the token of a customer-account extension", async () => {
  const token = await sandbox.core.tokens.customerToken(SHOP, "gid://shopify/Customer/7");
  const request = new Request("http://localhost:3999/status", {
    headers: { authorization: `Bearer ${token}`, "user-agent": BROWSER },
  });
  const { sessionToken } = await shopify.authenticate.public.customerAccount(request);
  expect(sessionToken).toMatchObject({ dest: SHOP, aud: API_KEY, sub: "gid://shopify/Customer/7" });
});

test("after the uninstall the token is worthless", async () => {
  const { admin } = await shopify.authenticate.admin(await documentRequest());
  await fetch(`${sandbox.url}/control/shops/northpeak-demo/uninstall`, { method: "POST" });
  await expect(admin.graphql("{ shop { id } }")).rejects.toBeDefined();
  expect(sandbox.core.log.calls.at(-1)).toMatchObject({ kind: "graphql", status: 401 });
});
