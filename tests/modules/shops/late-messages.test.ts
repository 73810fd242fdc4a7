import { Session } from "@shopify/shopify-api";
import { beforeEach, describe, expect, it } from "vitest";
import { applyRetention } from "#app/modules/shops/apply-retention.server.ts";
import { installShop } from "#app/modules/shops/install-shop.server.ts";
import { action } from "#app/routes/webhooks.shopify.ts";
import { signedWebhook } from "#tests/modules/intake/signed-webhook.ts";
import { makeOrder, makeShipment, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { DAY, HOUR, MINUTE } from "#tests/support/test-clock.ts";
import { openRouteEdge } from "./edge-services.ts";

const DOMAIN = "northpeak-late.myshopify.com";
const edge = keepOpen(openRouteEdge);

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  edge.clock.set("2026-11-20T12:00:00Z");
});

async function visit(): Promise<string> {
  const expires = new Date(edge.clock.now().getTime() + HOUR);
  await edge.services.sessionStorage.storeSession(
    new Session({
      ...{ id: `offline_${DOMAIN}`, shop: DOMAIN, state: "", isOnline: false, scope: "read_orders" },
      ...{ accessToken: "shpat_1", expires, refreshToken: "shprt_1" },
    }),
  );
  return (await installShop(edge.services, { domain: DOMAIN, scope: "read_orders" })).shopId;
}

async function send(topic: string, body: object, triggeredAt = edge.clock.now()): Promise<void> {
  const headers = { topic, domain: DOMAIN, body, triggeredAt: triggeredAt.toISOString() };
  await action({ request: signedWebhook(headers), params: {}, context: {} });
  await edge.drain();
}

const shop = async () =>
  (await edge.rows<Record<string, unknown>>("SELECT * FROM shop WHERE domain = $1", [DOMAIN]))[0];

describe("an uninstall that comes late", () => {
  const uninstall = (at: Date) => send("app/uninstalled", { myshopify_domain: DOMAIN }, at);

  it("does not end an installation whose token is younger", async () => {
    await visit();
    edge.clock.advance(DAY);
    const left = edge.clock.now();
    edge.clock.advance(5 * MINUTE);
    await visit();
    await uninstall(left);
    expect(await shop()).toMatchObject({ status: "installed" });
    expect(await edge.rows("SELECT id FROM session")).toHaveLength(1);
  });

  it("counts when the token is older, or so close that clocks may differ, or dead", async () => {
    for (const minutes of [-10, 0.5]) {
      await edge.rows("DELETE FROM shop");
      await visit();
      edge.clock.advance(DAY);
      const left = edge.clock.now();
      edge.clock.advance(minutes * MINUTE);
      await visit();
      edge.clock.advance(HOUR);
      await uninstall(left);
      expect(await shop()).toMatchObject({ status: "uninstalled" });
    }
    await edge.rows("DELETE FROM shop");
    await visit();
    edge.clock.advance(DAY);
    const left = edge.clock.now();
    edge.clock.advance(HOUR);
    await edge.rows("UPDATE session SET access_token = NULL, updated_at = $1", [edge.clock.now()]);
    await uninstall(left);
    expect(await shop()).toMatchObject({ status: "uninstalled" });
  });
});

describe("shop/redact without an uninstall that reached us", () => {
  const redact = () => send("shop/redact", { shop_domain: DOMAIN });

  it("spares a shop that Shopify has just given a token, and deletes one it has not", async () => {
    await visit();
    edge.clock.advance(3 * DAY);
    await visit();
    edge.clock.advance(23 * HOUR);
    await redact();
    expect(await shop()).toMatchObject({ status: "installed" });
    edge.clock.advance(2 * HOUR);
    await redact();
    expect(await shop()).toBeUndefined();
  });
});

describe("changes that overtake each other", () => {
  it("leave the newest name and the newest scopes", async () => {
    await visit();
    const first = edge.clock.now();
    edge.clock.advance(HOUR);
    await send("shop/update", { myshopify_domain: DOMAIN, name: "New name" });
    await send("app/scopes_update", { current: ["read_orders", "write_fulfillments"] });
    await send("shop/update", { myshopify_domain: DOMAIN, name: "Old name" }, first);
    await send("app/scopes_update", { current: ["read_orders"] }, first);
    expect(await shop()).toMatchObject({ name: "New name", scopes: ["read_orders", "write_fulfillments"] });
    edge.clock.advance(HOUR);
    await send("shop/update", { myshopify_domain: DOMAIN, name: "Newest name" });
    expect(await shop()).toMatchObject({ name: "Newest name" });
  });
});

describe("retention", () => {
  const keep = (days: number) => ({ settings: { privacy: { keepBuyerDataDays: days } } });
  const named = async () =>
    (await edge.rows<{ id: string }>("SELECT id FROM orders WHERE email IS NOT NULL ORDER BY id")).map(({ id }) => id);

  async function order(shopId: string, parcels: { status: string; lifecycle?: string }[], fulfilled: string | null) {
    return edge.services.db.forShop(shopId, async (tx) => {
      const { orderId } = await makeOrder(tx, edge.clock, { shopId });
      for (const parcel of parcels) await makeShipment(tx, edge.clock, { shopId, orderId, ...parcel });
      await tx.order.updateMany({ where: { shopId, id: orderId }, data: { fulfillmentStatus: fulfilled } });
      return orderId;
    });
  }

  it("keeps what ended exactly so many days ago, and takes it a millisecond later", async () => {
    const { shopId } = await makeShop(edge.services.db, edge.clock, keep(10));
    const id = await order(shopId, [{ status: "delivered" }], "fulfilled");
    edge.clock.advance(10 * DAY);
    await applyRetention(edge.services);
    expect(await named()).toEqual([id]);
    edge.clock.advance(1);
    await applyRetention(edge.services);
    expect(await named()).toEqual([]);
  });

  it("keeps an order whose only number was taken back, or whose rest still waits", async () => {
    const { shopId } = await makeShop(edge.services.db, edge.clock, keep(10));
    const open = [
      await order(shopId, [{ status: "unknown", lifecycle: "removed" }], null),
      await order(shopId, [{ status: "unknown", lifecycle: "cancelled" }], null),
      await order(shopId, [{ status: "delivered" }], "partial"),
      await order(shopId, [{ status: "delivered" }, { status: "in_transit" }], "fulfilled"),
    ];
    await order(shopId, [{ status: "delivered" }, { status: "unknown", lifecycle: "removed" }], "fulfilled");
    edge.clock.advance(11 * DAY);
    await applyRetention(edge.services);
    expect(await named()).toEqual(open.sort());
  });

  it("goes on with the other shops when one of them fails, and says so", async () => {
    const broken = await makeShop(edge.services.db, edge.clock, keep(10));
    edge.clock.advance(1000);
    const other = await makeShop(edge.services.db, edge.clock, keep(10));
    const kept = await order(broken.shopId, [{ status: "delivered" }], "fulfilled");
    await order(other.shopId, [{ status: "delivered" }], "fulfilled");
    edge.clock.advance(11 * DAY);
    const { db, clock, log } = edge.services;
    const forShop: typeof db.forShop = (id, ...rest) =>
      id === broken.shopId ? Promise.reject(new Error("deadlock")) : db.forShop(id, ...rest);
    const flaky = { forShop, acrossShops: db.acrossShops.bind(db) } as typeof db;
    await expect(applyRetention({ db: flaky, clock, log })).rejects.toMatchObject({ code: "retention_incomplete" });
    expect(await named()).toEqual([kept]);
    await applyRetention(edge.services);
    expect(await named()).toEqual([]);
  });
});
