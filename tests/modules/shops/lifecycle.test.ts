import { Session } from "@shopify/shopify-api";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setUpShopJob } from "#app/jobs/set-up-shop.ts";
import { installShop } from "#app/modules/shops/install-shop.server.ts";
import { keepShopsAlive } from "#app/modules/shops/keep-alive.server.ts";
import { action } from "#app/routes/webhooks.shopify.ts";
import { signedWebhook } from "#tests/modules/intake/signed-webhook.ts";
import { makeOrder, makeShipment } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { DAY, HOUR } from "#tests/support/test-clock.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";
import { openRouteEdge } from "./edge-services.ts";
import { type LoopbackShopify, openLoopbackShopify } from "./loopback-shopify.ts";

const DOMAIN = "northpeak-demo.myshopify.com";
const FACTS = {
  shop: {
    id: "gid://shopify/Shop/71234567891",
    name: "Northpeak Demo",
    email: "owner@northpeak.example",
    contactEmail: "hello@northpeak.example",
    ianaTimezone: "America/Chicago",
    currencyCode: "USD",
    orderNumberFormatPrefix: "NP-",
    shopAddress: {
      countryCodeV2: "US",
      formatted: ["12 Elm Street", "Portland OR 97201", "United States"],
    },
  },
  currentAppInstallation: { accessScopes: [{ handle: "read_orders" }, { handle: "read_customers" }] },
};

let shopify: LoopbackShopify;

beforeAll(async () => void (shopify = await openLoopbackShopify()));
afterAll(() => shopify.close());
const edge = keepOpen(() => openRouteEdge({ loopbackUrl: shopify.url }));

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  await edge.rows("DELETE FROM pgboss.job");
  shopify.calls.length = 0;
  shopify.answer = () => ({ body: { data: FACTS } });
});

function offlineSession(accessToken = "shpat_canary"): Session {
  const now = edge.clock.now().getTime();
  return new Session({
    ...{ id: `offline_${DOMAIN}`, shop: DOMAIN, state: "", isOnline: false, scope: "read_orders", accessToken },
    ...{ expires: new Date(now + DAY), refreshToken: "shprt_canary", refreshTokenExpires: new Date(now + 90 * DAY) },
  });
}

/** What Shopify's library does after a token exchange. */
async function open(): Promise<string> {
  await edge.services.sessionStorage.storeSession(offlineSession());
  const { shopId } = await installShop(edge.services, { domain: DOMAIN, scope: "read_orders,read_customers" });
  return shopId;
}

async function send(topic: string, body: object, triggeredAt = edge.clock.now().toISOString()): Promise<void> {
  await action({ request: signedWebhook({ topic, domain: DOMAIN, body, triggeredAt }), params: {}, context: {} });
  await edge.drain();
}

const shop = async () =>
  (await edge.rows<Record<string, unknown>>("SELECT * FROM shop WHERE domain = $1", [DOMAIN]))[0];
const trail = async () =>
  (await edge.rows<{ type: string }>("SELECT type FROM activity ORDER BY at, type")).map(({ type }) => type);
const waiting = async (name: string) => (await waitingJobs(edge.database, name)).length;

describe("sessions", () => {
  it("come back as they were stored, are replaced whole, and are sealed", async () => {
    const { sessionStorage } = edge.services;
    await Promise.all(
      Array.from({ length: 10 }, (_, index) => sessionStorage.storeSession(offlineSession(`token-${index}`))),
    );
    const last = offlineSession();
    await sessionStorage.storeSession(last);
    expect((await sessionStorage.loadSession(last.id))?.equals(last)).toBe(true);
    expect(await sessionStorage.findSessionsByShop(DOMAIN)).toHaveLength(1);
    expect(JSON.stringify(await edge.rows("SELECT * FROM session"))).not.toContain("canary");
    await sessionStorage.deleteSession(last.id);
    expect(await sessionStorage.loadSession(last.id)).toBeUndefined();
    expect(await sessionStorage.loadSession("offline_nobody.myshopify.com")).toBeUndefined();
  });

  it("of staff keep the user", async () => {
    const user = {
      ...{ id: 42, first_name: "Mika", last_name: "Sato", email: "mika@northpeak.example", locale: "ja" },
      ...{ account_owner: true, collaborator: false, email_verified: true },
    };
    const online = new Session({
      ...{ id: `${DOMAIN}_42`, shop: DOMAIN, state: "s", isOnline: true, scope: "read_orders", accessToken: "shpua_1" },
      expires: new Date(edge.clock.now().getTime() + HOUR),
      onlineAccessInfo: { expires_in: 3600, associated_user_scope: "read_orders", associated_user: user },
    });
    await edge.services.sessionStorage.storeSession(online);
    const loaded = await edge.services.sessionStorage.loadSession(online.id);
    expect(loaded?.onlineAccessInfo?.associated_user).toEqual(user);
  });

  it("that cannot be opened any more count as absent", async () => {
    await edge.services.sessionStorage.storeSession(offlineSession());
    await edge.rows("UPDATE session SET access_token = 'lost.AAAA.AAAA.AAAA'");
    expect(await edge.services.sessionStorage.loadSession(`offline_${DOMAIN}`)).toBeUndefined();
  });
});

