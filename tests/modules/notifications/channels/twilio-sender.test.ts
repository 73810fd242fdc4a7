import { describe, expect, it } from "vitest";
import { readReason, reasonOf } from "#app/modules/notifications/channels/twilio-codes.ts";
import { outcomeOf } from "#app/modules/notifications/channels/twilio-sender.server.ts";
import { MAGIC_NUMBERS, TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";
import { CALLBACK, HOUR, setUpSender, textTo, TO } from "./twilio-world.ts";

const { accountSid, apiKeySid, authToken, messagingServiceSid, alphanumeric, contents, whatsappSender } =
  TWILIO_ACCOUNT;

describe("sending a text", () => {
  it("says what Twilio needs: who is told, how long to try, smart encoding", async () => {
    const { sender, sandbox } = await setUpSender();
    const outcome = await sender.send(textTo(TO, "“On its way” — soon"), "ntf_1");
    const [text] = sandbox.texts.outbound();
    expect(outcome).toEqual({ kind: "accepted", providerId: text?.sid, segments: 1 });
    expect(text).toMatchObject({
      ...{ to: TO, body: '"On its way" - soon', statusCallback: `${CALLBACK}?n=ntf_1`, smartEncoded: true },
      validitySeconds: 3 * HOUR,
    });
  });

  it.each([
    [60, 2 * HOUR],
    [36_000, 4 * HOUR],
  ])("keeps %i seconds of validity within two to four hours", async (asked, used) => {
    const { sender, sandbox } = await setUpSender();
    await sender.send({ ...textTo(TO, "Hi"), validForSeconds: asked });
    expect(sandbox.texts.outbound()[0]).toMatchObject({ validitySeconds: used, statusCallback: CALLBACK });
  });

  it("goes out from a service or a name as well", async () => {
    const service = await setUpSender({}, { origin: { kind: "service", sid: messagingServiceSid } });
    expect(await service.sender.send(textTo(TO, "Hi"))).toMatchObject({ kind: "accepted" });
    const name = await setUpSender({}, { origin: { kind: "name", name: alphanumeric } });
    expect(await name.sender.send(textTo("+4915112345678", "Hi"))).toMatchObject({ kind: "accepted" });
    expect(await name.sender.send(textTo(TO, "Hi"))).toEqual({
      kind: "rejected",
      reason: "not_routable (Twilio 21612)",
    });
  });

  it("sends approved WhatsApp templates through the same sender, and none without a sender for it", async () => {
    const content = { sid: contents[0]?.sid ?? "", variables: { 1: "Northpeak", 2: "#1", 3: "https://t.example/a" } };
    const text = { ...textTo(`whatsapp:${TO}`, ""), content };
    const { sender, sandbox } = await setUpSender();
    expect(await sender.send(text)).toMatchObject({ kind: "accepted" });
    expect(sandbox.texts.outbound()[0]).toMatchObject({ from: whatsappSender, contentVariables: content.variables });
    const without = await setUpSender({}, { whatsappFrom: null });
    expect(await without.sender.send(text)).toEqual({ kind: "rejected", reason: "no_whatsapp_sender" });
    expect(without.sandbox.requests()).toEqual([]);
  });

  it.each([
    [MAGIC_NUMBERS.invalid, { kind: "rejected", reason: "invalid_number (Twilio 21211)" }],
    [MAGIC_NUMBERS.regionClosed, { kind: "rejected", reason: "country_not_enabled (Twilio 21408)" }],
    [MAGIC_NUMBERS.notRoutable, { kind: "rejected", reason: "not_routable (Twilio 21612)" }],
    [MAGIC_NUMBERS.notMobile, { kind: "rejected", reason: "not_mobile (Twilio 21614)" }],
    [MAGIC_NUMBERS.stopped, { kind: "stopped", reason: "stopped (Twilio 21610)" }],
  ])("to %s comes back as %o", async (to, outcome) => {
    const { sender } = await setUpSender();
    expect(await sender.send(textTo(to, "Hi"))).toEqual(outcome);
  });

  it("closes the channel when key or sender are refused", async () => {
    const key = await setUpSender({}, { key: { accountSid, user: apiKeySid, secret: "wrong" } });
    expect(await key.sender.send(textTo(TO, "Hi"))).toEqual({
      kind: "channel_closed",
      reason: "bad_credentials (Twilio 20003)",
    });
    const number = await setUpSender({}, { origin: { kind: "number", number: "+12025550100" } });
    expect(await number.sender.send(textTo(TO, "Hi"))).toEqual({
      kind: "channel_closed",
      reason: "bad_sender (Twilio 21606)",
    });
  });

  it.each([
    ["rate_limited", "rate_limited", 0],
    ["server_error", "unknown", 0],
    ["hang", "unknown", 0],
    ["accepted_then_reset", "unknown", 1],
  ] as const)("with the fault %s is %s, and Twilio has %i", async (fault, kind, accepted) => {
    const { sender, sandbox } = await setUpSender();
    sandbox.faults.set({ [fault]: 1 });
    expect((await sender.send(textTo(TO, "Hi"))).kind).toBe(kind);
    expect(sandbox.texts.outbound()).toHaveLength(accepted);
    expect(sandbox.requests()).toHaveLength(1);
  });

  it("knows when nothing can have been taken: nobody listens", async () => {
    const { sender } = await setUpSender({}, { baseUrl: "http://127.0.0.1:9" });
    expect(await sender.send(textTo(TO, "Hi"))).toEqual({ kind: "rate_limited", retryAfterSeconds: 30 });
  });

  it("leaves neither keys nor numbers nor words in the log", async () => {
    const { sender, sandbox, lines } = await setUpSender();
    sandbox.faults.set({ accepted_then_reset: 1 });
    await sender.send(textTo(TO, "Confidential words"));
    const log = lines.join("\n");
    expect(log).toContain("outgoing call failed");
    for (const secret of [TWILIO_ACCOUNT.apiKeySecret, authToken, TO, TO.slice(1), "Confidential", accountSid])
      expect(log).not.toContain(secret);
  });
});

describe("the meaning of an answer", () => {
  const answer = (status: number, body: unknown) => outcomeOf({ kind: "answer", status, body, retryAfter: null });

  it.each([
    [201, {}, "unknown"],
    [401, null, "channel_closed"],
    [404, null, "unknown"],
    [400, { code: 21611 }, "rate_limited"],
    [400, { code: 99999 }, "rejected"],
    [503, { code: 20003 }, "unknown"],
  ])("%i %o is %s", (status, body, kind) => {
    expect(answer(status, body).kind).toBe(kind);
  });

  it("does not take 'not counted yet' for a free message", () => {
    expect(answer(201, { sid: "SM1", num_segments: "0" })).toEqual({
      kind: "accepted",
      providerId: "SM1",
      segments: null,
    });
  });

  it("keeps reasons that can be read again", () => {
    expect(readReason(reasonOf(30007))).toEqual({ problem: "filtered", code: 30007 });
    expect(readReason("no answer in time")).toBeNull();
  });
});
