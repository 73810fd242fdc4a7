import { expect } from "vitest";
import { withConnection } from "#tests/postgres/server-connection.ts";
import { SANDBOX_CREDENTIALS } from "#tests/sandbox/carriers/credentials.ts";
import { eventually } from "#tests/support/eventually.ts";
import type { FullStack } from "#tests/support/full-stack.ts";
import { type Shipped, shipOrder } from "#tests/support/ship-order.ts";
import type { FramedAdmin } from "./framed-admin.ts";
import { startDay } from "./journey.ts";

let shipped: Shipped;

const step = startDay({ opened: false });

step("opening the app installs it and imports the shop's orders", async ({ admin, stack }) => {
  const { store } = stack.sandbox.shopify;
  expect(await knownShops(stack)).toEqual([]);
  await admin.open("", "Today");
  expect(await knownShops(stack)).toEqual(["installed"]);
  await admin.app.getByRole("heading", { name: "Import finished" }).waitFor({ timeout: 40_000 });
  await admin.app.getByText(`${store.records.orders.length} orders and`).waitFor();
  expect(stack.sandbox.resend.mails.all()).toEqual([]);
  await admin.expectGoodPage();
});

step(
  "a carrier account with a wrong secret is refused in the carrier's words, the right one accepted",
  async ({ admin }) => {
    const { app } = admin;
    const { clientId, clientSecret } = SANDBOX_CREDENTIALS.ups;
    await admin.open("/app/settings/carriers/new/ups", "Connect UPS");
    await app.getByLabel("Client id (API key)").fill(clientId);
    await app.getByLabel("Client secret (secret key)").fill("not-the-secret");
    await admin.pressSaveBar("save");
    await app.getByText("The key or secret is wrong").waitFor();
    await app.getByText(/The carrier answered: “.+”/).waitFor();
    await admin.expectGoodPage();
    await app.getByLabel("Client secret (secret key)").fill(clientSecret);
    await admin.pressSaveBar("save");
    await app.getByRole("heading", { name: "Carrier accounts" }).waitFor();
    await app.getByText("Connected", { exact: true }).waitFor();
    await admin.expectGoodPage();
  },
);

step("settings are changed with the save bar and kept", async ({ admin }) => {
  const { app } = admin;
  await admin.open("/app/settings/brand", "Brand");
  await app.getByLabel("Name", { exact: false }).first().fill("Northpeak Outdoor");
  await admin.pressSaveBar("discard");
  await expect.poll(() => app.locator('input[name="displayName"]').inputValue()).toBe("");
  await app.locator('input[name="displayName"]').fill("Northpeak Outdoor");
  await app.locator('input[name="primaryColour"]').fill("not a colour");
  await admin.pressSaveBar("save");
  await app.getByText("Enter a colour as #").waitFor();
  await app.locator('input[name="primaryColour"]').fill("#1f5135");
  await admin.pressSaveBar("save");
  await admin.page.getByRole("status").filter({ hasText: "Saved" }).waitFor();
  await admin.open("/app/settings/brand", "Brand");
  expect(await app.locator('input[name="displayName"]').inputValue()).toBe("Northpeak Outdoor");
  await admin.expectGoodPage();
});

step("messages are rehearsed and go live, one kind switched off", async ({ admin }) => {
  const { app } = admin;
  await admin.open("/app/messages/events", "Message events");
  await app.getByRole("checkbox", { name: "Out for delivery", exact: true }).click();
  await app.getByRole("button", { name: "Publish" }).click();
  await app.getByRole("button", { name: "Publish" }).waitFor({ state: "detached" });
  await app.getByRole("listitem").filter({ hasText: "Preview seen" }).getByText("Do it").click();
  await app.getByRole("heading", { level: 1, name: "Shipped" }).waitFor();
  await app.locator('iframe[title="Preview"]').waitFor();
  await admin.open("/app/messages/rehearsal", "Rehearsal");
  await app.getByRole("button", { name: "Rehearse the published rules" }).click();
  await app.getByText("Messages per day").waitFor({ timeout: 40_000 });
  await admin.expectGoodPage();
  await admin.open("/app/messages/events", "Message events");
  await app.getByRole("button", { name: "Go live" }).click();
  await app.getByRole("button", { name: "Pause all" }).waitFor();
  await expect.poll(() => app.getByRole("checkbox", { name: "Out for delivery", exact: true }).isChecked()).toBe(false);
  await admin.expectGoodPage();
});

step("a parcel that is shipped now sets out", async ({ admin, stack }) => {
  shipped = shipOrder(stack.sandbox, { carrierId: "ups", faster: 3 });
  await reach(admin, "On the way");
  await admin.expectGoodPage();
});

