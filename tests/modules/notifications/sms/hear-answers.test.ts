import { beforeEach, describe, expect, it } from "vitest";
import { connectSmsAccount } from "#app/modules/notifications/sms/connect-sms-account.server.ts";
import { removeSmsAccount } from "#app/modules/notifications/sms/manage-sms-account.server.ts";
import { type ReachedOrder, readRecipients } from "#app/modules/notifications/situation/recipients.server.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { NUMBER, openSmsWorld, PERSON, type SmsWorld, TYPED } from "./sms-world.ts";

const { whatsappSender } = TWILIO_ACCOUNT;

const edge = keepOpen(openRouteEdge);
let world: SmsWorld;

beforeEach(async () => {
  world = await openSmsWorld(edge);
  await world.goLive();
});

const order: ReachedOrder = {
  ...{ id: "gid://shopify/Order/1", email: null, phone: "(202) 555-0199", addressPhone: null, countryCode: "US" },
  ...{ emailMarketing: false, smsMarketing: true },
};

/** Who of an order can be reached by text, and at which number. */
async function recipients(change: Partial<ReachedOrder> = {}) {
  const { services, shopId } = world;
  const orders = [{ ...order, ...change }];
  const found = await services.db.forShop(shopId, (tx) => readRecipients(tx, services.keys, { shopId, orders }));
  const { seen, addresses } = found.get(order.id) ?? expect.fail("the order is not there");
  return {
    sms: { ...seen.sms, address: addresses.sms },
    whatsapp: { ...seen.whatsapp, address: addresses.whatsapp },
  };
}

/** A person writes, and everything that follows happens. */
async function hear(body: string, { from = PERSON, to = NUMBER as string } = {}) {
  world.sandbox.inbound.receive({ from, to, body });
  await world.settle();
  return world.sandbox.texts.all().filter(({ direction }) => direction === "outbound-reply");
}

describe("STOP", () => {
  it.each([
    "STOP",
    "stop.",
    "Stop!!",
    "stop 🛑",
    "🛑",
    "STOP please",
    "Arrêt",
    "abmelden",
    "BAJA",
    "annulla",
    "停止",
    "opt-out",
  ])("as %s blocks the number, and is answered exactly once", async (body) => {
    expect(await recipients()).toMatchObject({ sms: { service: true, marketing: true, blocked: null } });
    expect(await hear(body)).toHaveLength(1);
    expect(await recipients()).toMatchObject({
      sms: { blocked: "stopped", marketing: false },
      whatsapp: { blocked: "stopped" },
    });
  });

  it("holds over a new account with another sender, and over the same order again", async () => {
    await hear("Arrêt");
    await removeSmsAccount(world.services, { shopId: world.shopId, actorId: "42" });
    await world.goLive({ typed: { senderKind: "service", sender: TWILIO_ACCOUNT.messagingServiceSid } });
    expect(await recipients()).toMatchObject({ sms: { blocked: "stopped" } });
    await connectSmsAccount(world.services, {
      shopId: world.shopId,
      actorId: "42",
      typed: { ...TYPED, senderKind: "name", sender: "NORTHPEAK" },
    });
    expect(await recipients()).toMatchObject({ sms: { blocked: "stopped" }, whatsapp: { blocked: "stopped" } });
  });

  it("to one shop says nothing about another", async () => {
    await hear("STOP");
    world = await openSmsWorld(edge);
    await world.goLive();
    expect(await recipients()).toMatchObject({ sms: { blocked: null } });
  });

  it("over WhatsApp is answered by us, in the language of the word", async () => {
    world.sandbox.inbound.setWebhook(whatsappSender, world.hook());
    const [reply] = await hear("Désabonner", { from: `whatsapp:${PERSON}`, to: whatsappSender });
    expect(reply?.body).toBe("Northpeak : vous ne recevrez plus nos SMS. Répondez START pour les recevoir de nouveau.");
    expect(await recipients()).toMatchObject({ sms: { blocked: "stopped" } });
  });

  it("is undone by START, which is kept as a consent, and not by what staff has decided", async () => {
    await hear("stop!");
    await hear("START");
    expect(await recipients()).toMatchObject({ sms: { blocked: null, service: true } });
    expect(await edge.rows("SELECT source FROM consent WHERE shop_id = $1", [world.shopId])).toEqual([
      { source: "start_keyword" },
    ]);
    const hash = await world.hashOf(PERSON);
    await edge.rows(
      "INSERT INTO address_block (shop_id, medium, address_hash, scope, reason, source, at) VALUES ($1, 'phone', $2, 'all', 'manual', 'staff', now())",
      [world.shopId, hash],
    );
    await hear("START");
    expect(await recipients()).toMatchObject({ sms: { blocked: "manual" } });
  });

  it("said twice by a repeated webhook is answered once", async () => {
    world.sandbox.pushes.setFaults({ duplicate: 1 });
    expect(await hear("Abmelden")).toHaveLength(1);
  });
});

describe("other answers", () => {
  it("to HELP names the shop, and to anything else say nothing", async () => {
    expect((await hear("Hilfe"))[0]?.body).toBe("Northpeak: SMS zu Ihren Bestellungen. Abmelden mit STOP.");
    expect(await hear("Where is my parcel?")).toHaveLength(1);
    expect(await recipients()).toMatchObject({ sms: { blocked: null } });
  });
});

describe("who of an order can be reached by text", () => {
  it("is the number from the checkout, in the form of the country it is shipped to", async () => {
    const personKey = await world.hashOf(PERSON);
    expect((await recipients()).sms).toEqual({
      ...{ personKey, countryCode: "US", blocked: null, service: true, marketing: true, address: PERSON },
    });
    expect(await recipients({ smsMarketing: false })).toMatchObject({ sms: { service: true, marketing: false } });
  });

  it("is the number of the delivery address where there is no other, and for nothing but the order", async () => {
    const personKey = await world.hashOf(PERSON);
    const addressPhone = "(202) 555-0199";
    expect((await recipients({ phone: null, addressPhone })).sms).toEqual({
      ...{ personKey, countryCode: "US", blocked: null, service: true, marketing: false, address: PERSON },
    });
    expect((await recipients({ addressPhone: "(202) 555-0188" })).sms).toMatchObject({ address: PERSON });
    // A number that cannot be used was given all the same: nobody else is written to instead.
    expect((await recipients({ phone: "12", addressPhone })).sms).toMatchObject({ blocked: "invalid", address: null });
    await hear("STOP");
    expect((await recipients({ phone: null, addressPhone })).sms).toMatchObject({ blocked: "stopped" });
  });

  it("is nobody for a number that is none, with the reason", async () => {
    expect((await recipients({ phone: "12" })).sms).toMatchObject({
      personKey: null,
      blocked: "invalid",
      address: null,
    });
    expect((await recipients({ phone: "+1 900 555 0123" })).sms).toMatchObject({ blocked: "premium" });
    expect((await recipients({ phone: "030 901820", countryCode: "DE" })).sms).toMatchObject({ blocked: "landline" });
    expect((await recipients({ phone: "030 901820", countryCode: "DE" })).whatsapp).toMatchObject({ blocked: null });
    expect((await recipients({ phone: null })).sms).toMatchObject({ personKey: null, blocked: null });
  });

  it("may get nothing while the merchant has not said what the checkout says", async () => {
    await edge.rows("UPDATE sms_account SET options = options || '{\"consent\": null}' WHERE shop_id = $1", [
      world.shopId,
    ]);
    expect(await recipients()).toMatchObject({ sms: { service: false, marketing: false } });
  });
});
