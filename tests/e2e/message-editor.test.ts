import { expect } from "vitest";
import { DESKTOP } from "#tests/support/browser.ts";
import { startDay } from "./journey.ts";

const step = startDay();

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
