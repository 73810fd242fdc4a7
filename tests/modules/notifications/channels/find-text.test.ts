import { describe, expect, it } from "vitest";
import { setUpSender, textTo, TO } from "./twilio-world.ts";

const MINUTE = 60_000;
const text = textTo(TO, "Your parcel “1001” is out for delivery.");

/** A sending whose answer got lost. */
async function loseAnswer(world: Awaited<ReturnType<typeof setUpSender>>) {
  world.sandbox.faults.set({ accepted_then_reset: 1 });
  const since = world.clock.now();
  await world.sender.send(text);
  world.sandbox.faults.set({});
  return since;
}

describe("looking up a text whose sending was left without an answer", () => {
  it("finds it while it waits in Twilio's queue, and when it was delivered", async () => {
    const world = await setUpSender();
    const since = await loseAnswer(world);
    const found = { kind: "found", providerId: world.sandbox.texts.outbound()[0]?.sid };
    expect(await world.sender.find(text, since)).toEqual(found);
    world.clock.advance(MINUTE);
    expect(await world.sender.find(text, since)).toEqual(found);
  });

  it("does not find what was never taken", async () => {
    const world = await setUpSender();
    world.sandbox.faults.set({ hang: 1 });
    const since = world.clock.now();
    await world.sender.send(text);
    expect(await world.sender.find(text, since)).toEqual({ kind: "not_found" });
  });

  it("takes neither other words, nor an earlier text, nor another person's, nor the person's own", async () => {
    const world = await setUpSender();
    await world.sender.send(text);
    world.clock.advance(10 * MINUTE);
    const since = world.clock.now();
    await world.sender.send(textTo(TO, "Other words"));
    await world.sender.send({ ...text, to: "+12025550188" });
    world.sandbox.inbound.receive({ from: TO, to: "+12025550143", body: text.body });
    expect(await world.sender.find(text, since)).toEqual({ kind: "not_found" });
  });

  it("gives each of two equal texts its own, the older first", async () => {
    const world = await setUpSender();
    const since = await loseAnswer(world);
    world.clock.advance(1_000);
    await loseAnswer(world);
    const [first, second] = world.sandbox.texts.outbound().map(({ sid }) => sid);
    expect(await world.sender.find(text, since)).toEqual({ kind: "found", providerId: first });
    world.known.add(first ?? "");
    expect(await world.sender.find(text, since)).toEqual({ kind: "found", providerId: second });
    world.known.add(second ?? "");
    expect(await world.sender.find(text, since)).toEqual({ kind: "not_found" });
  });

  it("searches page by page behind everything that came later", async () => {
    const world = await setUpSender();
    const since = await loseAnswer(world);
    for (let index = 0; index < 250; index += 1) {
      const message = { from: "+12025550143", to: TO, body: `Later ${index}`, messagingServiceSid: null };
      const rest = { contentSid: null, contentVariables: {}, statusCallback: null, validitySeconds: 7_200 };
      world.sandbox.texts.add({ ...message, ...rest, smartEncoded: true }, "outbound-api");
    }
    world.clock.advance(MINUTE);
    expect(await world.sender.find(text, since)).toMatchObject({ kind: "found" });
    expect(world.sandbox.requests().filter(({ method }) => method === "GET")).toHaveLength(2);
  });

  it("says so when Twilio does not answer, instead of 'not found'", async () => {
    const limited = await setUpSender({ rateLimit: { requests: 0, perMs: 1_000 } });
    expect(await limited.sender.find(text, limited.clock.now())).toEqual({ kind: "no_answer", reason: "status 429" });
    const gone = await setUpSender({}, { baseUrl: "http://127.0.0.1:9" });
    expect((await gone.sender.find(text, gone.clock.now())).kind).toBe("no_answer");
  });

  it("loses nothing and doubles nothing over 150 sendings with every fault", async () => {
    const world = await setUpSender({ seed: 7, hangMs: 5 });
    const shares = { rate_limited: 0.05, server_error: 0.05, hang: 0.05, accepted_then_reset: 0.1 };
    for (let index = 0; index < 150; index += 1) {
      const one = textTo(`+1202555${String(1_000 + (index % 40))}`, "The same words for all of them.");
      const since = world.clock.now();
      let done = false;
      for (let attempt = 0; attempt < 40 && !done; attempt += 1) {
        world.sandbox.faults.set(shares);
        const sent = await world.sender.send(one);
        world.sandbox.faults.set({});
        const id = sent.kind === "accepted" ? sent.providerId : null;
        const looked = sent.kind === "unknown" ? await world.sender.find(one, since) : null;
        const found = id ?? (looked?.kind === "found" ? looked.providerId : null);
        if (found !== null) world.known.add(found);
        done = found !== null;
        world.clock.advance(100);
      }
    }
    expect(world.known.size).toBe(150);
    expect(world.sandbox.texts.outbound()).toHaveLength(150);
  });
});
