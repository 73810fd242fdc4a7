import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "#tests/support/browser.ts";
import { createTestDatabase } from "#tests/support/database.ts";
import { type FullStack, startFullStack } from "#tests/support/full-stack.ts";
import { type FramedAdmin, openFramedAdmin } from "./framed-admin.ts";

let stack: FullStack;
let browser: Browser | null;
let admin: FramedAdmin;

beforeAll(async () => {
  browser = await openBrowser();
  if (!browser) return;
  stack = await startFullStack({ database: await createTestDatabase(), opened: false });
  admin = await openFramedAdmin(browser, stack.addresses.admin);
});

afterAll(async () => {
  await browser?.close();
  if (stack) await stack.stop();
});

/** One step on the merchant's way to the first message; they build on each other. Passed where there is no browser. */
function step(name: string, run: () => Promise<void>): void {
  test(name, async () => {
    if (!browser) return;
    await run();
    expect(admin.problems()).toEqual([]);
  });
}

step("a fresh shop sees its events, what is left before going live, and no way to go live yet", async () => {
  const { app } = admin;
  await admin.open("", "Today");
  await admin.open("/app/messages/events", "Message events");
  await app.getByRole("heading", { name: "Shipping status" }).waitFor();
  expect(await app.getByRole("checkbox", { name: "Shipped", exact: true }).isChecked()).toBe(true);
  expect(await app.getByRole("checkbox", { name: "Label made" }).isChecked()).toBe(false);
  expect(await app.getByRole("button", { name: "Go live" }).isDisabled()).toBe(true);
  await admin.expectGoodPage();
});

step("switching an event makes a draft that says what it would change", async () => {
  const { app } = admin;
  await app.getByRole("checkbox", { name: "Held by customs" }).click();
  await app.getByRole("heading", { name: "1 change is not published" }).waitFor();
  expect(await app.getByRole("cell", { name: "Held by customs" }).count()).toBe(1);
  await admin.expectGoodPage();
});

step("a number that would flood shoppers is refused with what it would do", async () => {
  const { app } = admin;
  await admin.open("/app/messages/events/fulfillment_delayed/rules", "Shipping takes longer");
  await app.getByLabel("Hours after the order").fill("12");
  await app.getByRole("button", { name: "Save draft" }).first().click();
  await app.getByText("This is too small. Between 24 and 720 hours.").waitFor();
  expect(await app.getByText(/below 24 hours most of your orders/).count()).toBe(1);
  await admin.expectGoodPage();
});

step("rules are written, put in order with the keyboard and kept in the draft", async () => {
  const { app, page } = admin;
  await admin.open("/app/messages/events/delivered/rules", "Delivered");
  for (const [name, tag] of [
    ["Wholesale", "b2b"],
    ["Gifts", "gift"],
  ] as const) {
    await app.getByRole("button", { name: "Add a rule" }).click();
    await app.getByLabel("Name").last().fill(name);
    await app.getByPlaceholder("a, b, c").last().fill(tag);
    await app.getByPlaceholder("a, b, c").last().blur();
  }
  await app.getByRole("button", { name: "Move Gifts" }).focus();
  await page.keyboard.press("ArrowUp");
  await app.getByRole("button", { name: "Save draft" }).first().click();
  await app.getByRole("cell", { name: "Gifts → Wholesale" }).waitFor();
  await admin.expectGoodPage();
});

step("publishing leaves nothing to publish", async () => {
  const { app } = admin;
  await admin.open("/app/messages/events", "Message events");
  await app.getByRole("button", { name: "Publish" }).click();
  await app.getByRole("button", { name: "Publish" }).waitFor({ state: "detached" });
  expect(await app.getByRole("checkbox", { name: "Held by customs" }).isChecked()).toBe(true);
  await admin.expectGoodPage();
});
