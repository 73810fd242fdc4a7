import { beforeEach, describe, expect, it } from "vitest";
import { addressHash, addressKeyOf, blocksOf } from "#app/modules/notifications/address-blocks.server.ts";
import { action, loader } from "#app/routes/webhooks.resend.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { type MailEvent, makeMessage, resendWebhook, WEBHOOK_SECRET } from "#tests/support/mail-events.ts";

const OLD_SECRET = `whsec_${Buffer.alloc(24, 6).toString("base64")}`;

const edge = keepOpen(() => openRouteEdge({ env: { RESEND_WEBHOOK_SECRETS: `${WEBHOOK_SECRET},${OLD_SECRET}` } }));
let shopId: string;
let id: string;

beforeEach(async () => {
  await edge.rows("DELETE FROM shop");
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
  id = await edge.services.db.forShop(shopId, (tx) => makeMessage(tx, edge.clock, { shopId }));
});

const send = async (request: Request) => (await action({ request, params: {}, context: {} })).status;
const tags = (shop = shopId, notification = id) => ({ shop, notification });
const stored = () => edge.rows<{ topic: string }>("SELECT topic, delivery_key FROM inbound_delivery ORDER BY id");
const message = async () =>
  (await edge.rows<Record<string, unknown>>("SELECT * FROM notification WHERE id = $1", [id]))[0] ?? {};
const tell = async (event: MailEvent, key = event.type) => {
  const status = await send(resendWebhook({ tags: tags(), ...event }, { id: key }));
  await edge.drain();
  return status;
};
const blockOf = (shop: string) =>
  edge.services.db.forShop(shop, async (tx) => {
    const key = await addressKeyOf(tx, edge.services.keys, shop);
    return (await blocksOf(tx, shop, { emailHash: addressHash(key, "email", "avery@example.com") })).email.all;
  });

describe("a forged webhook", () => {
  const event = () => ({ type: "email.delivered", tags: tags() });
  const signature = (value: string | null) => resendWebhook(event(), { headers: { "svix-signature": value } });

  it.each([
    ["no signature", () => signature(null)],
    ["an empty one", () => signature("")],
    ["a short one", () => signature("v1,AAAA")],
    ["one in other case", () => signature(resendWebhook(event()).headers.get("svix-signature")?.toUpperCase() ?? "")],
    ["another secret's", () => resendWebhook(event(), { secret: `whsec_${Buffer.alloc(24, 9).toString("base64")}` })],
    ["a stale timestamp", () => resendWebhook(event(), { at: new Date(Date.now() - 6 * 60_000) })],
    ["a timestamp to come", () => resendWebhook(event(), { at: new Date(Date.now() + 6 * 60_000) })],
    ["another id", () => resendWebhook(event(), { headers: { "svix-id": "msg_2" } })],
    [
      "an altered byte",
      () => {
        const honest = resendWebhook(event());
        return new Request(honest.url, {
          method: "POST",
          headers: honest.headers,
          body: JSON.stringify(event()) + " ",
        });
      },
    ],
  ])("is refused: %s", async (_what, request) => {
    expect(await send(request())).toBe(401);
    expect(await stored()).toEqual([]);
  });

  it("tells its sender what is wrong with the rest", async () => {
    expect(await send(resendWebhook(event(), { headers: { "svix-id": null } }))).toBe(400);
    expect(await send(resendWebhook("[]"))).toBe(400);
    const get = await loader({ request: new Request("https://x.example/"), params: {}, context: {} });
    expect(get.status).toBe(405);
  });
});

