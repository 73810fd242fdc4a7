import { describe, expect, test } from "vitest";
import type { ShopTx } from "#app/lib/db.server.ts";
import { LOCALES } from "#app/lib/i18n.ts";
import { newId } from "#app/lib/ids.ts";
import { addressHash, addressKeyOf, blockAddress } from "#app/modules/notifications/address-blocks.server.ts";
import { segmentsOf } from "#app/modules/notifications/sms/count-segments.ts";
import { openMessage, renderMessages } from "#app/modules/notifications/render-messages.server.ts";
import {
  defaultTemplate,
  listVersions,
  readTemplate,
  restoreTemplate,
  saveTemplate,
} from "#app/modules/notifications/template-store.server.ts";
import { block } from "#app/modules/notifications/templates/template-document.ts";
import { makeOrder, makeScans, makeShipment, makeShop, type OrderOptions, testKeys } from "#tests/support/factories.ts";
import { makeForecast } from "#tests/support/foreseen-parcel.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openDatabase } from "#tests/support/open-database.ts";
import { TestClock } from "#tests/support/test-clock.ts";
import { renderOne, testRendering } from "#tests/support/test-rendering.ts";

const clock = new TestClock("2026-11-24T12:00:00Z");
const rendering = testRendering(clock);
const store = keepOpen(openDatabase);

interface Wish {
  channel?: string;
  kind?: string;
  settings?: object;
  order?: OrderOptions;
  marketing?: boolean;
  locale?: string | null;
}

/** A message that has been decided and not been rendered. */
async function decided(wish: Wish = {}) {
  const { shopId } = await makeShop(store.db, clock, { settings: wish.settings ?? {} });
  const { notificationId } = await store.db.forShop(shopId, (tx) => decide(tx, shopId, wish));
  return { shopId, notificationId };
}

async function decide(tx: ShopTx, shopId: string, { channel = "email", kind = "shipped", ...wish }: Wish = {}) {
  const { orderId } = await makeOrder(tx, clock, { shopId, ...wish.order });
  if (wish.marketing) await tx.order.updateMany({ where: { shopId }, data: { emailMarketing: true } });
  const { shipmentId } = await makeShipment(tx, clock, { shopId, orderId, status: "in_transit" });
  await makeScans(tx, { shopId, shipmentId }, [{ status: "in_transit", occurredAt: clock.now() }]);
  await makeForecast(tx, { shopId, shipmentId, now: clock.now(), shown: { on: "2026-11-27" } });
  const id = newId("ntf", clock);
  const recipient = channel === "email" ? "avery@example.com" : "+15125550123";
  await tx.notification.create({
    data: {
      ...{ shopId, id, kind, channel, orderId, shipmentId, recipient, businessKey: id, state: "queued" },
      ...{ locale: wish.locale ?? "en", decision: {}, decidedAt: clock.now(), updatedAt: clock.now() },
    },
  });
  return { notificationId: id, orderId };
}

type Target = Awaited<ReturnType<typeof decided>>;
const render = (target: Target) => store.db.forShop(target.shopId, (tx) => renderOne(rendering, tx, target));

async function mailOf(target: Target) {
  const message = await render(target);
  if (message.channel !== "email") throw new Error("no mail");
  return message.mail;
}

const inShop = <Result>({ shopId }: Target, work: (tx: ShopTx) => Promise<Result>) => store.db.forShop(shopId, work);

