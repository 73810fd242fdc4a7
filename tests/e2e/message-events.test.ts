import { expect } from "vitest";
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

step("publishing leaves nothing to publish", async ({ admin }) => {
  const { app } = admin;
  await admin.open("/app/messages/events", "Message events");
  await app.getByRole("button", { name: "Publish" }).click();
  await app.getByRole("button", { name: "Publish" }).waitFor({ state: "detached" });
  await expect.poll(() => app.getByRole("checkbox", { name: "Held by customs" }).isChecked()).toBe(true);
  await admin.expectGoodPage();
});
