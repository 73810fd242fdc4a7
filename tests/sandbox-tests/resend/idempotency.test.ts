import { describe, expect, it } from "vitest";

import { MAIL, setUpResend } from "./resend-sdk.ts";

const DAY_MS = 86_400_000;

describe("idempotency keys with the real SDK", () => {
  it("answer a repetition with the first id and send nothing", async () => {
    const { sender, sandbox } = await setUpResend();
    const first = await sender.emails.send(MAIL, { idempotencyKey: "k" });
    const second = await sender.emails.send(MAIL, { idempotencyKey: "k" });
    expect(second.data).toEqual(first.data);
    expect(sandbox.mails.all()).toHaveLength(1);
  });

  it("refuse another body under the same key, however small the difference", async () => {
    const { sender, sandbox } = await setUpResend();
    await sender.emails.send(MAIL, { idempotencyKey: "k" });
    const { error } = await sender.emails.send({ ...MAIL, text: "Hello " }, { idempotencyKey: "k" });
    expect(error).toMatchObject({ name: "invalid_idempotent_request", statusCode: 409 });
    expect(sandbox.mails.all()).toHaveLength(1);
  });

  it("refuse a batch under the key of a single mail", async () => {
    const { sender } = await setUpResend();
    await sender.emails.send(MAIL, { idempotencyKey: "k" });
    expect((await sender.batch.send([MAIL], { idempotencyKey: "k" })).error?.name).toBe("invalid_idempotent_request");
  });

  it("are forgotten after 24 hours, so that a late retry would send twice", async () => {
    const { sender, sandbox, clock } = await setUpResend();
    await sender.emails.send(MAIL, { idempotencyKey: "k" });
    clock.advance(DAY_MS - 1);
    await sender.emails.send(MAIL, { idempotencyKey: "k" });
    expect(sandbox.mails.all()).toHaveLength(1);
    clock.advance(1);
    await sender.emails.send(MAIL, { idempotencyKey: "k" });
    expect(sandbox.mails.all()).toHaveLength(2);
  });

  it("conflict while the first request is in flight, and then give its answer", async () => {
    const { sender, sandbox } = await setUpResend({ hangMs: 300 });
    sandbox.faults.set({ late_answer: 1 });
    const first = sender.emails.send(MAIL, { idempotencyKey: "k" });
    while (sandbox.mails.all().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    sandbox.faults.set({});
    const during = await sender.emails.send(MAIL, { idempotencyKey: "k" });
    expect(during.error).toMatchObject({ name: "concurrent_idempotent_requests", statusCode: 409 });
    const { data } = await first;
    expect((await sender.emails.send(MAIL, { idempotencyKey: "k" })).data).toEqual(data);
    expect(sandbox.mails.all()).toHaveLength(1);
  });

  it("may be used again after a refused request", async () => {
    const { sender } = await setUpResend();
    expect((await sender.emails.send({ ...MAIL, to: "nobody" }, { idempotencyKey: "k" })).error).not.toBeNull();
    expect((await sender.emails.send(MAIL, { idempotencyKey: "k" })).error).toBeNull();
  });

  it("survive a restart of the sandbox, and the mails with them", async () => {
    const first = await setUpResend();
    const { data } = await first.sender.emails.send(MAIL, { idempotencyKey: "k" });
    const second = await setUpResend();
    second.sandbox.restore(JSON.parse(JSON.stringify(first.sandbox.snapshot())));
    expect((await second.sender.emails.send(MAIL, { idempotencyKey: "k" })).data).toEqual(data);
    expect(second.sandbox.mails.all()).toEqual(first.sandbox.mails.all());
  });

  it("must have 1 to 256 characters", async () => {
    const { sender } = await setUpResend();
    expect((await sender.emails.send(MAIL, { idempotencyKey: "k".repeat(257) })).error?.name).toBe(
      "invalid_idempotency_key",
    );
    expect((await sender.emails.send(MAIL, { idempotencyKey: "k".repeat(256) })).error).toBeNull();
  });
});

describe("faults", () => {
  it.each([
    ["rate_limited", "rate_limit_exceeded", 0],
    ["server_error", "internal_server_error", 0],
    ["hang", "application_error", 0],
    ["accepted_then_reset", "application_error", 1],
  ] as const)("%s looks like %s and leaves %i mail", async (fault, name, accepted) => {
    const { sender, sandbox } = await setUpResend();
    sandbox.faults.set({ [fault]: 1 });
    const { error } = await sender.emails.send(MAIL, { idempotencyKey: "k" });
    expect(error?.name).toBe(name);
    expect(sandbox.mails.all()).toHaveLength(accepted);
    sandbox.faults.set({});
    expect((await sender.emails.send(MAIL, { idempotencyKey: "k" })).error).toBeNull();
    expect(sandbox.mails.all()).toHaveLength(1);
  });

  it("are drawn in the same order for the same seed, in the asked shares", async () => {
    const drawn = async (seed: number) => {
      const { sandbox } = await setUpResend({ seed });
      sandbox.faults.set({ rate_limited: 0.05, server_error: 0.03, hang: 0.02, accepted_then_reset: 0.02 });
      return Array.from({ length: 5_000 }, () => sandbox.faults.draw());
    };
    const first = await drawn(7);
    expect(await drawn(7)).toEqual(first);
    expect(await drawn(8)).not.toEqual(first);
    const share = (fault: string) => first.filter((drawnFault) => drawnFault === fault).length / first.length;
    expect(share("rate_limited")).toBeGreaterThan(0.035);
    expect(share("rate_limited")).toBeLessThan(0.065);
    expect(share("hang")).toBeGreaterThan(0.01);
  });

  it("lose nothing and double nothing for a client that repeats with the key", async () => {
    const { sender, sandbox } = await setUpResend({ hangMs: 5, seed: 3 });
    sandbox.faults.set({ rate_limited: 0.1, server_error: 0.1, hang: 0.1, late_answer: 0.1, accepted_then_reset: 0.1 });
    for (let index = 0; index < 60; index += 1) {
      const mail = { ...MAIL, subject: `Order ${index}` };
      for (let attempt = 0; attempt < 30; attempt += 1) {
        if ((await sender.emails.send(mail, { idempotencyKey: `dlv_${index}` })).error === null) break;
      }
    }
    const subjects = sandbox.mails.all().map((mail) => mail.subject);
    expect(subjects).toEqual(Array.from({ length: 60 }, (_, index) => `Order ${index}`));
    expect(sandbox.requests().length).toBeGreaterThan(60);
  });
});
