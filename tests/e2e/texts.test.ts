import { expect } from "vitest";
import { TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";
import { openPage } from "#tests/support/browser.ts";
import { eventually } from "#tests/support/eventually.ts";
import { picture, startDay } from "./journey.ts";

const OWN_PHONE = "+12025550177";

const step = startDay();

step("says what is missing, and what is wrong with a key", async ({ admin }) => {
  const { app } = admin;
  await admin.open("/app/settings/sms", "Text messages");
  await app.getByText("Texts are not going out").waitFor();
  expect(await app.getByRole("button", { name: "Switch on" }).isDisabled()).toBe(true);
  await picture("1-empty", admin.page);
  await app.getByLabel("Account SID").fill(TWILIO_ACCOUNT.accountSid);
  await app.getByLabel("Auth token").fill("0".repeat(32));
  await app.getByLabel("API key SID").fill(TWILIO_ACCOUNT.apiKeySid);
  await app.getByLabel("API key secret").fill(TWILIO_ACCOUNT.apiKeySecret);
  await app.getByRole("button", { name: "Connect Twilio" }).click();
  await app.getByText("Enter a value.").waitFor();
  await app.getByLabel("Phone number with country code").fill(TWILIO_ACCOUNT.numbers[0]);
  await app.getByRole("button", { name: "Connect Twilio" }).click();
  await app.getByText("the auth token does not belong to this account").waitFor();
  await picture("2-refused", admin.page);
  await admin.expectGoodPage();
});

step("goes from keys to live in four steps", async ({ admin }) => {
  const { app } = admin;
  await app.getByLabel("Auth token").fill(TWILIO_ACCOUNT.authToken);
  await app.getByRole("button", { name: "Connect Twilio" }).click();
  await app.getByText(`Texts come from ${TWILIO_ACCOUNT.numbers[0]}.`).waitFor();
  await picture("3-connected", admin.page);
  await app.getByRole("button", { name: "Accept these prices" }).click();
  await app.getByText("Confirm what your checkout says about texts first.").waitFor();
  await app.getByRole("button", { name: "Use our wording" }).click();
  await app.getByRole("button", { name: "My checkout says this" }).click();
  await app.getByText("Everything is ready.").waitFor();
  await app.getByRole("button", { name: "Switch on" }).click();
  await app.getByText("Texts are going out", { exact: true }).waitFor();
  await admin.expectGoodPage();
});

step("sends a test text to the merchant's own phone", async ({ admin, stack }) => {
  const { app } = admin;
  await app.getByLabel("Your number").fill("12");
  await app.getByRole("button", { name: "Send", exact: true }).click();
  await app.getByText("That is not a mobile number we can text.").waitFor();
  await app.getByLabel("Your number").fill(OWN_PHONE);
  await app.getByRole("button", { name: "Send", exact: true }).click();
  await app.getByText("It should arrive within a minute.").waitFor();
  expect(stack.sandbox.twilio.texts.outbound()).toMatchObject([{ to: OWN_PHONE }]);
  await picture("4-live", admin.page);
});

step("a person reads it in the mailbox and answers STOP, in French, which is heard", async ({ stack, browser }) => {
  const mailbox = await openPage(browser);
  await mailbox.page.goto(stack.addresses.mailbox);
  await mailbox.page.getByText(OWN_PHONE).first().click();
  await mailbox.page.getByText("Everything works.").last().waitFor();
  await mailbox.page.getByLabel("Answer as this person").fill("Arrêt !");
  await mailbox.page.getByRole("button", { name: "Send", exact: true }).click();
  await mailbox.page.getByText("vous ne recevrez plus nos SMS").last().waitFor();
  await picture("5-mailbox", mailbox.page);
  await mailbox.page.goto(stack.addresses.console);
  await mailbox.page.getByText("A Twilio account to connect").waitFor();
  await picture("6-console", mailbox.page);
  expect(mailbox.problems()).toEqual([]);
  await mailbox.context.close();
  await eventually(() => Promise.resolve(stack.sandbox.twilio.pushes.records().some(({ status }) => status === 200)), {
    timeoutMs: 5_000,
    what: "the answer posted to the app",
  });
});
