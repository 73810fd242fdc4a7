import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TextOutcome } from "#app/modules/notifications/channels/sms-sender.ts";
import type { TextDispatchDeps } from "#app/modules/notifications/dispatch/dispatch-deps.ts";
import { dispatchTexts } from "#app/modules/notifications/dispatch-texts.server.ts";
import { readHeldChannels } from "#app/modules/notifications/read-sending-state.server.ts";
import { Phone } from "#tests/support/postbox.ts";
import { dispatchDeps, letLeasesPass, queueMessages, statesOf } from "#tests/support/plain-messages.ts";
import { openSendOffice, type SendOffice } from "#tests/support/send-office.ts";
import { runAsOwner } from "#tests/support/run-as-owner.ts";

let office: SendOffice;
let phone: Phone;

beforeAll(async () => {
  office = await openSendOffice();
});

afterAll(() => office.close());

beforeEach(async () => {
  const reset = ["DELETE FROM send_pace", "DELETE FROM send_turn", "DELETE FROM notification"];
  await runAsOwner(office.database.ownerUrl, reset);
  phone = new Phone();
});

const dispatch = (changed: Partial<TextDispatchDeps> = {}) =>
  dispatchTexts(
    {
      ...dispatchDeps(office),
      senderOf: () => Promise.resolve(phone),
      checkCaps: () => Promise.resolve({ ok: true }),
      ...changed,
    },
    "sms",
  );
const pass = (interval: string) => letLeasesPass(office.database, interval);
const texts = (count: number) => queueMessages(office, { count, channel: "sms" });
const rowOf = async (shopId: string) => (await office.db.forShop(shopId, (tx) => tx.notification.findMany()))[0];

async function unanswered(taken: boolean) {
  const made = await texts(1);
  phone.answer = (message) => {
    if (taken) phone.take(message);
    return { kind: "unknown", reason: "connection reset" };
  };
  expect(await dispatch()).toMatchObject({ sent: 0, unanswered: 1 });
  phone.answer = undefined;
  return made;
}

describe("a text", () => {
  test("is sent once, with what the provider says of it", async () => {
    const { shopId } = await texts(3);
    expect(await dispatch()).toMatchObject({ sent: 3 });
    expect(phone.taken).toHaveLength(3);
    expect(await rowOf(shopId)).toMatchObject({ state: "sent", provider: "twilio", segments: 1 });
  });

  test("above a cap is dropped with the rule", async () => {
    const { shopId } = await texts(2);
    expect(await dispatch({ checkCaps: () => Promise.resolve({ ok: false, rule: "cap_reached" }) })).toMatchObject({
      dropped: 2,
    });
    expect(await rowOf(shopId)).toMatchObject({ state: "dropped", error: "cap_reached", attempts: 0 });
    expect(phone.taken).toEqual([]);
  });

  test.each<[TextOutcome, string]>([
    [{ kind: "rejected", reason: "21211" }, "failed"],
    [{ kind: "stopped", reason: "21610" }, "failed"],
    [{ kind: "rate_limited", retryAfterSeconds: 30 }, "queued"],
    [{ kind: "channel_closed", reason: "20003" }, "queued"],
  ])("answered with %o is %s", async (outcome, state) => {
    const { shopId } = await texts(1);
    phone.answer = () => outcome;
    await dispatch();
    await dispatch();
    expect(await statesOf(office, shopId)).toEqual({ [state]: 1 });
    expect(phone.taken).toEqual([]);
  });
});

describe("without an answer", () => {
  test("it is looked up, and found: sent, and never sent again", async () => {
    const { shopId } = await unanswered(true);
    await pass("2 minutes");
    expect(await dispatch()).toMatchObject({ sent: 1 });
    expect([phone.taken.length, phone.lookUps]).toEqual([1, 1]);
    expect(await rowOf(shopId)).toMatchObject({ state: "sent", providerId: "SM1" });
  });

  test("it is sent anew only when the provider has denied it twice, a minute apart, long after the attempt", async () => {
    await unanswered(false);
    await pass("20 seconds");
    await dispatch();
    expect(phone.taken).toEqual([]);
    await pass("50 seconds");
    await dispatch();
    expect([phone.taken.length, phone.lookUps]).toEqual([0, 1]);
    await pass("3 minutes");
    expect(await dispatch()).toMatchObject({ sent: 1 });
    expect([phone.taken.length, phone.lookUps]).toEqual([1, 2]);
  });

  test("a call that arrives after the first denial is not doubled", async () => {
    await unanswered(false);
    await pass("4 minutes");
    await dispatch();
    if (phone.lastTried) phone.take(phone.lastTried);
    await pass("2 minutes");
    expect(await dispatch()).toMatchObject({ sent: 1 });
    expect(phone.taken).toHaveLength(1);
  });

  test("a look-up that is not answered settles nothing, until days have passed", async () => {
    const { shopId } = await unanswered(true);
    phone.lookUp = { kind: "no_answer", reason: "503" };
    await pass("2 minutes");
    await dispatch();
    expect(await statesOf(office, shopId)).toEqual({ sending: 1 });
    await pass("73 hours");
    expect(await dispatch()).toMatchObject({ unknown: 1 });
    expect(phone.taken).toHaveLength(1);
  });
});

describe("an account that takes nothing", () => {
  test("holds up its own shop and no other, and says why", async () => {
    const closed = await texts(12);
    const open = await texts(4);
    const senderOf: TextDispatchDeps["senderOf"] = (_tx, shopId) =>
      Promise.resolve(shopId === closed.shopId ? { closed: "suspended" } : phone);
    expect(await dispatch({ senderOf })).toMatchObject({ sent: 4 });
    expect(await statesOf(office, closed.shopId)).toEqual({ queued: 12 });
    expect(await statesOf(office, open.shopId)).toEqual({ sent: 4 });
    const held = () => office.db.forShop(closed.shopId, (tx) => readHeldChannels(tx, closed.shopId, "resend"));
    expect(await held()).toMatchObject([{ channel: "sms", reason: "suspended" }]);
    await pass("11 minutes");
    expect(await held()).toEqual([]);
    expect((await dispatch()).sent).toBeGreaterThan(0);
  });

  test("that does not answer is tried with one message at a time", async () => {
    const { shopId } = await texts(20);
    phone.answer = () => ({ kind: "unknown", reason: "dark" });
    for (let run = 0; run < 4; run += 1) {
      await dispatch();
      await pass("61 seconds");
    }
    expect((await statesOf(office, shopId))["queued"]).toBeGreaterThanOrEqual(5);
  });
});
