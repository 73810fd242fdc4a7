import { describe, expect, test } from "vitest";
import { SHIPMENT_STATUSES } from "#app/modules/carriers/status.ts";
import { answerPreviewForm, answerTemplateForm } from "#app/modules/notifications/answer-template-form.server.ts";
import { KINDS } from "#app/modules/notifications/kinds/kinds.ts";
import { openTemplateEditor } from "#app/modules/notifications/open-template-editor.server.ts";
import type { TestText, TestTextOutcome } from "#app/modules/notifications/sms/send-test-text.server.ts";
import { makeOrder, makeShipment, makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openDatabase } from "#tests/support/open-database.ts";
import { TestClock } from "#tests/support/test-clock.ts";
import { renderOne, testRendering } from "#tests/support/test-rendering.ts";

const clock = new TestClock("2026-11-24T12:00:00Z");
const store = keepOpen(openDatabase);
/** Texts that were tried out. */
const tried: TestText[] = [];
const sendText = async (text: TestText): Promise<TestTextOutcome> => {
  tried.push(text);
  return text.to === "1" ? { kind: "invalid", problems: { testTo: "phone" } } : { kind: "sent", to: text.to };
};
const deps = () => ({ ...testRendering(clock), db: store.db, sendText });

const KIND = "shipped";
async function open(shopId: string, kind = KIND) {
  const data = await store.db.forShop(shopId, (tx) => openTemplateEditor(tx, { shopId, kind }));
  if (!data) throw new Error(`no kind ${kind}`);
  return data;
}

const send = (shopId: string, fields: Record<string, string>) =>
  answerTemplateForm(deps(), { shopId, actorId: "42", kind: KIND, fields: { channel: "email", ...fields } });

async function withSubject(shopId: string, subject: string) {
  const { mail, numbers } = await open(shopId);
  const document = JSON.stringify({ ...mail, subject: { en: subject } });
  return { intent: "save", document, basedOn: String(numbers.email) };
}

describe("saving", () => {
  test("makes a version; the second of two people is told", async () => {
    const { shopId } = await makeShop(store.db, clock);
    const fields = await withSubject(shopId, "News of {{ order.name }}");
    expect(await send(shopId, fields)).toEqual({ kind: "saved", number: 1 });
    expect(await send(shopId, fields)).toEqual({ kind: "changed_meanwhile" });
    expect(await open(shopId)).toMatchObject({
      mail: { subject: { en: "News of {{ order.name }}" } },
      numbers: { email: 1 },
    });
    expect(await send(shopId, { intent: "restore", number: "0" })).toEqual({ kind: "restored", number: 2 });
    expect((await open(shopId)).mail.subject).toEqual({});
  });

  test("is refused where a text cannot be rendered, in whatever language it is", async () => {
    const { shopId } = await makeShop(store.db, clock);
    const { mail } = await open(shopId);
    const document = JSON.stringify({ ...mail, subject: { en: "Fine", fr: "{{ order.name | nix }}" } });
    expect(await send(shopId, { intent: "save", document })).toMatchObject({
      kind: "has_errors",
      problems: [{ slot: "subject", locale: "fr", code: "unknown_filter", line: 1 }],
    });
  });

  test.each([
    ["no JSON", "{"],
    ["no blocks", '{"blocks":[]}'],
    ["a block of no known type", '{"blocks":[{"id":"a","type":"script"}]}'],
    ["two blocks of one name", '{"blocks":[{"id":"a","type":"divider"},{"id":"a","type":"divider"}]}'],
    ["a link to a script", '{"blocks":[{"id":"a","type":"button","to":"url","url":"javascript:alert(1)"}]}'],
    [
      "a text without end",
      JSON.stringify({ subject: { en: "x".repeat(10_001) }, blocks: [{ id: "a", type: "divider" }] }),
    ],
  ])("is refused for %s", async (_name, document) => {
    const { shopId } = await makeShop(store.db, clock);
    expect(await send(shopId, { intent: "save", document })).toEqual({ kind: "invalid" });
  });
});

