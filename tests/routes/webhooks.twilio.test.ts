import { beforeEach, describe, expect, it } from "vitest";
import { setWhatsappPrices } from "#app/modules/notifications/sms/manage-sms-account.server.ts";
import { fetchTextPriceJob } from "#app/jobs/fetch-text-price.ts";
import { toMicros } from "#app/modules/notifications/sms/fetch-text-price.server.ts";
import { removeSmsAccount } from "#app/modules/notifications/sms/manage-sms-account.server.ts";
import { action, loader } from "#app/routes/webhooks.twilio.$token.ts";
import { openSmsWorld, PERSON, type SmsWorld } from "#tests/modules/notifications/sms/sms-world.ts";
import { openRouteEdge } from "#tests/modules/shops/edge-services.ts";
import { TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";
import { signTwilio } from "#tests/sandbox/twilio/sign-request.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { seededRandom } from "#tests/support/seeded-random.ts";
import { waitingJobs } from "#tests/support/test-queue.ts";

const { authToken, accountSid } = TWILIO_ACCOUNT;

const edge = keepOpen(openRouteEdge);
let world: SmsWorld;

beforeEach(async () => {
  world = await openSmsWorld(edge);
  await world.goLive();
});

const stored = () => edge.rows<Record<string, string>>("SELECT topic, delivery_key, headers FROM inbound_delivery");

interface Forged {
  fields?: Record<string, string>;
  url?: string;
  secret?: string;
  signature?: string;
}

/** A form as Twilio signs it, unless the test says otherwise; it arrives under a host of its own. */
function post({ fields = {}, url = world.hook(), secret = authToken, signature }: Forged = {}): Promise<Response> {
  const form = {
    AccountSid: accountSid,
    MessageSid: `SM${"a".repeat(32)}`,
    MessageStatus: "delivered",
    To: PERSON,
    ...fields,
  };
  const called = new URL(url);
  const request = new Request(`http://evil.example${called.pathname}${called.search}`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      host: "evil.example",
      "x-twilio-signature": signature ?? signTwilio(secret, url, form),
    },
    body: new URLSearchParams(form).toString(),
  });
  return action({ request, params: { token: called.pathname.split("/").at(-1) ?? "" }, context: {} });
}

/** A text that went out, and its id at Twilio. */
async function sendText(to = PERSON): Promise<{ id: string; sid: string }> {
  const id = await world.makeText({ recipient: to, attempts: 1, firstAttemptAt: edge.clock.now() });
  const outcome = await (await world.sender()).send({ to, body: "Hello", validForSeconds: 7_200 }, id);
  if (outcome.kind !== "accepted") throw new Error(outcome.kind);
  await edge.rows("UPDATE notification SET state = 'sent', provider = 'twilio', provider_id = $2 WHERE id = $1", [
    id,
    outcome.providerId,
  ]);
  return { id, sid: outcome.providerId };
}

