import type { Frame } from "playwright-core";
import { expect } from "vitest";
import { KeyRing } from "#app/lib/crypto.server.ts";
import { Database } from "#app/lib/db.server.ts";
import { findBarriers, openPage, PHONE, sidewaysScroll } from "#tests/support/browser.ts";
import { eventually } from "#tests/support/eventually.ts";
import { writeHostileMessages } from "#tests/support/hostile-messages.ts";
import { withConnection } from "#tests/postgres/server-connection.ts";
import type { FullStack } from "#tests/support/full-stack.ts";
import { type Shipped, shipOrder } from "#tests/support/ship-order.ts";
import { startDay } from "./journey.ts";

const DOMAIN = "ship.northpeak.example";

let shipped: Shipped;

const step = startDay({}, ({ stack }) => {
  shipped = shipOrder(stack.sandbox, { carrierId: "easypost", faster: 2.5 });
});

const folded = (stack: FullStack) =>
  withConnection(stack.database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string; delivery: string | null; order_id: string }>(
      "SELECT id, delivery, order_id FROM notification WHERE state = 'sent' ORDER BY id",
    );
    return rows;
  });

/** What only a text that was taken for markup can have made. */
function findTraces(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const found: string[] = [];
    for (const element of document.body.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        const leads = /^(href|src|action|formaction)$/.test(name) && /^\s*(javascript|data|vbscript):/i.test(value);
        if (/^on/i.test(name) || leads) found.push(`${element.tagName} ${name}=${value}`);
      }
      if (/^(marquee|object|embed|base|details|video|math)$/i.test(element.tagName)) found.push(element.tagName);
    }
    if ("ran" in globalThis || document.title === "ran") found.push("ran");
    return found;
  });
}

step("a merchant comes to a verified sender within a minute", async ({ admin, stack }) => {
  const { app } = admin;
  await admin.open("/app/settings/sender", "Sender");
  await app.getByLabel("Domain", { exact: true }).fill(`https://${DOMAIN}/`);
  await app.getByRole("button", { name: "Add domain" }).click();
  await app.getByRole("heading", { name: DOMAIN }).waitFor();
  const records = app.getByRole("region", { name: `DNS records of ${DOMAIN}` }).locator("tbody tr");
  await expect.poll(() => records.count()).toBe(3);
  await admin.expectGoodPage();
  const check = app.getByRole("button", { name: `Check now: ${DOMAIN}` });
  const provider = await admin.page.context().newPage();
  await provider.goto(stack.addresses.console);
  await provider.getByRole("button", { name: `Set the records: ${DOMAIN}` }).click();
  await provider.getByText("The records are set").waitFor();
  await provider.close();
  await check.click();
  await app.getByText("Verified", { exact: true }).waitFor();
  await app.getByLabel("Sent from", { exact: true }).selectOption(DOMAIN);
  await app.getByLabel("Address", { exact: true }).fill("hello");
  await admin.pressSaveBar("save");
  await app.getByText(`hello@${DOMAIN}`).waitFor();
  await admin.expectGoodPage();
});

step("what the provider tells about a mail stands in the log", async ({ admin, stack }) => {
  await eventually(async () => (await folded(stack)).some(({ delivery }) => delivery !== null && delivery !== "sent"), {
    timeoutMs: 60_000,
    what: "a mail that was delivered",
  });
  await admin.open("/app/messages", "Messages");
  await admin.app.getByText(shipped.order.name).first().waitFor();
  await admin.expectGoodPage();
  await admin.open(`/app/messages?q=${encodeURIComponent(shipped.order.name)}`, "Messages");
  await admin.app.getByText(shipped.order.name).first().waitFor();
  await admin.open("/app/messages/performance", "Performance");
  await admin.expectGoodPage();
});

step("one message shows what was sent, in a frame that can do nothing", async ({ admin, stack }) => {
  const { app, page } = admin;
  const [message] = (await folded(stack)).filter(({ delivery }) => delivery !== null);
  await admin.open(`/app/messages/${message?.id}`, /#/);
  const frame = app.locator('iframe[sandbox=""]');
  await frame.waitFor();
  await expect.poll(() => frame.contentFrame().locator("body").innerText()).not.toBe("");
  await admin.expectGoodPage();
  await page.setViewportSize({ width: 1280, height: 900 });
  const before = stack.sandbox.resend.mails.all().length;
  await app.getByRole("button", { name: "Send again" }).click();
  await app.getByLabel("Why is it sent?").fill("The shopper has lost the mail");
  await app.getByRole("button", { name: "Send now" }).click();
  await eventually(() => stack.sandbox.resend.mails.all().length > before, {
    timeoutMs: 30_000,
    what: "the mail again",
  });
});

step("hostile texts stay texts in the log of one person, and on a message's own page", async ({ admin, stack }) => {
  const { app, page } = admin;
  const keys = KeyRing.parse(stack.env["ENCRYPTION_KEYS"] ?? "");
  const db = new Database({ url: stack.database.url });
  const [shop] = await withConnection(stack.database.ownerUrl, async (client) => {
    return (await client.query<{ id: string }>("SELECT id FROM shop")).rows;
  });
  const id = await db.forShop(shop?.id ?? "", (tx) => writeHostileMessages(tx, keys, shop?.id ?? ""));
  await db.close();
  const ran: string[] = [];
  page.on("dialog", (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().includes("evil.example")) ran.push(request.url());
  });
  for (const [path, heading] of [
    [`/app/messages?person=${id}`, "Messages"],
    [`/app/messages/${id}`, /./],
  ] as const) {
    await admin.open(path, heading);
    expect(await app.getByText("alert(1)").count(), path).toBeGreaterThan(0);
    const frame = page.frame({ name: "app-iframe" });
    if (frame) ran.push(...(await findTraces(frame)).map((trace) => `${trace} at ${path}`));
  }
  expect(ran).toEqual([]);
  // What the mail's own frame refused to run is said by the browser.
  expect(admin.problems().filter((problem) => !problem.includes("about:srcdoc"))).toEqual([]);
});

step("a shopper stops offers with one press, without scripts, at phone width", async ({ stack, browser }) => {
  const mails = stack.sandbox.resend.mails.all().filter(({ subject }) => subject.includes(shipped.order.name));
  const url = /href="([^"]+\/unsubscribe\/[^"?]+)/.exec(mails.map(({ html }) => html).join(""))?.[1];
  // Mails that carry no advertising need no such link.
  if (!url) return;
  const visit = await openPage(browser, { javaScript: false, viewport: PHONE });
  await visit.page.goto(url);
  await visit.page.getByRole("button", { name: "Stop offers and recommendations" }).click();
  await visit.page.getByRole("status").waitFor();
  expect(await sidewaysScroll(visit.page)).toBe(0);
  await visit.context.close();
  const seeing = await openPage(browser, { viewport: PHONE });
  await seeing.page.goto(`${url}?manage=1`);
  expect(await findBarriers(seeing.page)).toEqual([]);
  await seeing.context.close();
});
