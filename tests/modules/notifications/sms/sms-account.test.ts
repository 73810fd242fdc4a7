import { beforeEach, describe, expect, it } from "vitest";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { connectSmsAccount } from "#app/modules/notifications/sms/connect-sms-account.server.ts";
import {
  acceptSmsPrices,
  confirmSmsConsent,
  removeSmsAccount,
  saveSmsCaps,
  switchSms,
} from "#app/modules/notifications/sms/manage-sms-account.server.ts";
import { closedReasonOf } from "#app/modules/notifications/sms/sms-account.ts";
import { readSmsAccount } from "#app/modules/notifications/sms/sms-account-store.server.ts";
import { createSmsSenderOf } from "#app/modules/notifications/sms/sms-sender-of.server.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { MAGIC_NUMBERS, TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { NUMBER, openSmsWorld, PERSON, shipTo, type SmsWorld, TYPED, WORDING } from "./sms-world.ts";

const edge = keepOpen(openRouteEdge);
let world: SmsWorld;
let staff: { shopId: string; actorId: string };

beforeEach(async () => {
  world = await openSmsWorld(edge);
  staff = { shopId: world.shopId, actorId: "42" };
});

const read = () => world.services.db.forShop(world.shopId, (tx) => readSmsAccount(tx, world.shopId));
const connect = (typed: Record<string, string> = {}) =>
  connectSmsAccount(world.services, { ...staff, typed: { ...TYPED, ...typed } });
const problems = () =>
  world.services.db.forShop(world.shopId, async (tx) => {
    return (await readSendingState(tx, world.services, world.shopId)).problems;
  });
const closed = async () => closedReasonOf(await read());
const senderOf = () => world.services.db.forShop(world.shopId, (tx) => world.services.smsSenderOf(tx, world.shopId));

describe("connecting an account", () => {
  it("tries key, token and number, has answers posted to us, and keeps the secrets sealed", async () => {
    expect(await connect({ sender: "+1 (202) 555-0143 " })).toEqual({
      kind: "connected",
      trial: false,
      hearsReplies: true,
    });
    expect(await read()).toMatchObject({ state: "disabled", options: { origin: { kind: "number", number: NUMBER } } });
    expect(world.sandbox.inbound.webhookOf(NUMBER)).toMatch(
      /^https:\/\/doorstep\.example\/webhooks\/twilio\/[\w-]{43}$/,
    );
    const dump = JSON.stringify(await edge.rows("SELECT * FROM sms_account"));
    for (const secret of [TWILIO_ACCOUNT.apiKeySecret, TWILIO_ACCOUNT.authToken, TWILIO_ACCOUNT.apiKeySid]) {
      expect(dump).not.toContain(secret);
      expect(edge.logged()).not.toContain(secret);
    }
  });

  it("leaves a number alone that posts to somebody else, and says so", async () => {
    world.sandbox.inbound.setWebhook(NUMBER, "https://helpdesk.example/sms");
    expect(await connect()).toMatchObject({ kind: "connected", hearsReplies: false });
    expect(world.sandbox.inbound.webhookOf(NUMBER)).toBe("https://helpdesk.example/sms");
  });

  it.each([
    [
      { accountSid: "", apiKeySid: "SK12", apiKeySecret: "x", authToken: "y" },
      { accountSid: "required", apiKeySid: "api_key_sid", apiKeySecret: "api_key_secret", authToken: "auth_token" },
    ],
    [{ sender: "12025550143" }, { sender: "sender_number" }],
    [{ senderKind: "service", sender: "MG1" }, { sender: "sender_service" }],
    [{ senderKind: "name", sender: "12345" }, { sender: "sender_name" }],
    [{ senderKind: "name", sender: "Twelve chars" }, { sender: "sender_name" }],
    [{ whatsappFrom: "12" }, { whatsappFrom: "whatsapp_number" }],
  ])("names what is wrong with %o before anybody is asked", async (typed, problems) => {
    expect(await connect(typed)).toEqual({ kind: "invalid", problems });
    expect(world.sandbox.requests()).toEqual([]);
  });

  it.each([
    [{ apiKeySecret: "0".repeat(32) }, "api_key"],
    [{ authToken: "0".repeat(32) }, "auth_token"],
    [{ accountSid: `AC${"0".repeat(32)}` }, "api_key"],
    [{ sender: "+12025550100" }, "sender"],
    [{ senderKind: "service", sender: `MG${"0".repeat(32)}` }, "sender"],
  ])("is refused with %o: %s, and nothing is saved", async (typed, cause) => {
    expect(await connect(typed)).toEqual({ kind: "refused", cause });
    expect(await read()).toBeNull();
  });

  it("does not take 'no answer' for a wrong key", async () => {
    const env = { ...world.services.env, TWILIO_BASE_URL: "http://127.0.0.1:9" };
    const outcome = await connectSmsAccount({ ...world.services, env }, { ...staff, typed: TYPED });
    expect(outcome).toEqual({ kind: "refused", cause: "unreachable" });
  });

  it("takes a messaging service or a name as well", async () => {
    const { messagingServiceSid } = TWILIO_ACCOUNT;
    expect(await connect({ senderKind: "service", sender: messagingServiceSid })).toMatchObject({ kind: "connected" });
    expect(await connect({ senderKind: "name", sender: "NORTHPEAK", whatsappFrom: "+1 202 555 0146" })).toMatchObject({
      hearsReplies: false,
    });
    expect(await read()).toMatchObject({
      options: { origin: { kind: "name", name: "NORTHPEAK" }, whatsappFrom: "whatsapp:+12025550146" },
    });
  });

  it("again keeps the address, the price, the consent and the caps", async () => {
    await world.goLive();
    await saveSmsCaps(world.services, { ...staff, caps: { perNumber: 3, perPrefix: 30, perShop: 300 } });
    const url = world.sandbox.inbound.webhookOf(NUMBER);
    await connect();
    expect(world.sandbox.inbound.webhookOf(NUMBER)).toBe(url);
    expect(await read()).toMatchObject({
      state: "connected",
      options: { caps: { perNumber: 3 }, consent: { wording: WORDING } },
    });
  });
});

