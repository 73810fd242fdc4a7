import express from "express";
import twilio from "twilio";
import { describe, expect, it } from "vitest";

import { TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";
import { signTwilio } from "#tests/sandbox/twilio/sign-request.ts";

import { receivePushes, serve } from "../carriers/sandbox-server.ts";
import { setUpTwilio, TEXT } from "./twilio-sdk.ts";

const { authToken, whatsappSender, contents } = TWILIO_ACCOUNT;
const [number] = TWILIO_ACCOUNT.numbers;

const formOf = (body: string) => Object.fromEntries(new URLSearchParams(body));

describe("status callbacks", () => {
  it("tell each step, signed so that the SDK's own check accepts them", async () => {
    const { url, received } = await receivePushes();
    const statusCallback = `${url}?n=ntf_1`;
    const { sender, sandbox, clock } = await setUpTwilio();
    const { sid } = await sender.messages.create({ ...TEXT, statusCallback });
    await sandbox.tick();
    clock.advance(2_000);
    await sandbox.tick();
    const forms = received.map((push) => formOf(push.body));
    expect(forms.map((form) => form["MessageStatus"])).toEqual(["queued", "sent", "delivered"]);
    expect(forms.every((form) => form["MessageSid"] === sid && !("ErrorCode" in form))).toBe(true);
    for (const push of received) {
      const signature = String(push.headers["x-twilio-signature"]);
      expect(twilio.validateRequest(authToken, signature, statusCallback, formOf(push.body))).toBe(true);
      expect(twilio.validateRequest(authToken, signature, url, formOf(push.body))).toBe(false);
    }
  });

  it.each([
    ["+12025553003", "undelivered", "30003"],
    ["+12025553007", "failed", "30007"],
    ["+12025553034", "failed", "30034"],
  ])("to %s end with %s and code %s", async (to, status, code) => {
    const { url, received } = await receivePushes();
    const { sender, sandbox, clock } = await setUpTwilio();
    const { sid } = await sender.messages.create({ ...TEXT, to, statusCallback: url });
    clock.advance(2_000);
    await sandbox.tick();
    expect(formOf(received.at(-1)?.body ?? "")).toMatchObject({ MessageStatus: status, ErrorCode: code });
    expect(await sender.messages(sid).fetch()).toMatchObject({ status, errorCode: Number(code) });
  });

  it("sign as the SDK does, whatever the fields", () => {
    const fields = { Body: "Stop é 🙂 &=+", From: TEXT.to, A: "", Zebra: "z" };
    const url = "https://app.example/in?a=1&b=%20";
    expect(twilio.validateRequest(authToken, signTwilio(authToken, url, fields), url, fields)).toBe(true);
  });
});

describe("answers of a person", () => {
  it("are posted to the number's webhook, signed", async () => {
    const { url, received } = await receivePushes();
    const { sandbox } = await setUpTwilio();
    sandbox.inbound.setWebhook(number, url);
    sandbox.inbound.receive({ from: TEXT.to, to: number, body: "Où est mon colis ?" });
    await sandbox.tick();
    const form = formOf(received[0]?.body ?? "");
    expect(form).toMatchObject({ From: TEXT.to, To: number, Body: "Où est mon colis ?", NumMedia: "0" });
    expect(twilio.validateRequest(authToken, String(received[0]?.headers["x-twilio-signature"]), url, form)).toBe(true);
  });

  it("stop everything from this number with Twilio's own keywords, until START", async () => {
    const { sender, sandbox } = await setUpTwilio();
    sandbox.inbound.receive({ from: TEXT.to, to: number, body: " stop " });
    await expect(sender.messages.create(TEXT)).rejects.toMatchObject({ code: 21610, status: 400 });
    await expect(
      sender.messages.create({ to: TEXT.to, body: "Hi", messagingServiceSid: TWILIO_ACCOUNT.messagingServiceSid }),
    ).rejects.toMatchObject({ code: 21610 });
    // The pair is blocked, and no other.
    await sender.messages.create({ ...TEXT, from: TWILIO_ACCOUNT.numbers[1] });
    await sender.messages.create({ ...TEXT, to: "+12025550188" });
    sandbox.inbound.receive({ from: TEXT.to, to: number, body: "START" });
    await sender.messages.create(TEXT);
    const replies = sandbox.texts.all().filter(({ direction }) => direction === "outbound-reply");
    expect(replies.map(({ body }) => body.slice(0, 36))).toEqual([
      "You have successfully been unsubscri",
      "You have successfully been re-subscr",
    ]);
  });

  it.each(["Stop.", "ARRÊT", "please stop", "🛑", "stop stop"])(
    "that Twilio does not know change nothing: %s",
    async (body) => {
      const { sender, sandbox } = await setUpTwilio();
      sandbox.inbound.receive({ from: TEXT.to, to: number, body });
      expect((await sender.messages.create(TEXT)).status).toBe("queued");
    },
  );

  it("get the TwiML answer of the webhook", async () => {
    const app = express.Router();
    app.post("/in", (_request, response) =>
      response.type("text/xml").send("<Response><Message>Bye &amp; thanks</Message></Response>"),
    );
    const { sandbox } = await setUpTwilio();
    sandbox.inbound.setWebhook(number, `${await serve(app)}/in`);
    sandbox.inbound.receive({ from: TEXT.to, to: number, body: "Arrêt" });
    await sandbox.tick();
    expect(sandbox.texts.all().at(-1)).toMatchObject({
      direction: "outbound-reply",
      to: TEXT.to,
      body: "Bye & thanks",
    });
  });
});

describe("WhatsApp", () => {
  const to = "whatsapp:+12025550199";

  it("takes an approved template with its variables, and wants all of them", async () => {
    const { sender } = await setUpTwilio();
    const contentSid = contents[0]?.sid ?? "";
    const variables = { 1: "Northpeak", 2: "#1001", 3: "https://s.example/t" };
    const sent = await sender.messages.create({
      ...{ to, from: whatsappSender, contentSid },
      contentVariables: JSON.stringify(variables),
    });
    expect(sent.body).toBe("Northpeak: an update on your order #1001. Follow it here: https://s.example/t");
    await expect(
      sender.messages.create({ to, from: whatsappSender, contentSid, contentVariables: '{"1":"Northpeak"}' }),
    ).rejects.toMatchObject({ code: 21656 });
  });

  it("fails free text outside the 24 hours, and delivers it inside", async () => {
    const { sender, sandbox, clock } = await setUpTwilio();
    const free = { to, from: whatsappSender, body: "Hello" };
    const outside = await sender.messages.create(free);
    sandbox.inbound.receive({ from: to, to: whatsappSender, body: "Where is it?" });
    const inside = await sender.messages.create(free);
    clock.advance(2_000);
    expect(await sender.messages(outside.sid).fetch()).toMatchObject({ status: "failed", errorCode: 63016 });
    expect(await sender.messages(inside.sid).fetch()).toMatchObject({ status: "delivered" });
  });
});
