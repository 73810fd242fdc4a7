import { describe, expect, it } from "vitest";

import { TWILIO_ACCOUNT } from "#tests/sandbox/twilio/account.ts";

import { setUpConsole } from "./console-parts.ts";

const PERSON = "+12025550199";
const NUMBER = TWILIO_ACCOUNT.numbers[0];
const text = (from: string, body: string) => ({
  ...{ to: PERSON, from, body, messagingServiceSid: null, contentSid: null, contentVariables: {} },
  ...{ statusCallback: null, validitySeconds: 7_200, smartEncoded: true },
});

async function setUpPhones() {
  const parts = await setUpConsole();
  const address = (key: string) => `${parts.origin}/mailbox/api/texts/${encodeURIComponent(key)}`;
  const read = async (key = "") => (await fetch(address(key))).json();
  const answer = (key: string, body: unknown) =>
    fetch(address(key), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ body }),
    });
  return { ...parts, read, answer };
}

describe("conversations of the mailbox", () => {
  it("put texts of one phone with one sender together, newest first", async () => {
    const { twilio, clock, read } = await setUpPhones();
    twilio.texts.add(text(NUMBER, "First"), "outbound-api");
    clock.advance(1_000);
    twilio.texts.add(text("NORTHPEAK", "Second"), "outbound-api");
    clock.advance(1_000);
    twilio.texts.add(text(NUMBER, "Third"), "outbound-api");
    const { conversations } = await read();
    expect(conversations).toMatchObject([
      { lastBody: "Third", channel: "SMS", answerable: true, state: "queued" },
      { lastBody: "Second", sender: "NORTHPEAK", answerable: false },
    ]);
    expect(await read(conversations[0].key)).toMatchObject({
      texts: [{ body: "First", mine: false }, { body: "Third" }],
    });
  });

  it("let a person answer STOP", async () => {
    const { twilio, read, answer } = await setUpPhones();
    twilio.texts.add(text(NUMBER, "Hello"), "outbound-api");
    const key = `${PERSON}~${NUMBER}`;
    expect((await answer(key, "STOP")).status).toBe(200);
    const { texts } = await read(key);
    expect(texts.map((one: { mine: boolean }) => one.mine)).toEqual([false, true, false]);
    expect(twilio.snapshot().stopped).toHaveLength(1);
  });

  it("refuse answers to a name, empty ones, and unknown conversations", async () => {
    const { twilio, answer } = await setUpPhones();
    twilio.texts.add(text("NORTHPEAK", "Hello"), "outbound-api");
    twilio.texts.add(text(NUMBER, "Hello"), "outbound-api");
    expect((await answer(`${PERSON}~NORTHPEAK`, "STOP")).status).toBe(422);
    expect((await answer(`${PERSON}~${NUMBER}`, " ")).status).toBe(422);
    expect((await answer("nobody~nothing", "STOP")).status).toBe(404);
  });
});