describe("install", () => {
  it("happens once, however many loaders open the app at the same moment", async () => {
    await Promise.all(Array.from({ length: 5 }, open));
    expect(await shop()).toMatchObject({ status: "installed", scopes: ["read_customers", "read_orders"] });
    expect(await trail()).toEqual(["shop.installed"]);
    expect(await waiting("shops.set-up")).toBe(1);
  });

  it("is followed by the shop's facts and one import", async () => {
    const shopId = await open();
    await setUpShopJob.runUnchecked({ shopId }, edge.services);
    await setUpShopJob.runUnchecked({ shopId }, edge.services);
    expect(await shop()).toMatchObject({
      ...{ gid: FACTS.shop.id, name: "Northpeak Demo", email: "hello@northpeak.example", currency: "USD" },
      ...{ timezone: "America/Chicago", country_code: "US", order_prefix: "NP-" },
      postal_address: "12 Elm Street, Portland OR 97201, United States",
    });
    expect(await edge.rows("SELECT state FROM import_run")).toEqual([{ state: "running" }]);
    expect(await waiting("orders.import")).toBe(1);
    const marks = await edge.rows<{ name: string }>("SELECT name FROM sync_mark ORDER BY name");
    expect(marks.map(({ name }) => name)).toEqual(["orders.reconcile", "shops.keep-alive"]);
  });

  it("is repeated while Shopify has no time", async () => {
    const shopId = await open();
    shopify.answer = () => ({ status: 500, body: {} });
    await expect(setUpShopJob.runUnchecked({ shopId }, edge.services)).rejects.toMatchObject({ retryable: true });
    expect(await edge.rows("SELECT 1 FROM import_run")).toEqual([]);
  });
});

describe("uninstall", () => {
  it("deletes the tokens and stops all work; coming back takes it up again", async () => {
    const shopId = await open();
    await setUpShopJob.runUnchecked({ shopId }, edge.services);
    const now = edge.clock.now();
    await edge.services.db.forShop(shopId, async (tx) => {
      const { orderId } = await makeOrder(tx, edge.clock, { shopId });
      const { shipmentId } = await makeShipment(tx, edge.clock, { shopId, orderId });
      await tx.shipment.updateMany({ where: { shopId }, data: { nextCheckAt: now } });
      await tx.notification.create({
        data: {
          ...{ shopId, id: "ntf_1", businessKey: "1", kind: "shipped", channel: "email", shipmentId, state: "queued" },
          ...{ decision: {}, decidedAt: now, updatedAt: now },
        },
      });
    });
    edge.clock.advance(HOUR);
    await send("app/uninstalled", { myshopify_domain: DOMAIN });
    expect(await shop()).toMatchObject({ status: "uninstalled", scopes: [] });
    expect(await edge.rows("SELECT 1 FROM session")).toEqual([]);
    expect(await edge.rows("SELECT next_check_at FROM shipment")).toEqual([{ next_check_at: null }]);
    expect(await edge.rows("SELECT state FROM notification")).toEqual([{ state: "dropped" }]);
    expect(await edge.services.admin.query(shopId, { document: "{ shop { id } }" })).toEqual({ kind: "unauthorised" });

    edge.clock.advance(HOUR);
    expect(await open()).toBe(shopId);
    await setUpShopJob.runUnchecked({ shopId }, edge.services);
    expect(await edge.rows("SELECT stop_reason, next_check_at IS NOT NULL AS watched FROM shipment")).toEqual([
      { stop_reason: null, watched: true },
    ]);
    expect(await edge.rows("SELECT state FROM import_run ORDER BY started_at")).toEqual([
      { state: "failed" },
      { state: "running" },
    ]);
    expect(await trail()).toEqual(["shop.installed", "shop.uninstalled", "shop.installed"]);
  });

  it("that is older than the present installation changes nothing", async () => {
    await open();
    await send("app/uninstalled", { myshopify_domain: DOMAIN }, "2026-11-19T00:00:00Z");
    expect(await shop()).toMatchObject({ status: "installed" });
  });

  it("of another shop changes nothing", async () => {
    await open();
    edge.clock.advance(1000);
    await send("app/uninstalled", { myshopify_domain: "another.myshopify.com" });
    expect(await shop()).toMatchObject({ status: "installed" });
  });
});

