import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { listPrivacyRequests, readPrivacyExport } from "#app/modules/shops/privacy-requests.server.ts";
import { action } from "#app/routes/webhooks.shopify.ts";
import { orderBody, signedWebhook } from "#tests/modules/intake/signed-webhook.ts";
import { makeOrder, makeShop, testKeys } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openRouteEdge } from "./edge-services.ts";
import { CANARIES, CUSTOMER, ORDER, PERSON, plantRows } from "./plant-canaries.ts";

const edge = keepOpen(openRouteEdge);
let shopId: string;
let domain: string;

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  await edge.rows("DELETE FROM pgboss.job");
  ({ shopId, domain } = await makeShop(edge.services.db, edge.clock));
  await plantCanaries();
});

async function send(topic: string, body: object | string): Promise<number> {
  const triggeredAt = edge.clock.now().toISOString();
  const request = signedWebhook({ topic, domain, body, triggeredAt });
  const answer = await action({ request, params: {}, context: {} });
  await edge.drain();
  return answer.status;
}

/** The buyer everywhere a buyer can be: webhook body, order, parcel, scans, message, effect, saved search, queue. */
async function plantCanaries(): Promise<void> {
  const { name, street: address1, city, zip, addressPhone } = CANARIES;
  const address = { name, address1, city, zip, phone: addressPhone };
  const extra = {
    email: CANARIES.email,
    phone: CANARIES.phone,
    shipping_address: address,
    customer: { id: Number(CUSTOMER) },
  };
  await send("orders/updated", orderBody({ id: ORDER, extra }));
  await send("orders/create", "{broken " + CANARIES.email);
  await plantRows(edge, shopId);
  await edge.rows(
    "UPDATE pgboss.job SET output = jsonb_build_object('message', $1::text) WHERE name = 'intake.process-delivery'",
    [CANARIES.email],
  );
}

/** Every row of every table, and of the queue, as text; bodies as the text they are. */
async function dumpDatabase(): Promise<string> {
  const tables = await edge.rows<{ table: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`,
  );
  const parts = [];
  for (const { table } of tables) {
    const rows = await edge.rows<Record<string, unknown>>(`SELECT * FROM ${table}`);
    parts.push(...rows.map((row) => JSON.stringify(Object.values(row).map(readable))));
  }
  return parts.join("\n");
}

const readable = (value: unknown) => (Buffer.isBuffer(value) ? value.toString("utf8") : value);
const found = (text: string) => Object.values(CANARIES).filter((canary) => text.includes(canary));

const customer = { id: Number(CUSTOMER), email: CANARIES.email, phone: CANARIES.phone };
const redactBody = () => ({ shop_id: 1, shop_domain: domain, customer, orders_to_redact: [Number(ORDER)] });

describe("customers/redact", () => {
  it("leaves no trace of the buyer in any table, the queue or the log", async () => {
    expect(found(await dumpDatabase())).toEqual(Object.values(CANARIES));
    expect(await send("customers/redact", redactBody())).toBe(200);
    expect(found(await dumpDatabase())).toEqual([]);
    expect(found(edge.logged())).toEqual([]);
  });

  it("keeps totals, statuses and the rows behind the figures", async () => {
    const figures = () =>
      edge.rows(
        `SELECT o.total_minor, o.currency, o.country_code, s.status, s.event_count, s.tracking_number,
          (SELECT count(*) FROM tracking_event) AS events FROM orders o JOIN shipment s ON s.order_id = o.id`,
      );
    const before = await figures();
    await send("customers/redact", redactBody());
    expect(await figures()).toEqual(before);
    expect(before).toHaveLength(1);
  });

  it("remembers whom nothing may be sent by a hash, and nothing else about them", async () => {
    await send("customers/redact", redactBody());
    const blocks = await edge.rows("SELECT address_hash, address, reason FROM address_block ORDER BY address_hash");
    expect(blocks).toEqual([
      { address_hash: PERSON, address: null, reason: "bounced" },
      { address_hash: "other", address: null, reason: "bounced" },
      { address_hash: "third", address: null, reason: "bounced" },
    ]);
    expect(await edge.rows("SELECT 1 FROM consent UNION ALL SELECT 1 FROM mute")).toEqual([]);
    expect(await edge.rows("SELECT 1 FROM message_link")).toEqual([]);
    expect(await edge.rows("SELECT type, detail FROM notification_event")).toEqual([{ type: "bounced", detail: {} }]);
    expect(await edge.rows("SELECT 1 FROM notification WHERE person_key IS NOT NULL")).toEqual([]);
  });

  it("kills the tracking link and says what was removed", async () => {
    const link = () => edge.rows<{ hash: string }>("SELECT link_token_hash AS hash FROM orders");
    const before = await link();
    await send("customers/redact", redactBody());
    expect(await link()).not.toEqual(before);
    const requests = await edge.services.db.forShop(shopId, (tx) => listPrivacyRequests(tx, shopId));
    expect(requests).toMatchObject([{ kind: "customer_redact", state: "completed", downloadable: false }]);
    const [row] = await edge.rows<{ report: { removed: Record<string, number> } }>(
      "SELECT report FROM privacy_request",
    );
    expect(row?.report.removed).toMatchObject({ orders: 1, shipments: 1, trackingEvents: 1, notifications: 1 });
    expect(row?.report.removed["inboundDeliveries"]).toBeGreaterThan(0);
  });

  it("drops what was about to be sent, and stays done when delivered again", async () => {
    await edge.rows("UPDATE notification SET state = 'queued'");
    await send("customers/redact", redactBody());
    await send("customers/redact", redactBody());
    expect(await edge.rows("SELECT state FROM notification")).toEqual([{ state: "dropped" }]);
    expect(found(await dumpDatabase())).toEqual([]);
  });

  it("leaves other buyers and other shops as they are", async () => {
    const other = await makeShop(edge.services.db, edge.clock);
    const gid = `gid://shopify/Order/${ORDER}`;
    for (const [id, owner] of [
      [gid, other.shopId],
      ["gid://shopify/Order/6099999999999", shopId],
    ] as const) {
      await edge.services.db.forShop(owner, (tx) =>
        makeOrder(tx, edge.clock, { shopId: owner, id, email: "someone.else@example.com" }),
      );
    }
    await send("customers/redact", redactBody());
    const kept = await edge.rows("SELECT email, redacted_at FROM orders WHERE email IS NOT NULL");
    expect(kept).toEqual([
      { email: "someone.else@example.com", redacted_at: null },
      { email: "someone.else@example.com", redacted_at: null },
    ]);
  });

  it("obeys only the shop that the body names", async () => {
    await send("customers/redact", { ...redactBody(), shop_domain: "another.myshopify.com" });
    expect(found(await dumpDatabase())).toEqual(Object.values(CANARIES));
  });
});