describe("a mail", () => {
  test("is rendered once, sealed, and opened to the byte", async () => {
    const target = await decided();
    const message = await render(target);
    expect(message).toMatchObject({ channel: "email", subject: "Your order #1042 is on its way", templateNumber: 0 });
    const row = { shopId: target.shopId, channel: "email", renderedSealed: message.sealed };
    expect(openMessage(testKeys, row)).toEqual({ channel: "email", mail: "mail" in message ? message.mail : null });
    expect(() => openMessage(testKeys, { ...row, shopId: "another" })).toThrow();
  });

  test("says the date that the shop shows, in the reader's words, and counts clicks", async () => {
    const mail = await mailOf(await decided({ locale: "de-AT" }));
    expect(mail.text).toContain("Freitag, 27. November");
    expect(mail.text).toMatch(/\/apps\/doorstep\/go\/[\w-]{10,}/);
    expect(mail.html).not.toContain("/track/");
  });

  test("carries no header to unsubscribe with: news of an order is no subscription", async () => {
    const mail = await mailOf(await decided({ marketing: true }));
    expect(Object.keys(mail.headers)).toEqual(["X-Entity-Ref-ID"]);
    expect(mail.text).toContain("?manage=1");
  });

  test("with an offer does, where the reader wants offers", async () => {
    const target = await decided({ marketing: true });
    await saveOffer(target);
    const mail = await mailOf(target);
    expect(mail.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    expect(mail.headers["List-Unsubscribe"]).toMatch(/^<https:\/\/[^\s<>]+\/unsubscribe\/[^\s<>]+>$/);
    expect(mail.html).toContain("15 % off");
  });

  test.each([
    ["has not asked for offers", false],
    ["has asked, and unsubscribed since", true],
  ])("leaves the offer out for who %s", async (_name, marketing) => {
    const target = await decided({ marketing });
    await saveOffer(target);
    await inShop(target, async (tx) => {
      const hash = addressHash(await addressKeyOf(tx, testKeys, target.shopId), "email", "avery@example.com");
      const [medium, scope, reason, source] = ["email", "marketing", "unsubscribed", "shopper"] as const;
      await blockAddress(tx, {
        shopId: target.shopId,
        medium,
        scope,
        reason,
        source,
        hash,
        address: null,
        at: clock.now(),
      });
    });
    const mail = await mailOf(target);
    expect(mail.html).not.toContain("15 % off");
    expect(mail.headers).not.toHaveProperty("List-Unsubscribe");
  });

  test.each([
    ['Shop"\r\nBcc: x@evil.example', '"Shop Bcc x evil.example" <post@doorstep.example>'],
    ["Shop <ceo@bank.example>", '"Shop ceo bank.example" <post@doorstep.example>'],
    ["P\u0430yPal", '"Northpeak" <post@doorstep.example>'],
    ["\u202eknab", '"knab" <post@doorstep.example>'],
    ["Ñandú 東京 Café", '"Ñandú 東京 Café" <post@doorstep.example>'],
  ])("from %j cannot pass for another", async (fromName, from) => {
    expect((await mailOf(await decided({ settings: { sender: { fromName } } }))).from).toBe(from);
  });

  test("about an order with line breaks in its name has one line for a subject", async () => {
    const { subject } = await mailOf(await decided({ order: { name: "#1\r\nBcc: a@b.example\u0007" } }));
    expect(subject).toBe("Your order #1 Bcc: a@b.example is on its way");
  });

  test("whose stored template cannot be read any more has the product's own words", async () => {
    const target = await decided();
    const key = { shopId: target.shopId, kind: "shipped", channel: "email", number: 1, createdAt: clock.now() };
    await inShop(target, (tx) => tx.templateVersion.create({ data: { ...key, document: { blocks: "gone" } } }));
    expect((await mailOf(target)).subject).toBe("Your order #1042 is on its way");
  });
});

describe("one claim", () => {
  test("holds messages that can never be made: they say why, and cost the others nothing", async () => {
    const target = await decided();
    const { shopId } = target;
    const answers = await inShop(target, async (tx) => {
      const [orderless, altered, whole] = [
        await decide(tx, shopId),
        await decide(tx, shopId),
        await decide(tx, shopId),
      ];
      await tx.notification.updateMany({ where: { shopId, id: orderless.notificationId }, data: { orderId: null } });
      await tx.order.updateMany({
        where: { shopId, id: altered.orderId },
        data: { linkTokenSealed: "no.such.key.here" },
      });
      const ids = [target, orderless, altered, whole].map(({ notificationId }) => notificationId);
      const targets = [...ids, "ntf_gone"].map((notificationId) => ({ notificationId }));
      return [...(await renderMessages(rendering, tx, { shopId, targets })).values()];
    });
    const subject = "Your order #1042 is on its way";
    expect(answers).toMatchObject([
      { stored: { subject } },
      { fault: { code: "not_found" } },
      { fault: { code: "unseal" } },
      { stored: { subject } },
      { fault: { code: "not_found" } },
    ]);
    const links = await inShop(target, (tx) => tx.messageLink.groupBy({ by: ["notificationId"], where: { shopId } }));
    expect(links).toHaveLength(2);
  });
});

function saveOffer(target: Target) {
  const key = { shopId: target.shopId, kind: "shipped", channel: "email" } as const;
  const offer = block.parse({
    id: "offer",
    type: "promo",
    heading: { en: "15 % off" },
    url: "https://shop.example/sale",
  });
  const own = defaultTemplate("shipped", "email");
  const document = { ...own, blocks: [...own.blocks, offer] };
  return inShop(target, (tx) => saveTemplate(tx, clock, key, { document, basedOn: 0, by: null }));
}

describe("a text message", () => {
  test.each([
    ["sms", "+15125550123"],
    ["whatsapp", "whatsapp:+15125550123"],
  ])("by %s is short, has a link that is counted, and is of no use for ever", async (channel, to) => {
    const message = await render(await decided({ channel, kind: "out_for_delivery" }));
    if (message.channel === "email") throw new Error("a mail");
    expect(message.text).toMatchObject({ to, validForSeconds: expect.any(Number) as number });
    expect(message.text.body).toMatch(/Northpeak.*\/go\/[\w-]{10,}/s);
    expect(message.text.validForSeconds).toBeLessThanOrEqual(4 * 3_600);
  });

  test.each(LOCALES)(
    "from a name that cannot be answered has a short way to stop, within its parts: %s",
    async (locale) => {
      const message = await render(await decided({ channel: "sms", locale }));
      if (message.channel === "email") throw new Error("a mail");
      const { body } = message.text;
      expect(body.match(/https:\S+\/apps\/doorstep\/go\/[0-9A-Za-z]{22}(?= |$)/g)).toHaveLength(2);
      expect(body).not.toContain("/unsubscribe/");
      // What is written in UCS-2 has less than half the room.
      expect(segmentsOf(body).segments).toBeLessThanOrEqual(locale === "ja" ? 4 : 2);
    },
  );

  test("says how to stop to somebody new, and so does one of two that leave together", async () => {
    const target = await decided({ channel: "sms" });
    const { shopId } = target;
    const bodies = await inShop(target, async (tx) => {
      await decide(tx, shopId, { channel: "sms", order: { name: "#1043" } });
      await tx.notification.updateMany({ where: { shopId }, data: { state: "sending", personKey: "somebody" } });
      const ids = await tx.notification.findMany({ where: { shopId }, select: { id: true } });
      const targets = ids.map(({ id }) => ({ notificationId: id, sharedSender: false }));
      const rendered = await renderMessages(rendering, tx, { shopId, targets });
      return [...rendered.values()].map((one) => ("stored" in one && "text" in one.stored ? one.stored.text.body : ""));
    });
    const linksOf = (body: string) => body.match(/\/go\//g)?.length;
    expect(bodies.map(linksOf).sort()).toEqual([1, 2]);
  });

  test("by an approved WhatsApp template carries what fills its places", async () => {
    const target = await decided({ channel: "whatsapp" });
    const key = { shopId: target.shopId, kind: "shipped", channel: "whatsapp" } as const;
    const document = {
      text: {},
      contentSid: "HX123",
      contentVariables: ["{{ order.name }}", "{{ parcel.expected_short }}"],
    };
    await inShop(target, (tx) => saveTemplate(tx, clock, key, { document, basedOn: 0, by: "sam" }));
    const message = await render(target);
    expect(message).toMatchObject({
      templateNumber: 1,
      text: { content: { sid: "HX123", variables: { 1: "#1042", 2: "Nov 27" } } },
    });
  });
});

describe("versions of a template", () => {
  test("are numbered, listed and restored; two people at once do not overwrite one another", async () => {
    const target = await decided();
    const key = { shopId: target.shopId, kind: "delivered", channel: "email" } as const;
    const own = defaultTemplate("delivered", "email");
    const first = { ...own, subject: { en: "One" } };
    await inShop(target, async (tx) => {
      expect(await saveTemplate(tx, clock, key, { document: first, basedOn: 0, by: "sam" })).toEqual({
        kind: "saved",
        number: 1,
      });
      const late = await saveTemplate(tx, clock, key, { document: own, basedOn: 0, by: "kim" });
      expect(late).toEqual({ kind: "changed_meanwhile", number: 1 });
      await saveTemplate(tx, clock, key, { document: { ...own, subject: { en: "Two" } }, basedOn: 1, by: "kim" });
      expect((await readTemplate(tx, key)).document.subject).toEqual({ en: "Two" });
      expect(await restoreTemplate(tx, clock, key, { number: 1, by: "sam" })).toEqual({ kind: "restored", number: 3 });
      expect(await readTemplate(tx, key)).toEqual({ document: first, number: 3 });
      await restoreTemplate(tx, clock, key, { number: 0, by: "sam" });
      expect((await readTemplate(tx, key)).document).toEqual(own);
      expect((await listVersions(tx, key)).map(({ number, note }) => [number, note])).toEqual([
        [4, "restored:0"],
        [3, "restored:1"],
        [2, null],
        [1, null],
      ]);
      expect(await restoreTemplate(tx, clock, key, { number: 99, by: "sam" })).toEqual({ kind: "not_found" });
    });
  });
});
