import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTemplateEngine } from "#app/modules/notifications/template-engine.server.ts";
import { composeFacts } from "#app/modules/notifications/templates/compose-facts.ts";
import { defaultMail } from "#app/modules/notifications/templates/default-documents.ts";
import { demoSource } from "#app/modules/notifications/templates/demo-facts.ts";
import { mailTargets, withLinks } from "#app/modules/notifications/templates/mail-links.ts";
import { produceMail } from "#app/modules/notifications/templates/produce-mail.ts";
import { block, mailDocument } from "#app/modules/notifications/templates/template-document.ts";
import { openBrowser, openPage } from "#tests/support/browser.ts";
import { demoMail, demoWish } from "#tests/support/demo-message.ts";
import { HOSTILE_TEXTS } from "#tests/support/hostile-texts.ts";

const engine = createTemplateEngine();
let browser: Browser | null;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => Promise.all([engine.close(), browser?.close()]));

/** The text in every field that a merchant, a buyer or a carrier fills, in a mail with every block. */
async function mailWith(text: string) {
  const source = demoSource(demoWish({ split: true }));
  const facts = composeFacts({
    ...source,
    shop: { name: text, url: text, email: text, supportEmail: text, supportUrl: text, address: text },
    brand: { logoUrl: text, colour: "#1f5199" },
    order: {
      ...source.order,
      name: text,
      shippingTitle: text,
      recipientName: text,
      city: text,
      provinceCode: text,
      postalCode: text,
    },
    lines: source.lines.map((line) => ({ ...line, title: text, variantTitle: text, sku: text, imageUrl: text })),
    parcels: source.parcels.map((parcel) => {
      return { ...parcel, trackingNumber: text, carrierName: text, service: text, firstPlace: text, lastPlace: text };
    }),
  });
  const recommended = [
    { title: text, url: "https://shop.example/p", image_url: "https://shop.example/p.png", price: text },
  ];
  const shown = { ...facts, recommendations: recommended };
  const document = hostileDocument(text);
  const hrefs = new Map(
    mailTargets(document, shown, true).map(({ key, target }) => [
      key,
      target === "tracking" ? "https://shop.example/t" : target,
    ]),
  );
  const request = demoMail({ split: true });
  return produceMail(engine, { ...request, facts: withLinks(shown, hrefs), document, hrefs, marketing: true });
}

function hostileDocument(text: string) {
  const written = { en: `${text} {{ order.name }} {{ customer.first_name }}` };
  const extra = [
    { id: "hero", type: "hero", alt: written, heading: written, imageUrl: "https://shop.example/hero.png" },
    {
      id: "offer",
      type: "promo",
      heading: written,
      text: written,
      code: text.slice(0, 60),
      url: "https://shop.example",
    },
    { id: "more", type: "recommendations", heading: written },
    { id: "sorry", type: "apology", text: written, next: written },
  ].map((one) => block.parse(one));
  const own = defaultMail("shipped").blocks.map((one) => ({
    ...one,
    text: written,
    label: written,
    heading: written,
    hidden: false,
  }));
  return mailDocument.parse({ subject: written, preheader: written, blocks: [...own, ...extra] });
}

/** What is in the page and should not be. */
function findTraces(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelectorAll("*")) {
      if (/^(script|iframe|object|embed|svg|form|base|link|video|input|math|template)$/i.test(element.tagName))
        found.push(element.tagName);
      if (element.tagName === "STYLE" && element.parentElement?.tagName !== "HEAD") found.push("style");
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name) || (/^(href|src)$/.test(name) && !value.startsWith("https://")))
          found.push(`${name}=${value}`);
        if (name === "style" && /url\(|expression/i.test(value)) found.push(value);
      }
    }
    if ("ran" in globalThis || document.title === "ran") found.push("ran");
    return found;
  });
}

test("more than two hundred texts stay texts, in every field of a mail", { timeout: 120_000 }, async () => {
  expect(HOSTILE_TEXTS.length).toBeGreaterThan(200);
  if (!browser) return;
  const { page, context } = await openPage(browser);
  const ran: string[] = [];
  page.on("dialog", (dialog) => {
    ran.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  let current = "";
  page.on("request", (request) => {
    // An https address in a picture's field is a picture's address; from anywhere else nothing is asked.
    const picture = request.resourceType() === "image" && current.startsWith("https://");
    if (new URL(request.url()).hostname.endsWith("evil.example") && !picture) ran.push(`asked for ${request.url()}`);
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      Object.assign(globalThis, { violated: `${event.violatedDirective} ${event.blockedURI}` });
    });
  });
  for (const [index, text] of HOSTILE_TEXTS.entries()) {
    current = text;
    const { html, subject, text: plain } = await mailWith(text);
    const policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; object-src 'none'\">";
    // Under a policy that forbids scripts, one that only wanted to run is reported, too.
    const guarded = index % 4 === 0 ? [html.replace("<head>", `<head>${policy}`)] : [];
    for (const shown of [html, ...guarded]) {
      await page.setContent(shown, { waitUntil: "domcontentloaded" });
      ran.push(...(await findTraces(page)).map((trace) => `${trace} of ${text}`));
      const violated = await page.evaluate(() => (globalThis as { violated?: string }).violated);
      if (violated) ran.push(`${violated} by ${text}`);
    }
    expect(subject).not.toMatch(/[\r\n\p{Cc}]/u);
    expect(plain).not.toMatch(/\0|\u202e/);
  }
  expect(ran).toEqual([]);
  await context.close();
});

test("in the preview's frame they cannot even try", { timeout: 60_000 }, async () => {
  if (!browser) return;
  const { page, context } = await openPage(browser);
  const ran: string[] = [];
  page.on("dialog", (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  const texts = HOSTILE_TEXTS.filter((_, index) => index % 10 === 0);
  for (const text of texts) {
    const { html } = await mailWith(text);
    await page.setContent('<iframe sandbox="" title="preview"></iframe>');
    await page.evaluate(
      (mail) => document.querySelector("iframe")?.setAttribute("srcdoc", `${mail}<script>alert("frame")</script>`),
      html,
    );
    await page.frames()[1]?.waitForLoadState();
  }
  expect(ran).toEqual([]);
  await context.close();
});
