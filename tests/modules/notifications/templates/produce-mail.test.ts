import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LOCALES } from "#app/lib/i18n.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { KINDS } from "#app/modules/notifications/kinds/kinds.ts";
import { createTemplateEngine } from "#app/modules/notifications/template-engine.server.ts";
import { isTooLarge, produceMail } from "#app/modules/notifications/templates/produce-mail.ts";
import { block, mailDocument } from "#app/modules/notifications/templates/template-document.ts";
import { formatDay } from "#app/modules/shipments/expected-text.ts";
import { findBarriers, openBrowser, openPage, sidewaysScroll } from "#tests/support/browser.ts";
import { demoMail, type DemoMessage } from "#tests/support/demo-message.ts";

const engine = createTemplateEngine();
let browser: Browser | null;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => Promise.all([engine.close(), browser?.close()]));

/** A state in which a message of this kind is sent. */
const STATE_OF: Readonly<Record<string, { status: ShipmentStatus; subStatus?: string }>> = {
  out_for_delivery: { status: "out_for_delivery" },
  delivered: { status: "delivered" },
  delivered_late: { status: "delivered" },
  feedback_request: { status: "delivered" },
  delivery_failed: { status: "delivery_attempted", subStatus: "nobody_home" },
  delay_predicted: { status: "in_transit", subStatus: "weather" },
  delayed_in_transit: { status: "in_transit", subStatus: "delayed" },
  lost_or_damaged: { status: "exception", subStatus: "damaged" },
  returned_to_sender: { status: "return_to_sender" },
  all_parcels_delivered: { status: "delivered" },
  label_created: { status: "pre_transit" },
  awaiting_pickup: { status: "pre_transit" },
  available_for_pickup: { status: "available_for_pickup" },
  held_customs: { status: "in_transit", subStatus: "customs_hold" },
};

const requestOf = (kind: string, changes: DemoMessage = {}) =>
  demoMail({ kind, ...(STATE_OF[kind] ?? { status: "in_transit" }), ...changes });
const make = (kind: string, changes: DemoMessage = {}) =>
  produceMail(engine, { ...requestOf(kind, changes), check: true });