describe("a preview", () => {
  test.each(Object.keys(KINDS))("of %s can be made with every sample", async (kind) => {
    const { shopId } = await makeShop(store.db, clock);
    const editor = await open(shopId, kind);
    expect(editor.samples.length).toBeGreaterThanOrEqual(SHIPMENT_STATUSES.length);
    expect(editor.dormant).toBe(KINDS[kind]?.dormant);
    for (const { id: sample } of editor.samples) {
      const fields = { channel: "email", locale: "de", sample, document: JSON.stringify(editor.mail) };
      const preview = await answerPreviewForm(deps(), { shopId, kind, fields });
      expect(preview).toMatchObject({ preview: { channel: "email", problems: [] } });
    }
    const fields = { channel: "sms", locale: "de", document: JSON.stringify(editor.sms) };
    expect(await answerPreviewForm(deps(), { shopId, kind, fields })).toMatchObject({
      preview: { channel: "sms", problems: [] },
    });
  });

  test("of a real order shows that order, and never another shop's", async () => {
    const [one, other] = [await makeShop(store.db, clock), await makeShop(store.db, clock)];
    const orderId = await store.db.forShop(one.shopId, async (tx) => {
      const made = await makeOrder(tx, clock, { shopId: one.shopId, name: "#7777" });
      await makeShipment(tx, clock, { shopId: one.shopId, orderId: made.orderId, status: "in_transit" });
      return made.orderId;
    });
    const editor = await open(one.shopId);
    expect(editor.samples).toContainEqual(expect.objectContaining({ id: `order:${orderId}`, name: "#7777" }));
    const fields = {
      channel: "email",
      locale: "en",
      sample: `order:${orderId}`,
      document: JSON.stringify(editor.mail),
    };
    expect(await answerPreviewForm(deps(), { shopId: one.shopId, kind: KIND, fields })).toMatchObject({
      preview: { subject: "Your order #7777 is on its way" },
    });
    const theft = await answerPreviewForm(deps(), { shopId: other.shopId, kind: KIND, fields });
    expect(theft).toEqual({ kind: "not_found" });
  });

  test("makes no links and writes nothing down", async () => {
    const { shopId } = await makeShop(store.db, clock);
    const { mail } = await open(shopId);
    await answerPreviewForm(deps(), {
      shopId,
      kind: KIND,
      fields: { channel: "email", document: JSON.stringify(mail) },
    });
    const written = await store.db.forShop(shopId, async (tx) => [
      await tx.messageLink.count(),
      await tx.notification.count(),
    ]);
    expect(written).toEqual([0, 0]);
  });
});

describe("a test", () => {
  test("waits in the ledger for the merchant's own address, as it was previewed", async () => {
    const { shopId } = await makeShop(store.db, clock);
    await store.db.forShop(shopId, (tx) =>
      tx.shop.update({ where: { id: shopId }, data: { email: "owner@shop.example" } }),
    );
    const fields = await withSubject(shopId, "Only a test: {{ order.name }}");
    expect(await send(shopId, { ...fields, intent: "test" })).toEqual({ kind: "test_sent", to: "owner@shop.example" });
    await store.db.forShop(shopId, async (tx) => {
      const row = await tx.notification.findFirstOrThrow({ where: { shopId } });
      expect(row).toMatchObject({
        purpose: "test",
        audience: "staff",
        state: "queued",
        recipient: "owner@shop.example",
        templateNumber: null,
      });
      const message = await renderOne(testRendering(clock), tx, { shopId, notificationId: row.id });
      expect(message).toMatchObject({
        channel: "email",
        mail: { subject: "Only a test: #1042", to: "owner@shop.example" },
        // What was tried out need not be any version that was saved.
        templateNumber: null,
      });
    });
    expect((await open(shopId)).numbers.email).toBe(0);
  });

  test("of a text goes to the phone that was typed, in the words of the editor", async () => {
    const { shopId } = await makeShop(store.db, clock);
    const document = JSON.stringify({ ...(await open(shopId)).sms, text: { en: "Try {{ order.name }}" } });
    const fields = { channel: "sms", intent: "test", document };
    const to = "+12025550199";
    expect(await send(shopId, { ...fields, testTo: to })).toEqual({ kind: "test_sent", to });
    expect(tried).toEqual([{ shopId, kind: KIND, locale: "en", to, body: "Try #1042", channel: "sms" }]);
    expect(await send(shopId, { ...fields, testTo: "1" })).toEqual({
      kind: "text_not_sent",
      problem: "invalid_number",
    });
  });

  test("over WhatsApp goes out with the approved template, and not without one", async () => {
    const { shopId } = await makeShop(store.db, clock);
    const { whatsapp } = await open(shopId);
    const fields = { channel: "whatsapp", intent: "test", testTo: "+12025550199" };
    expect(await send(shopId, { ...fields, document: JSON.stringify(whatsapp) })).toEqual({
      kind: "text_not_sent",
      problem: "needs_template",
    });
    const document = JSON.stringify({ ...whatsapp, contentSid: "HX123", contentVariables: ["{{ order.name }}"] });
    tried.length = 0;
    expect(await send(shopId, { ...fields, document })).toEqual({ kind: "test_sent", to: fields.testTo });
    expect(tried).toMatchObject([{ channel: "whatsapp", content: { sid: "HX123", variables: { 1: "#1042" } } }]);
  });

  test("has nowhere to go without an address", async () => {
    const { shopId } = await makeShop(store.db, clock);
    await store.db.forShop(shopId, (tx) => tx.shop.update({ where: { id: shopId }, data: { email: null } }));
    expect(await send(shopId, { ...(await withSubject(shopId, "Test")), intent: "test" })).toEqual({
      kind: "no_address",
    });
  });
});