describe("a webhook of Resend", () => {
  it("is stored once under its id, however often it comes", async () => {
    for (let time = 0; time < 5; time += 1) {
      expect(await send(resendWebhook({ type: "email.sent", tags: tags() }, { id: "msg_7" }))).toBe(200);
    }
    expect(await stored()).toEqual([{ topic: "email.sent", delivery_key: "msg_7" }]);
  });

  it("is taken under the secret before the last rotation, too", async () => {
    expect(await send(resendWebhook({ type: "email.sent", tags: tags() }, { secret: OLD_SECRET }))).toBe(200);
  });

  it("is answered and forgotten when it is about nothing of ours", async () => {
    const elsewhere = [
      { type: "email.sent", tags: null },
      { type: "email.sent", tags: { shop: "shop_0000000000000000000000000a", notification: id } },
      { type: "contact.created", tags: tags() },
      { type: "domain.updated", data: { id: "unknown", status: "failed" } },
    ];
    for (const event of elsewhere) expect(await send(resendWebhook(event))).toBe(200);
    expect(await stored()).toEqual([]);
  });

  it("is asked for again when it cannot be stored", async () => {
    const { deliveryWriter } = edge.services;
    edge.services.deliveryWriter = { write: () => Promise.resolve("unavailable") } as unknown as typeof deliveryWriter;
    expect(await send(resendWebhook({ type: "email.sent", tags: tags() }))).toBe(503);
    edge.services.deliveryWriter = deliveryWriter;
  });

  it("says where the message stands, in whatever order it comes", async () => {
    await tell({
      type: "email.clicked",
      createdAt: "2026-11-20T11:30:00.000Z",
      data: { click: { link: "https://x/?t=1" } },
    });
    await tell({ type: "email.delivered", createdAt: "2026-11-20T11:10:00.000Z" });
    await tell({ type: "email.sent", createdAt: "2026-11-20T11:09:00.000Z" });
    expect(await message()).toMatchObject({
      ...{ delivery: "clicked", delivered_at: new Date("2026-11-20T11:10:00Z"), clicks: 1 },
      ...{ clicked_at: new Date("2026-11-20T11:30:00Z"), opened_at: null, refused_at: null },
    });
    expect(await edge.rows("SELECT type, detail FROM notification_event ORDER BY at")).toEqual([
      { type: "sent", detail: {} },
      { type: "delivered", detail: {} },
      { type: "clicked", detail: {} },
    ]);
  });

  it("proves that a message was sent whose answer was lost, and leaves one that is being sent alone", async () => {
    await edge.rows(
      "UPDATE notification SET state = 'unknown', attempts = 1, first_attempt_at = now(), sent_at = NULL",
    );
    await tell({ type: "email.sent" });
    expect(await message()).toMatchObject({ state: "sent", provider_id: "00000000-0000-4000-8000-000000000001" });
    await edge.rows("UPDATE notification SET state = 'sending', lease_token = 'x', provider_id = NULL");
    await tell({ type: "email.delivered" });
    expect(await message()).toMatchObject({ state: "sending", delivery: "delivered" });
  });

  it("finds a message without tags of its own by the provider's id", async () => {
    await edge.rows("UPDATE notification SET provider_id = '00000000-0000-4000-8000-000000000001'");
    await tell({ type: "email.delivered", tags: { shop: shopId } });
    expect(await message()).toMatchObject({ delivery: "delivered" });
  });

  it("about another shop's message changes nothing", async () => {
    const other = await makeShop(edge.services.db, edge.clock);
    await tell({ type: "email.complained", tags: tags(other.shopId) });
    expect(await message()).toMatchObject({ delivery: null });
    expect(await edge.rows("SELECT 1 FROM address_block")).toEqual([]);
  });
});

describe("a refusal", () => {
  const bounce = (type: string) => ({
    type: "email.bounced",
    data: { bounce: { type, subType: "NoEmail", message: "550 <avery@example.com> unknown" } },
  });

  it("for good blocks the address in this shop, and in no other", async () => {
    const other = await makeShop(edge.services.db, edge.clock);
    await tell(bounce("Permanent"));
    await tell(bounce("Permanent"), "again");
    expect([await blockOf(shopId), await blockOf(other.shopId)]).toEqual(["bounced", null]);
    expect(await edge.rows("SELECT reason, source, notification_id, address FROM address_block")).toEqual([
      { reason: "bounced", source: "resend", notification_id: id, address: "avery@example.com" },
    ]);
    const [event] = await edge.rows<{ detail: object }>("SELECT detail FROM notification_event");
    expect(event?.detail).toEqual({ kind: "Permanent", cause: "NoEmail", message: "550 <[address]> unknown" });
  });

  it("that may pass blocks nothing", async () => {
    await tell(bounce("Transient"));
    expect([await blockOf(shopId), (await message())["delivery"]]).toEqual([null, "bounced"]);
  });

  it("by complaint silences this shop alone", async () => {
    const other = await makeShop(edge.services.db, edge.clock);
    await tell({ type: "email.delivered" });
    await tell({ type: "email.complained" });
    expect([await blockOf(shopId), await blockOf(other.shopId)]).toEqual(["complained", null]);
    expect(await message()).toMatchObject({ delivery: "complained", delivered_at: expect.any(Date) });
  });

  it("by the provider's own list is shown, and blocks only where the address is dead", async () => {
    const suppressed = (reason: string) => ({ type: "email.suppressed", data: { suppressed: { reason } } });
    await tell(suppressed("previous_complaint"), "one");
    expect([await blockOf(shopId), (await message())["delivery"]]).toEqual([null, "suppressed"]);
    await tell(suppressed("previous_bounce"), "two");
    expect(await blockOf(shopId)).toBe("suppressed");
  });

  it("is taken after an uninstall, too", async () => {
    await edge.rows("UPDATE shop SET status = 'uninstalled'");
    await tell({ type: "email.complained" });
    expect(await blockOf(shopId)).toBe("complained");
  });
});

describe("without a secret", () => {
  it("nobody lives at the address", async () => {
    const { env } = edge.services;
    edge.services.env = { ...env, RESEND_WEBHOOK_SECRETS: [] };
    expect(await send(resendWebhook({ type: "email.sent", tags: tags() }))).toBe(404);
    edge.services.env = env;
  });
});