describe.each(Object.keys(KINDS))("%s", (kind) => {
  test.each(LOCALES)("reads well in %s, alone and in several parcels", async (locale) => {
    for (const split of [false, true]) {
      const mail = await make(kind, { locale, split });
      const said = `${mail.subject}\n${mail.preheader}\n${mail.html}\n${mail.text}`;
      expect(mail.problems.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(said).not.toMatch(/\{\{|\{%|undefined|\[object|NaN|null\b/);
      // A key instead of a text: `label.carrier`.
      expect(said).not.toMatch(/\b(button|label|progress|window|route|reason|status|parcels|footer|support)\.[a-z_]+/);
      expect(mail.html).toContain(`<html dir="ltr" lang="${locale}"`);
      expect(mail.subject).toContain("#1042");
      expect(mail.text).toContain("https://northpeak.example/apps/doorstep/track/abc");
      expect(isTooLarge(mail)).toBe(false);
    }
  });

  test.each(LOCALES)("says in %s once when it comes", async (locale) => {
    const { expected } = requestOf(kind, { locale }).facts.parcel;
    const { text } = await make(kind, { locale });
    if (expected !== "") expect(text.split(expected).length - 1).toBeLessThanOrEqual(1);
  });
});

describe("a mail about a delay", () => {
  const DELAYS = ["delay_predicted", "delayed_in_transit", "suspected_lost", "awaiting_pickup", "held_customs"];

  test.each(DELAYS.flatMap((kind) => LOCALES.map((locale) => [kind, locale] as const)))(
    "%s says in %s when we look at it again",
    async (kind, locale) => {
      const { next_update: next } = requestOf(kind, { locale }).facts.parcel;
      expect(next).toContain(formatDay("2026-11-25", locale));
      const { html, text } = await make(kind, { locale });
      expect(text).toContain(next);
      expect(html).toContain(next);
    },
  );

  test("promises nothing where no look is planned", async () => {
    const request = requestOf("delay_predicted");
    request.facts.parcel.next_update = "";
    const { text } = await produceMail(engine, { ...request, check: true });
    expect(text).toContain("write again as soon as it arrives or the date changes.\n");
    expect(requestOf("delivered").facts.parcel.next_update).toBe("");
  });
});

describe("a mail about a return", () => {
  test.each([
    ["refund_issued", "Amount: $148.00"],
    ["refund_issued", "See the details"],
    ["label_ready", "Return label: https://northpeak.example/"],
    ["return_declined", "Reason: The return window ended on 3 November."],
    ["return_inspected", "One of the two beanies was not in the parcel."],
    ["pickup_scheduled", "Thursday between 9:00 and 13:00"],
  ])("%s says what is particular about it", async (kind, text) => {
    expect((await make(kind)).text).toContain(text);
  });

  test("leaves out what nobody knows", async () => {
    const request = demoMail({ kind: "refund_issued" });
    const facts = { ...request.facts, return: null };
    const mail = await produceMail(engine, { ...request, facts });
    expect(mail.text).toContain("We have refunded your return for order #1042");
    expect(mail.text).not.toContain("Amount:");
  });
});

describe("a mail", () => {
  test("names its language on the document and on what the body holds, for clients that drop the document", async () => {
    const { html } = await make("shipped", { locale: "pt" });
    const parts = html.slice(html.indexOf("<body")).match(/lang="pt"/g) ?? [];
    expect(parts.length).toBeGreaterThanOrEqual(2);
    expect(html.slice(html.indexOf("<body"))).toContain('dir="ltr"');
  });

  test("gives every picture an alternative", async () => {
    const { html } = await make("shipped", { brand: { logoUrl: "https://shop.example/logo.png", colour: "#1f5199" } });
    const pictures = html.match(/<img[^>]*>/g) ?? [];
    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures.filter((picture) => !/ alt="[^"]+"/.test(picture))).toEqual([]);
  });

  test("stays under the size at which it would be clipped, and says how many things it left out", async () => {
    const request = demoMail();
    const item = { ...request.facts.parcel.items[0], title: "A title that is rather long ".repeat(7) };
    const items = Array.from({ length: 400 }, () => item) as typeof request.facts.parcel.items;
    const facts = { ...request.facts, parcel: { ...request.facts.parcel, items } };
    const mail = await produceMail(engine, { ...request, facts });
    expect(Buffer.byteLength(mail.html)).toBeLessThanOrEqual(90_000);
    expect(mail.text).toContain("and 388 more items");
  });

  test("that is too large because of its texts says which one", async () => {
    const request = demoMail();
    const text = { en: "word ".repeat(1_990) };
    const blocks = Array.from({ length: 10 }, (_, index) => block.parse({ id: `text-${index}`, type: "text", text }));
    const mail = await produceMail(engine, { ...request, document: mailDocument.parse({ blocks }) });
    expect(mail.problems).toMatchObject([{ slot: "text-0.text", severity: "error", code: "too_large" }]);
  });

  test("with a mistake in one text has the product's own in its place", async () => {
    const request = demoMail();
    const broken = {
      ...request.document,
      subject: { en: "{% if %}" },
      preheader: { en: "Hi {{ customer.first_name }}" },
    };
    const mail = await produceMail(engine, { ...request, document: broken });
    expect(mail).toMatchObject({ subject: "Your order #1042 is on its way", preheader: "Hi Avery" });
    expect(mail.problems).toMatchObject([{ slot: "subject", code: "syntax" }]);
  });

  test("whose texts eat all the time has the product's own throughout", async () => {
    const loops = `${"{% for a in (1..3000) %}".repeat(3)}${"{% endfor %}".repeat(3)}`;
    const request = demoMail();
    const text = { en: loops };
    const eaters = Array.from({ length: 8 }, (_, index) => block.parse({ id: `text-${index}`, type: "text", text }));
    const document = { ...request.document, subject: text, blocks: [...request.document.blocks, ...eaters] };
    const mail = await produceMail(engine, { ...request, document });
    expect(mail.subject).toBe("Your order #1042 is on its way");
    expect(mail.problems.every(({ code }) => code === "too_slow")).toBe(true);
  });

  test("offers something only to people who want offers, and then says how it stops", async () => {
    const request = demoMail();
    const promo = block.parse({
      id: "promo",
      type: "promo",
      heading: { en: "15 % off" },
      code: "THANKS",
      url: "https://s.example/",
    });
    const document = { ...request.document, blocks: [promo, ...request.document.blocks] };
    const links = {
      ...request.facts.links,
      unsubscribe: "https://s.example/stop",
      preferences: "https://s.example/choose",
    };
    const facts = { ...request.facts, links };
    const without = await produceMail(engine, { ...request, document, facts });
    const withOffer = await produceMail(engine, { ...request, document, facts, marketing: true });
    expect(without).toMatchObject({ advertises: false });
    expect(without.html).not.toMatch(/THANKS|s\.example\/stop/);
    expect(withOffer).toMatchObject({ advertises: true });
    expect(withOffer.html).toContain("THANKS");
    expect(withOffer.text).toContain("Unsubscribe from offers: https://s.example/stop");
  });

  test("falls back from the reader's language to the product's words, and for the merchant's own blocks to the shop's", async () => {
    const request = demoMail({ locale: "de" });
    const own = block.parse({ id: "text-1", type: "text", text: { en: "Our own words", fr: "Nos mots" } });
    const document = {
      ...request.document,
      subject: { en: "Only English" },
      blocks: [...request.document.blocks, own],
    };
    const mail = await produceMail(engine, { ...request, document, shopLocale: "fr" });
    expect(mail.subject).toBe("Ihre Bestellung #1042 ist unterwegs");
    expect(mail.text).toContain("Nos mots");
  });
});

describe("in a browser", () => {
  const LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung".repeat(3);

  test.each([320, 390, 700])(
    "nobody scrolls sideways at %i pixels, however long a word is",
    { timeout: 60_000 },
    async (width) => {
      if (!browser) return;
      const { page, context } = await openPage(browser, { viewport: { width, height: 800 } });
      const shop = {
        name: LONG,
        url: "",
        email: "",
        supportEmail: `${"a".repeat(60)}@example.com`,
        supportUrl: "",
        address: LONG,
      };
      for (const kind of ["shipped", "delivered", "delay_predicted"]) {
        await page.setContent((await make(kind, { split: true, shop, locale: "de" })).html);
        expect(await sidewaysScroll(page)).toBe(0);
      }
      await context.close();
    },
  );

  test.each(["light", "dark"] as const)("there are no barriers by %s", { timeout: 60_000 }, async (colorScheme) => {
    if (!browser) return;
    const { page, context } = await openPage(browser);
    await page.emulateMedia({ colorScheme });
    for (const colour of ["#1f5199", "#ffd400", "#000000", "#ffffff"]) {
      await page.setContent((await make("delay_predicted", { split: true, brand: { logoUrl: "", colour } })).html);
      expect(await findBarriers(page)).toEqual([]);
    }
    await context.close();
  });
});
