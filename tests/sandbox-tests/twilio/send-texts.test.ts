import { describe, expect, it } from "vitest";

import { MAGIC_NUMBERS, TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";

import { setUpTwilio, TEXT } from "./twilio-sdk.ts";

const [first, tollFree] = TWILIO_ACCOUNT.numbers;

describe("sending with the real SDK", () => {
  it("accepts a text, tells its parts, and no price before the network has answered", async () => {
    const { sender, sandbox, clock } = await setUpTwilio();
    const sent = await sender.messages.create({ ...TEXT, body: "é".repeat(161), validityPeriod: 7_200 });
    expect(sent).toMatchObject({ status: "queued", numSegments: "2", price: null, errorCode: null });
    expect(sandbox.texts.outbound()).toMatchObject([{ sid: sent.sid, to: TEXT.to, validitySeconds: 7_200 }]);
    clock.advance(2_000);
    expect(await sender.messages(sent.sid).fetch()).toMatchObject({
      status: "delivered",
      price: "-0.01660",
      priceUnit: "USD",
    });
  });

  it("lets a messaging service choose the number", async () => {
    const { sender } = await setUpTwilio();
    const { messagingServiceSid } = TWILIO_ACCOUNT;
    const sent = await sender.messages.create({ to: TEXT.to, body: "Hello", messagingServiceSid });
    expect(sent).toMatchObject({ status: "accepted", from: null, messagingServiceSid });
  });

  it("has no idempotency: the same request twice is two texts", async () => {
    const { sender, sandbox } = await setUpTwilio();
    await sender.messages.create(TEXT);
    await sender.messages.create(TEXT);
    expect(sandbox.texts.outbound()).toHaveLength(2);
  });

  it.each([
    [{ to: "" }, 21604],
    [{ to: "0151 234" }, 21211],
    [{ to: MAGIC_NUMBERS.invalid }, 21211],
    [{ to: MAGIC_NUMBERS.notRoutable }, 21612],
    [{ to: MAGIC_NUMBERS.regionClosed }, 21408],
    [{ to: MAGIC_NUMBERS.notMobile }, 21614],
    [{ to: MAGIC_NUMBERS.stopped }, 21610],
    [{ from: "" }, 21603],
    [{ from: "+12025550100" }, 21606],
    [{ from: "way too long a name" }, 21212],
    [{ from: "NORTHPEAK" }, 21612],
    [{ from: "", messagingServiceSid: "MGnone" }, 21701],
    [{ body: "" }, 21602],
    [{ body: "x".repeat(1_601) }, 21617],
    [{ statusCallback: "ftp:/nowhere" }, 21609],
    [{ validityPeriod: 36_001 }, 20001],
    [{ to: "whatsapp:+12025550199" }, 21910],
    [{ to: "whatsapp:+12025550199", from: "whatsapp:+12025550111" }, 63007],
    [{ to: "whatsapp:+12025550199", from: TWILIO_ACCOUNT.whatsappSender, contentSid: "HXnone" }, 21655],
  ])("refuses %o with %i", async (change, code) => {
    const { sender, sandbox } = await setUpTwilio();
    await expect(sender.messages.create({ ...TEXT, ...change })).rejects.toMatchObject({
      code,
      status: 400,
      moreInfo: `https://www.twilio.com/docs/errors/${code}`,
    });
    expect(sandbox.texts.all()).toEqual([]);
  });

  it("lets an alphanumeric sender write where the country allows it", async () => {
    const { sender } = await setUpTwilio();
    const sent = await sender.messages.create({ ...TEXT, to: "+447700900199", from: TWILIO_ACCOUNT.alphanumeric });
    expect(sent.from).toBe("NORTHPEAK");
  });

  it("refuses regions that the account has not enabled", async () => {
    const { sender } = await setUpTwilio({ closedPrefixes: ["+994"] });
    await expect(sender.messages.create({ ...TEXT, to: "+994501234567" })).rejects.toMatchObject({ code: 21408 });
  });

  it("refuses what Twilio would silently ignore, and bodies that are not forms", async () => {
    const { baseUrl, sandbox } = await setUpTwilio();
    const { accountSid, apiKeySid, apiKeySecret } = TWILIO_ACCOUNT;
    const post = (type: string, body: string) =>
      fetch(`${baseUrl}/2010-04-01/Accounts/${accountSid}/Messages.json`, {
        method: "POST",
        headers: { "content-type": type, authorization: `Basic ${btoa(`${apiKeySid}:${apiKeySecret}`)}` },
        body,
      });
    const misspelt = new URLSearchParams({
      To: TEXT.to,
      From: TEXT.from,
      Body: "Hi",
      StatusCallbackUrl: "https://a.example",
    });
    const refused = await post("application/x-www-form-urlencoded", misspelt.toString());
    expect(await refused.json()).toMatchObject({ code: 20001, message: "Unknown parameter StatusCallbackUrl" });
    expect((await post("application/json", JSON.stringify(TEXT))).status).toBe(400);
    expect(sandbox.texts.all()).toEqual([]);
  });

  it("wants a key, the right one, and keeps other accounts' paths to itself", async () => {
    const { sdk, sender, owner } = await setUpTwilio();
    const { accountSid } = TWILIO_ACCOUNT;
    await expect(sdk(TWILIO_ACCOUNT.apiKeySid, "wrong").messages.create(TEXT)).rejects.toMatchObject({ code: 20003 });
    await expect(sender.api.v2010.accounts(`AC${"0".repeat(32)}`).messages.list()).rejects.toMatchObject({
      status: 404,
    });
    // A standard key may not read the account itself; the auth token may.
    await expect(sender.api.v2010.accounts(accountSid).fetch()).rejects.toMatchObject({ code: 20003 });
    expect(await owner.api.v2010.accounts(accountSid).fetch()).toMatchObject({ status: "active", type: "Full" });
  });

  it("knows its numbers and its messaging service, and where their texts are posted", async () => {
    const { sender } = await setUpTwilio();
    const [number] = await sender.incomingPhoneNumbers.list({ phoneNumber: tollFree });
    expect(number).toMatchObject({ phoneNumber: tollFree, smsUrl: "" });
    await sender.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: "https://app.example/in" });
    const [changed] = await sender.incomingPhoneNumbers.list({ phoneNumber: tollFree });
    expect(changed?.smsUrl).toBe("https://app.example/in");
    const service = await sender.messaging.v1.services(TWILIO_ACCOUNT.messagingServiceSid).fetch();
    expect(service.sid).toBe(TWILIO_ACCOUNT.messagingServiceSid);
  });

  it("answers 429 above the limit of the account", async () => {
    const { sender } = await setUpTwilio({ rateLimit: { requests: 2, perMs: 1_000 } });
    await sender.messages.create(TEXT);
    await sender.messages.create(TEXT);
    await expect(sender.messages.create(TEXT)).rejects.toMatchObject({ status: 429, code: 20429 });
  });

  it.each([
    ["rate_limited", 429, 0],
    ["server_error", 500, 0],
    ["hang", undefined, 0],
    ["accepted_then_reset", undefined, 1],
    ["late_answer", 201, 1],
  ] as const)("%s answers %s and leaves %i text", async (fault, status, accepted) => {
    const { sender, sandbox } = await setUpTwilio();
    sandbox.faults.set({ [fault]: 1 });
    const answer = await sender.messages.create(TEXT).then(
      () => 201,
      (error: { status?: number }) => error.status,
    );
    expect(answer).toBe(status);
    expect(sandbox.texts.outbound()).toHaveLength(accepted);
  });

  it("survives a restart of the sandbox, the STOPs with it", async () => {
    const before = await setUpTwilio();
    await before.sender.messages.create(TEXT);
    before.sandbox.inbound.receive({ from: TEXT.to, to: first, body: "Stop" });
    const after = await setUpTwilio();
    after.sandbox.restore(JSON.parse(JSON.stringify(before.sandbox.snapshot())));
    expect(after.sandbox.texts.all()).toEqual(before.sandbox.texts.all());
    await expect(after.sender.messages.create(TEXT)).rejects.toMatchObject({ code: 21610 });
  });
});