step("every other page can be read by everybody", async ({ admin }) => {
  const pages = [
    ["/app", "Today"],
    ["/app/messages", "Messages"],
    ["/app/messages/performance", "Performance"],
    ["/app/orders", "Not shipped in time"],
    ["/app/settings/messages", "Messages"],
    ["/app/settings/sms", "Text messages"],
    ["/app/foresight", "Forecasts"],
    ["/app/shipments?tab=risk", "Shipments"],
    ["/app/settings", "Settings"],
    ["/app/settings/promise", "Promise"],
    ["/app/settings/forecasts", "Forecast settings"],
    ["/app/settings/sender", "Sender"],
    ["/app/settings/privacy", "Privacy"],
    ["/app/settings/carriers", "Carrier accounts"],
    ["/app/settings/carriers/codes", "Codes we could not read"],
    ["/app/deliveries", "Failed notices"],
  ] as const;
  for (const [path, heading] of pages) {
    await admin.open(path, heading);
    await admin.expectGoodPage();
  }
});

step("an address without a page says so inside the frame", async ({ admin }) => {
  await admin.open("/app/nowhere", "We could not find that");
  expect(admin.problems()).toEqual([expect.stringMatching(/404.*\/app\/nowhere/)]);
  await admin.expectGoodPage();
});

step("the parcel arrives at its door", ({ admin }) => reach(admin, "Delivered"));

step("the list is searched, filtered and narrowed by its tabs", async ({ admin }) => {
  const { app } = admin;
  const [number = ""] = shipped.trackingNumbers;
  await admin.open("/app/shipments", "Shipments");
  const rows = app.locator("tbody tr");
  await rows.nth(1).waitFor();
  await admin.open(`/app/shipments?q=${number}`, "Shipments");
  await eventually(async () => (await rows.count()) === 1, { what: "one row" });
  expect(await rows.first().textContent()).toContain(shipped.order.name);
  await admin.open("/app/shipments", "Shipments");
  await app.getByRole("tab", { name: /^Needs action/ }).click();
  await eventually(async () => (await rows.filter({ hasText: number }).count()) === 0, { what: "the other tab" });
  await admin.open("/app/shipments?carrier=ups", "Shipments");
  await rows.filter({ hasText: number }).waitFor();
  await app.getByText("Carrier: UPS").first().waitFor({ state: "attached" });
  await admin.open("/app/shipments?q=nothing-has-this-name", "Shipments");
  await app.getByText("No shipments fit").waitFor();
  await admin.expectGoodPage();
});

step("a parcel's page tells the journey, the reason and the messages", async ({ admin, stack }) => {
  const { app } = admin;
  const isThere = async () => {
    await admin.open(`/app/shipments?q=${shipped.trackingNumbers[0] ?? ""}`, "Shipments");
    await app.getByRole("link", { name: shipped.order.name }).click();
    await app.getByRole("heading", { level: 1, name: `Parcel of ${shipped.order.name}` }).waitFor();
    // Messages are decided a moment after the scans.
    return (await app.getByText("This kind of message is switched off.").count()) > 0;
  };
  await eventually(isThere, { what: "the message that is switched off" });
  await app.getByRole("heading", { name: "Why “Delivered”?" }).waitFor();
  // Whichever of the two came first.
  await app.getByText(/^The carrier (said so when we asked|told us by itself)\.$/).waitFor();
  await app.getByRole("heading", { name: "When it arrives" }).waitFor();
  await eventually(() => mailsOfOrder(stack).length > 0, { what: "a mail" });
  await app.getByRole("button", { name: "Show what the carrier sent" }).first().click();
  await app.getByText("Understood by rule").waitFor();
  await admin.expectGoodPage();
});

step("the mail lies in the mailbox", async ({ admin, stack }) => {
  const { page } = admin;
  expect(mailsOfOrder(stack).map(({ tags }) => tags.find(({ name }) => name === "kind")?.value)).toContain("delivered");
  await page.goto(stack.addresses.mailbox);
  await page
    .getByText(mailsOfOrder(stack).at(-1)?.subject ?? "no mail")
    .first()
    .waitFor();
});

/** Opens the list until the parcel's row has come to a status. */
async function reach(admin: FramedAdmin, status: string): Promise<void> {
  const row = admin.app.getByRole("row").filter({ hasText: shipped.order.name });
  const isThere = async () => {
    await admin.open("/app/shipments", "Shipments");
    return (await row.getByText(status, { exact: true }).count()) > 0;
  };
  await eventually(isThere, { what: `${shipped.order.name}: ${status}`, timeoutMs: 60_000, everyMs: 500 });
}

function knownShops(stack: FullStack): Promise<string[]> {
  return withConnection(stack.database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ status: string }>("SELECT status FROM shop");
    return rows.map(({ status }) => status);
  });
}

function mailsOfOrder(stack: FullStack) {
  return stack.sandbox.resend.mails.all().filter(({ subject }) => subject.includes(shipped.order.name));
}
