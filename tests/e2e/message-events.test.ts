import { expect } from "vitest";
import { DESKTOP } from "#tests/support/browser.ts";
import { startDay } from "./journey.ts";

const step = startDay({ opened: false });

step("a fresh shop sees its events, what is left before going live, and no way to go live yet", async ({ admin }) => {
  const { app } = admin;
  await admin.open("", "Today");
  await admin.open("/app/messages/events", "Message events");
  await app.getByRole("heading", { name: "Shipping status" }).waitFor();
  expect(await app.getByRole("checkbox", { name: "Shipped", exact: true }).isChecked()).toBe(true);
  expect(await app.getByRole("checkbox", { name: "Label made" }).isChecked()).toBe(false);
  expect(await app.getByRole("button", { name: "Go live" }).isDisabled()).toBe(true);
  await admin.expectGoodPage();
});

step("switching an event makes a draft that says what it would change", async ({ admin }) => {
  const { app } = admin;
  await app.getByRole("checkbox", { name: "Held by customs" }).click();
  await app.getByRole("heading", { name: "1 change is not published" }).waitFor();
  await app.getByRole("cell", { name: "Held by customs" }).waitFor();
  await admin.expectGoodPage();
});

step("a number that would flood shoppers is refused with what it would do", async ({ admin }) => {
  const { app } = admin;
  await admin.open("/app/messages/events/fulfillment_delayed/rules", "Shipping takes longer");
  await app.getByLabel("Hours after the order").fill("12");
  await app.getByRole("button", { name: "Save draft" }).first().click();
  await app.getByText("This is too small. Between 24 and 720 hours.").waitFor();
  await app.getByText(/below 24 hours most of your orders/).waitFor();
  await admin.expectGoodPage();
});

step("rules are written, put in order with the keyboard and kept in the draft", async ({ admin }) => {
  const { app, page } = admin;
  await admin.open("/app/messages/events/delivered/rules", "Delivered");
  for (const [name, what, tag] of [
    ["Wholesale", "order_tag", "b2b"],
    ["Gifts", "product_tag", "gift"],
  ] as const) {
    await app.getByRole("button", { name: "Add a rule" }).click();
    await app.getByLabel("Name").last().fill(name);
    await app.getByLabel("What", { exact: true }).last().selectOption(what);
    await app.getByPlaceholder("a, b, c").last().fill(tag);
    await app.getByPlaceholder("a, b, c").last().blur();
  }
  await app.getByRole("button", { name: "Move Gifts" }).focus();
  await page.keyboard.press("ArrowUp");
  await app.getByRole("button", { name: "Save draft" }).first().click();
  await app.getByRole("cell", { name: "Gifts → Wholesale" }).waitFor();
  await admin.expectGoodPage();
});

step("publishing leaves nothing to publish", async ({ admin }) => {
  const { app } = admin;
  await admin.open("/app/messages/events", "Message events");
  await app.getByRole("button", { name: "Publish" }).click();
  await app.getByRole("button", { name: "Publish" }).waitFor({ state: "detached" });
  await expect.poll(() => app.getByRole("checkbox", { name: "Held by customs" }).isChecked()).toBe(true);
  await admin.expectGoodPage();
});

step("a merchant rewrites a message, sees it while writing, is told of a mistake, and goes back", async ({ admin }) => {
  const { app, page } = admin;
  await page.setViewportSize(DESKTOP);
  await admin.open("/app/messages/events/shipped", /./);
  const subject = app.locator('.cm-content[aria-label="Subject"]');
  const shown = app.getByText("Yours: #1042", { exact: true });

  await subject.click();
  await page.keyboard.type("Yours: {{ order.name | shout }}");
  await app.getByText("There is no filter “shout”.").first().waitFor();
  await admin.pressSaveBar("save");
  await app.getByText("Not saved: some texts cannot be sent").waitFor();

  await subject.fill("Yours: {{ order.name }}");
  await shown.waitFor();
  const frame = app.locator('iframe[title="Preview"]');
  expect(await frame.getAttribute("sandbox")).toBe("");
  await admin.pressSaveBar("save");
  await app.getByRole("button", { name: "Version history" }).click();
  await app.getByText("Version 1", { exact: true }).waitFor();
  await app.getByRole("button", { name: "Restore" }).last().click();
  await app.getByText("Your order #1042 is on its way", { exact: true }).waitFor();

  // Blocks move with the keyboard, too: the first goes below the second.
  await app.getByRole("button", { name: "Move Logo", exact: true }).press("Space");
  await app.getByText("Logo is at place 1").waitFor({ state: "attached" });
  await page.keyboard.press("ArrowDown");
  await app.getByText("Logo is at place 2").waitFor({ state: "attached" });
  await page.keyboard.press("Space");
  await expect
    .poll(() =>
      app
        .getByRole("button", { name: /^Move / })
        .first()
        .getAttribute("aria-label"),
    )
    .toBe("Move Heading");
  await admin.pressSaveBar("discard");

  await admin.expectGoodPage();
});