describe("a status of Twilio", () => {
  it("moves the message, from the public address and not from Host, and asks for the price", async () => {
    const { id, sid } = await sendText();
    await world.settle();
    edge.clock.advance(2_000);
    await world.settle();
    expect(world.sandbox.pushes.records().map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await world.message(id)).toMatchObject({ delivery: "delivered", state: "sent", provider_id: sid });
    expect(await waitingJobs(edge.database, "notifications.fetch-text-price")).toContainEqual({
      shopId: world.shopId,
      notificationId: id,
    });
    await fetchTextPriceJob.runUnchecked({ shopId: world.shopId, notificationId: id }, world.services);
    expect(await world.message(id)).toMatchObject({ segments: 1, cost_micros: "8300", cost_currency: "USD" });
    const asked = world.sandbox.requests().length;
    await fetchTextPriceJob.runUnchecked({ shopId: world.shopId, notificationId: id }, world.services);
    expect(world.sandbox.requests()).toHaveLength(asked);
  });

  it("prices a WhatsApp message by what the merchant has said, without asking Twilio", async () => {
    const priceOf = async (countryCode: string) => {
      const id = await world.makeText({ state: "sent", channel: "whatsapp", countryCode, providerId: "SM1" });
      await fetchTextPriceJob.runUnchecked({ shopId: world.shopId, notificationId: id }, world.services);
      const { cost_micros: micros, cost_currency: currency } = await world.message(id);
      return [micros, currency];
    };
    await setWhatsappPrices(world.services, { shopId: world.shopId, actorId: "42", prices: { US: 8_400 } });
    const asked = world.sandbox.requests().length;
    expect([await priceOf("US"), await priceOf("FR")]).toEqual([
      ["8400", "USD"],
      [null, null],
    ]);
    expect(world.sandbox.requests()).toHaveLength(asked);
  });

  it("comes back for a price that Twilio does not know yet", async () => {
    const { id } = await sendText();
    const run = fetchTextPriceJob.runUnchecked({ shopId: world.shopId, notificationId: id }, world.services);
    await expect(run).rejects.toMatchObject({ code: "price_not_known", retryable: true });
    expect(toMicros("-0.01660")).toBe(16_600n);
  });

  it("proves an unanswered sending by the reference in its address", async () => {
    world.sandbox.faults.set({ accepted_then_reset: 1 });
    const id = await world.makeText({ state: "unknown", attempts: 1, firstAttemptAt: edge.clock.now() });
    expect(await (await world.sender()).send({ to: PERSON, body: "Hello", validForSeconds: 7_200 }, id)).toMatchObject({
      kind: "unknown",
    });
    await world.settle();
    expect(await world.message(id)).toMatchObject({
      state: "sent",
      provider_id: world.sandbox.texts.outbound()[0]?.sid,
    });
  });

  it("of a message that is not ours is taken and ignored", async () => {
    expect((await post()).status).toBe(200);
    await edge.drain();
    expect(await edge.rows("SELECT * FROM notification_event WHERE shop_id = $1", [world.shopId])).toEqual([]);
  });

  it("in any order and however often ends in the same state", async () => {
    const random = seededRandom(11);
    const statuses = ["queued", "sending", "sent", "delivered"];
    for (let run = 0; run < 4; run += 1) {
      const { id, sid } = await sendText();
      const order = [...statuses, ...statuses].sort(() => random() - 0.5);
      for (const MessageStatus of order) {
        expect(
          (await post({ fields: { MessageSid: sid, MessageStatus }, url: `${world.hook()}?n=${id}` })).status,
        ).toBe(200);
      }
      await edge.drain();
      expect(await world.message(id)).toMatchObject({ delivery: "delivered" });
      expect(await edge.rows("SELECT type FROM notification_event WHERE notification_id = $1", [id])).toHaveLength(2);
    }
  });

  it.each([
    ["+12025553003", "unreachable", 0],
    ["+12025553005", "unknown_handset", 1],
    ["+12025553006", "not_mobile", 1],
    ["+12025553007", "filtered", 0],
  ])("that %s failed says why (%s), and gives up numbers that are none", async (to, problem, blocks) => {
    const { id } = await sendText(to);
    edge.clock.advance(2_000);
    await world.settle();
    expect(await world.message(id)).toMatchObject({ delivery: "failed" });
    const events = await edge.rows(
      "SELECT detail FROM notification_event WHERE notification_id = $1 AND type = 'failed'",
      [id],
    );
    expect(events).toMatchObject([{ detail: { problem } }]);
    expect(await edge.rows("SELECT reason FROM address_block WHERE shop_id = $1", [world.shopId])).toHaveLength(blocks);
  });
});

describe("a forged form", () => {
  it.each([
    ["with another secret", () => ({ secret: "0".repeat(32) })],
    ["without a signature", () => ({ signature: "" })],
    ["with a short one", () => ({ signature: "AAAA" })],
    [
      "signed for the host that was called",
      () => ({ signature: signTwilio(authToken, world.hook().replace("https://doorstep", "http://evil"), {}) }),
    ],
    ["of another account", () => ({ fields: { AccountSid: `AC${"0".repeat(32)}` } })],
  ])("%s is refused and stores nothing", async (_name, forge) => {
    expect((await post(forge())).status).toBe(401);
    expect(await stored()).toEqual([]);
  });

  it("with an altered field, or an altered query, is refused", async () => {
    const signature = signTwilio(authToken, world.hook(), { AccountSid: accountSid });
    expect((await post({ signature })).status).toBe(401);
    const form = { AccountSid: accountSid, MessageSid: `SM${"a".repeat(32)}`, MessageStatus: "delivered", To: PERSON };
    expect(
      (await post({ url: `${world.hook()}?n=ntf_x`, signature: signTwilio(authToken, world.hook(), form) })).status,
    ).toBe(401);
  });

  it("to an unknown address, by GET, too large, or about nothing is answered for what it is", async () => {
    expect((await post({ url: "https://doorstep.example/webhooks/twilio/short" })).status).toBe(404);
    expect((await post({ url: `https://doorstep.example/webhooks/twilio/${"A".repeat(43)}` })).status).toBe(404);
    expect((await post({ fields: { Body: "x".repeat(70_000) } })).status).toBe(413);
    expect((await post({ fields: { MessageSid: "SM1" } })).status).toBe(400);
    const request = new Request("https://doorstep.example/webhooks/twilio/x");
    expect((await loader({ request, params: { token: "x" }, context: {} })).status).toBe(405);
    expect(await stored()).toEqual([]);
  });

  it("repeated a hundred times is one event", async () => {
    for (let count = 0; count < 100; count += 1) expect((await post()).status).toBe(200);
    expect(await stored()).toMatchObject([{ topic: "status", delivery_key: `SM${"a".repeat(32)}:delivered` }]);
  });

  it("of a removed account goes nowhere", async () => {
    const url = world.hook();
    await removeSmsAccount(world.services, { shopId: world.shopId, actorId: "42" });
    expect((await post({ url })).status).toBe(404);
  });
});
