import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  DESKTOP,
  findBarriers,
  openBrowser,
  openPage,
  PHONE,
  sidewaysScroll,
  type Visit,
} from "#tests/support/browser.ts";
import { createTestDatabase } from "#tests/support/database.ts";
import { eventually } from "#tests/support/eventually.ts";
import { type FullStack, startFullStack } from "#tests/support/full-stack.ts";
import { type Shipped, shipOrder } from "#tests/support/ship-order.ts";

let stack: FullStack;
let browser: Browser | null;
let shipped: Shipped;

beforeAll(async () => {
  browser = await openBrowser();
  if (!browser) return;
  stack = await startFullStack({ database: await createTestDatabase() });
  shipped = shipOrder(stack.sandbox, { carrierId: "easypost", faster: 2.5 });
});

afterAll(async () => {
  await browser?.close();
  if (stack) await stack.stop();
});

/** A test with a page of its own, which must stay free of errors; passed without one where there is no browser. */
function journey(name: string, options: { javaScript?: boolean }, run: (visit: Visit) => Promise<void>): void {
  test(name, async () => {
    if (!browser) return;
    const visit = await openPage(browser, options);
    try {
      await run(visit);
      expect(visit.problems()).toEqual([]);
    } finally {
      await visit.context.close();
    }
  });
}

const blockPage = () => `${stack.sandbox.url}/stores/northpeak-demo/pages/track-my-order`;
const mailsOf = (order: string) => stack.sandbox.resend.mails.all().filter(({ subject }) => subject.includes(order));

async function expectGoodPage({ page }: Visit): Promise<void> {
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    // The layout follows the window a moment later.
    const message = `sideways scroll at ${viewport.width} px of ${page.url()}`;
    await expect.poll(() => sidewaysScroll(page), { message }).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
  }
}

async function lookUp({ page }: Visit, order: string, email: string): Promise<void> {
  await page.goto(blockPage());
  await page.locator('input[name="order"]').fill(order);
  await page.locator('input[name="email"]').fill(email);
  await page.getByRole("main").getByRole("button", { name: "Track" }).click();
}

describe("the storefront", () => {
  journey("the block of the theme leads to the parcel", {}, async (visit) => {
    const { page } = visit;
    await page.goto(blockPage());
    await expectGoodPage(visit);
    // The order is looked up as soon as its webhook has been worked on.
    await eventually(
      async () => {
        await lookUp(visit, shipped.order.name, shipped.order.email);
        return (await page.getByText(shipped.trackingNumbers[0] ?? "").count()) > 0;
      },
      { what: "the parcel on the tracking page", everyMs: 1_000 },
    );
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(`Order ${shipped.order.name}`);
    await expectGoodPage(visit);
  });

  journey("the look-up works without JavaScript", { javaScript: false }, async (visit) => {
    await lookUp(visit, shipped.order.name, shipped.order.email);
    await visit.page
      .getByText(shipped.trackingNumbers[0] ?? "")
      .first()
      .waitFor();
  });

  journey("a wrong e-mail address is told nothing", {}, async (visit) => {
    const { page } = visit;
    const answers: string[] = [];
    for (const order of [shipped.order.name, "#999999"]) {
      await lookUp(visit, order, "somebody.else@example.com");
      expect(await page.getByRole("alert").textContent()).toContain("We found nothing for these details");
      expect(await page.getByText(shipped.trackingNumbers[0] ?? "").count()).toBe(0);
      answers.push((await page.getByRole("alert").textContent()) ?? "");
    }
    expect(answers[0]).toBe(answers[1]);
    await expectGoodPage(visit);
  });
});

describe("the mails", () => {
  test("each of the three comes once, with a link that opens the order", { timeout: 90_000 }, async () => {
    if (!browser) return;
    const all = () => mailsOf(shipped.order.name);
    await eventually(() => all().length >= 3, { what: "the third mail", timeoutMs: 70_000 });
    const kinds = all().map(({ tags }) => tags.find(({ name }) => name === "kind")?.value);
    expect(kinds.sort()).toEqual(["delivered", "out_for_delivery", "shipped"]);
    expect(all().every(({ to }) => to.includes(shipped.order.email))).toBe(true);
  });

  journey("the link of a mail opens the parcel", {}, async (visit) => {
    const { page } = visit;
    await page.setContent(mailsOf(shipped.order.name)[0]?.html ?? "");
    const link = await page.locator('a[href*="/go/"]').first().getAttribute("href");
    await page.goto(link ?? "");
    await page
      .getByText(shipped.trackingNumbers[0] ?? "")
      .first()
      .waitFor();
    expect(await page.locator(".doorstep-status").textContent()).toBe("Delivered");
    await expectGoodPage(visit);
  });

  journey("a link that was changed opens nothing", {}, async (visit) => {
    const { page } = visit;
    await page.setContent(mailsOf(shipped.order.name)[0]?.html ?? "");
    const link = (await page.locator('a[href*="/go/"]').first().getAttribute("href")) ?? "";
    expect((await page.goto(`${link.slice(0, -4)}AAAA`))?.status()).toBe(404);
    expect(visit.problems().every((problem) => problem.includes("404"))).toBe(true);
    expect(await page.getByText(shipped.trackingNumbers[0] ?? "").count()).toBe(0);
    expect(await page.getByRole("alert").textContent()).toContain("This link is no longer valid");
  });

  journey("are readable on a narrow and on a wide screen", {}, async ({ page }) => {
    for (const mail of mailsOf(shipped.order.name)) {
      for (const width of [320, 600]) {
        await page.setViewportSize({ width, height: 900 });
        await page.setContent(mail.html ?? "");
        const message = `sideways scroll at ${width} px of ${mail.subject}`;
        await expect.poll(() => sidewaysScroll(page), { message }).toBe(0);
        expect(await findBarriers(page)).toEqual([]);
      }
    }
  });
});
