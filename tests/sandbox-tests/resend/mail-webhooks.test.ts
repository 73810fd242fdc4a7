import { describe, expect, it } from "vitest";

import { RESEND_ACCOUNT } from "#tests/sandbox/resend/account.ts";
import { signSvix } from "#tests/sandbox/resend/mail-webhooks.ts";

import { receivePushes } from "../carriers/sandbox-server.ts";
import { MAIL, setUpResend } from "./resend-sdk.ts";

const webhookSecret = RESEND_ACCOUNT.webhookSecret;

describe("mail webhooks", () => {
  it("tell sent and delivered, signed so that the SDK accepts them", async () => {
    const { url, received } = await receivePushes();
    const { sender, sandbox, clock } = await setUpResend({ webhook: { url, secret: webhookSecret } });
    const { data } = await sender.emails.send({ ...MAIL, tags: [{ name: "notification", value: "ntf_1" }] });
    await sandbox.tick();
    clock.advance(2_000);
    await sandbox.tick();
    const events = received.map((push) => JSON.parse(push.body));
    expect(events.map((event) => event.type)).toEqual(["email.sent", "email.delivered"]);
    expect(events[1].data).toMatchObject({ email_id: data?.id, tags: { notification: "ntf_1" }, to: [MAIL.to] });
    expect(received[0]?.headers["svix-id"]).not.toBe(received[1]?.headers["svix-id"]);
  });

  it("carry signatures that the SDK's verifier accepts, and not for another body", async () => {
    const { owner } = await setUpResend();
    const id = "msg_1";
    const timestamp = String(Math.floor(Date.now() / 1000));
    const body = JSON.stringify({ type: "email.sent", created_at: "2026-03-10T15:00:00Z", data: {} });
    const headers = { id, timestamp, signature: signSvix({ id, timestamp, body }, webhookSecret) };
    expect(owner.webhooks.verify({ payload: body, headers, webhookSecret })).toMatchObject({ type: "email.sent" });
    expect(() => owner.webhooks.verify({ payload: `${body} `, headers, webhookSecret })).toThrow();
  });

  it("tell bounces, complaints and suppressions", async () => {
    const { url, received } = await receivePushes();
    const { sender, sandbox, clock } = await setUpResend({ webhook: { url, secret: webhookSecret } });
    for (const to of ["bounced@resend.dev", "complained@resend.dev", "suppressed@resend.dev"])
      await sender.emails.send({ ...MAIL, to });
    clock.advance(2_000);
    await sandbox.tick();
    const types = received.map((push) => JSON.parse(push.body).type);
    expect(types.sort()).toEqual([
      "email.bounced",
      "email.complained",
      "email.delivered",
      "email.sent",
      "email.sent",
      "email.suppressed",
    ]);
  });

  it("are repeated with the same id until received", async () => {
    const { url, received } = await receivePushes([500]);
    const { sender, sandbox, clock } = await setUpResend({
      webhook: { url, secret: webhookSecret },
      webhookRetryDelaysMs: [100],
    });
    await sender.emails.send(MAIL);
    await sandbox.tick();
    clock.advance(200);
    await sandbox.tick();
    expect(received).toHaveLength(2);
    expect(received[0]?.headers["svix-id"]).toBe(received[1]?.headers["svix-id"]);
  });

  it("stay away when no address is configured", async () => {
    const { sender, sandbox } = await setUpResend();
    await sender.emails.send(MAIL);
    await sandbox.tick();
    expect(sandbox.pushes.records()).toEqual([]);
  });
});