describe("customers/data_request", () => {
  const body = () => ({
    shop_domain: domain,
    customer,
    orders_requested: [Number(ORDER)],
    data_request: { id: 90041122 },
  });

  it("collects everything for the merchant to download, sealed at rest", async () => {
    expect(await send("customers/data_request", body())).toBe(200);
    await send("customers/data_request", body());
    const { db } = edge.services;
    const requests = await db.forShop(shopId, (tx) => listPrivacyRequests(tx, shopId));
    expect(requests).toMatchObject([{ kind: "customer_data", downloadable: true }]);
    const id = requests[0]?.id ?? "";
    const json = (await db.forShop(shopId, (tx) => readPrivacyExport(tx, testKeys, { shopId, id }))) ?? "";
    const { orders, shipments, messages, blocks, consents } = JSON.parse(json) as Record<string, unknown[]>;
    expect([orders, shipments, messages, blocks, consents].map((list) => list?.length)).toEqual([1, 1, 1, 3, 1]);
    expect(messages).toMatchObject([{ events: [{ type: "bounced" }], links: [{ label: "promo" }] }]);
    expect(found(json)).toEqual(expect.arrayContaining([CANARIES.email, CANARIES.name, CANARIES.city, CANARIES.zip]));
    expect(json).not.toMatch(/linkToken|shopId/);
    const [row] = await edge.rows<{ sealed: string }>("SELECT export_sealed AS sealed FROM privacy_request");
    expect(found(row?.sealed ?? "")).toEqual([]);
    const other = await makeShop(edge.services.db, edge.clock);
    expect(await db.forShop(other.shopId, (tx) => readPrivacyExport(tx, testKeys, { shopId, id }))).toBeNull();
  });

  it("is taken back by a later redaction", async () => {
    await send("customers/data_request", body());
    await send("customers/redact", redactBody());
    const requests = await edge.services.db.forShop(shopId, (tx) => listPrivacyRequests(tx, shopId));
    expect(requests.map(({ downloadable }) => downloadable)).toEqual([false, false]);
  });
});

describe("shop/redact", () => {
  const body = () => ({ shop_id: 1, shop_domain: domain });

  it("deletes every row of the shop and of its jobs, and of no other shop", async () => {
    const other = await makeShop(edge.services.db, edge.clock);
    await send("app/uninstalled", { myshopify_domain: domain });
    edge.clock.advance(1000);
    expect(await send("shop/redact", body())).toBe(200);
    const dump = await dumpDatabase();
    expect(found(dump)).toEqual([]);
    expect(dump).not.toContain(shopId);
    expect(dump).not.toContain(domain);
    expect(await edge.rows("SELECT id FROM shop")).toEqual([{ id: other.shopId }]);
    expect(found(edge.logged())).toEqual([]);
  });

  it("leaves no shell behind when it is delivered again, or when a last job runs", async () => {
    await send("app/uninstalled", { myshopify_domain: domain });
    await send("shop/redact", body());
    await send("shop/redact", body());
    await edge.drain();
    expect(await edge.rows("SELECT id FROM shop")).toEqual([]);
    expect(await edge.rows("SELECT 1 FROM inbound_delivery")).toEqual([]);
  });

  it("does not delete a merchant who came back meanwhile", async () => {
    await send("app/uninstalled", { myshopify_domain: domain });
    edge.clock.advance(3_600_000);
    await edge.rows("UPDATE shop SET status = 'installed', installed_at = $1", [edge.clock.now()]);
    await send("shop/redact", body());
    expect(await edge.rows("SELECT status FROM shop")).toEqual([{ status: "installed" }]);
  });

  it("is refused with a wrong signature", async () => {
    const headers = { "x-shopify-hmac-sha256": Buffer.alloc(32).toString("base64") };
    const request = signedWebhook({ topic: "shop/redact", domain, body: body(), headers, webhookId: randomUUID() });
    expect((await action({ request, params: {}, context: {} })).status).toBe(401);
  });
});