describe("changes at Shopify", () => {
  it("of scopes and of the shop are taken over", async () => {
    await open();
    await send("app/scopes_update", { current: ["write_fulfillments", "read_orders"] });
    await send("app/scopes_update", { current: ["read_orders", "write_fulfillments"] });
    await send("shop/update", {
      ...{ myshopify_domain: DOMAIN, name: "Northpeak", currency: "EUR", iana_timezone: "Europe/Berlin" },
      ...{ primary_locale: "de", country_code: "DE", customer_email: null, email: "neu@northpeak.example" },
      ...{ address1: "Gipfelweg 1", address2: "", zip: "80331", city: "München", country_name: "Germany" },
    });
    expect(await shop()).toMatchObject({
      ...{ scopes: ["read_orders", "write_fulfillments"], name: "Northpeak", currency: "EUR" },
      ...{ timezone: "Europe/Berlin", locale: "de", country_code: "DE", email: "neu@northpeak.example" },
      postal_address: "Gipfelweg 1, 80331 München, Germany",
    });
    await send("shop/update", { myshopify_domain: DOMAIN, name: "Northpeak Outdoor" });
    expect(await shop()).toMatchObject({ postal_address: "Gipfelweg 1, 80331 München, Germany" });
    expect(await trail()).toEqual(["shop.installed", "shop.scopes_changed"]);
  });

  it("of scopes that open more of an order have the last weeks read again", async () => {
    const shopId = await open();
    await setUpShopJob.runUnchecked({ shopId }, edge.services);
    const mark = () => edge.rows<{ up_to: Date }>("SELECT up_to FROM sync_mark WHERE name = 'orders.reconcile'");
    const before = await mark();
    await send("app/scopes_update", { current: ["read_orders"] });
    expect(await mark()).toEqual(before);
    await send("app/scopes_update", { current: ["read_orders", "read_products"] });
    expect(await mark()).toEqual([{ up_to: new Date(edge.clock.now().getTime() - 30 * DAY) }]);
  });
});

describe("keeping alive", () => {
  it("asks every installed shop once a day, and again in an hour when it did not answer", async () => {
    const shopId = await open();
    await setUpShopJob.runUnchecked({ shopId }, edge.services);
    expect(await keepShopsAlive(edge.services)).toBe(0);
    edge.clock.advance(DAY);
    await edge.services.sessionStorage.storeSession(offlineSession());
    shopify.answer = () => ({ status: 503, body: {} });
    expect(await keepShopsAlive(edge.services)).toBe(1);
    shopify.answer = () => ({ body: { data: { shop: { id: "gid://shopify/Shop/1" } } } });
    expect(await keepShopsAlive(edge.services)).toBe(0);
    edge.clock.advance(HOUR);
    expect(await keepShopsAlive(edge.services)).toBe(1);
    edge.clock.advance(23 * HOUR);
    expect(await keepShopsAlive(edge.services)).toBe(0);
    edge.clock.advance(HOUR);
    await edge.rows("UPDATE shop SET status = 'uninstalled'");
    expect(await keepShopsAlive(edge.services)).toBe(0);
  });
});