describe("the switch", () => {
  it("needs an accepted price and a confirmed consent, in the words of the checkout", async () => {
    expect(await closed()).toBe("not_connected");
    expect(await senderOf()).toEqual({ closed: "not_connected" });
    await connect();
    const on = () => switchSms(world.services, { ...staff, on: true });
    expect(await on()).toEqual({ kind: "closed", reason: "price_not_accepted" });
    await shipTo(world.services, { shopId: world.shopId, countries: ["DE", "GG"] });
    await acceptSmsPrices(world.services, { ...staff, countries: ["US", "DE", "GB", "FR", "XX"] });
    expect(await on()).toEqual({ kind: "closed", reason: "consent_not_confirmed" });
    await confirmSmsConsent(world.services, { ...staff, wording: WORDING });
    expect(await closed()).toBe("switched_off");
    expect(await on()).toEqual({ kind: "saved" });
    expect(await senderOf()).toMatchObject({ provider: "twilio" });
    expect(await read()).toMatchObject({
      state: "connected",
      prices: { asOf: "2025-11", microsByCountry: { US: 12_300, DE: 110_500, GB: 52_000 } },
      options: { consent: { wording: WORDING, confirmedBy: "42" } },
    });
  });

  it("off closes the channel at once, and a test text may still go out", async () => {
    await world.goLive();
    await switchSms(world.services, { ...staff, on: false });
    expect(await senderOf()).toEqual({ closed: "switched_off" });
    const testing = createSmsSenderOf(world.services, { evenOff: true });
    const sender = await world.services.db.forShop(world.shopId, (tx) => testing(tx, world.shopId));
    if ("closed" in sender) throw new Error(sender.closed);
    expect(await sender.send({ to: PERSON, body: "Test", validForSeconds: 7_200 })).toMatchObject({ kind: "accepted" });
  });

  it("is thrown by Twilio's refusal of the account, which says why, and by the merchant again", async () => {
    await world.goLive();
    const sender = await world.sender();
    const account = world.services;
    await account.db.forShop(world.shopId, (tx) =>
      tx.smsAccount.updateMany({
        where: { shopId: world.shopId },
        data: {
          options: {
            origin: { kind: "number", number: "+12025550100" },
            consent: { wording: WORDING, confirmedAt: "2026-11-20T12:00:00.000Z", confirmedBy: "42" },
          },
        },
      }),
    );
    const other = await world.sender();
    expect(await sender.send({ to: PERSON, body: "Hi", validForSeconds: 7_200 })).toMatchObject({ kind: "accepted" });
    expect(await other.send({ to: PERSON, body: "Hi", validForSeconds: 7_200 })).toMatchObject({
      kind: "channel_closed",
    });
    expect(await senderOf()).toEqual({ closed: "refused" });
    expect(await read()).toMatchObject({ state: "failed", problem: { reason: "bad_sender (Twilio 21606)" } });
    const problem = { channel: "sms", reason: "refused", detail: "bad_sender", messages: 0 };
    expect(await problems()).toEqual([problem]);
    expect(await switchSms(world.services, { ...staff, on: true })).toEqual({ kind: "saved" });
    expect(await read()).toMatchObject({ state: "connected", problem: null });
    expect(await problems()).toEqual([]);
  });

  it("of a removed account is gone, and its webhook address with it", async () => {
    await world.goLive();
    expect(await removeSmsAccount(world.services, staff)).toEqual({ kind: "saved" });
    expect(await senderOf()).toEqual({ closed: "not_connected" });
    expect(await removeSmsAccount(world.services, staff)).toEqual({ kind: "not_found" });
  });

  it("of another shop is not ours", async () => {
    await world.goLive();
    const other = await openSmsWorld(edge);
    expect(await switchSms(other.services, { shopId: other.shopId, actorId: "42", on: false })).toEqual({
      kind: "not_found",
    });
    expect(await senderOf()).toMatchObject({ provider: "twilio" });
  });
});

describe("a person whom Twilio knows as stopped", () => {
  it("is blocked in our own list, too", async () => {
    await world.goLive();
    const sender = await world.sender();
    const outcome = await sender.send({ to: MAGIC_NUMBERS.stopped, body: "Hi", validForSeconds: 7_200 });
    expect(outcome).toMatchObject({ kind: "stopped" });
    const blocks = await edge.rows("SELECT medium, reason, source, scope FROM address_block WHERE shop_id = $1", [
      world.shopId,
    ]);
    expect(blocks).toEqual([{ medium: "phone", reason: "stopped", source: "twilio", scope: "all" }]);
  });
});
