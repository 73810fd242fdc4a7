import { describe, expect, it } from "vitest";

import { MAIL, setUpResend } from "./resend-sdk.ts";

describe("sending with the real SDK", () => {
  it("accepts a mail and keeps all of it", async () => {
    const { sender, sandbox } = await setUpResend();
    const { data, error, headers } = await sender.emails.send(
      {
        ...MAIL,
        replyTo: "help@demo-store.example",
        tags: [{ name: "shop", value: "shop_1" }],
        headers: { "X-Entity-Ref-ID": "1" },
      },
      { idempotencyKey: "dlv_1" },
    );
    expect(error).toBeNull();
    expect(headers?.["ratelimit-limit"]).toBe("1000");
    expect(sandbox.mails.all()).toEqual([
      {
        ...MAIL,
        to: [MAIL.to],
        cc: [],
        bcc: [],
        replyTo: ["help@demo-store.example"],
        headers: { "X-Entity-Ref-ID": "1" },
        tags: [{ name: "shop", value: "shop_1" }],
        attachments: [],
        scheduledAt: null,
        id: data?.id,
        messageId: `<${data?.id}@sandbox.resend.dev>`,
        acceptedAt: "2026-03-10T15:00:00.000Z",
        idempotencyKey: "dlv_1",
      },
    ]);
  });

  it("tells how a mail stands, lists mails in pages, and lists the domains", async () => {
    const { sender, owner, clock } = await setUpResend();
    const ids: string[] = [];
    for (const to of ["delivered@resend.dev", "bounced@resend.dev", "complained@resend.dev"]) {
      ids.push((await sender.emails.send({ ...MAIL, to })).data?.id ?? "");
    }
    expect((await owner.emails.get(ids[0] ?? "")).data).toMatchObject({
      object: "email",
      last_event: "sent",
      html: "<p>Hello</p>",
    });
    clock.advance(2_000);
    const states = await Promise.all(ids.map(async (id) => (await owner.emails.get(id)).data?.last_event));
    expect(states).toEqual(["delivered", "bounced", "complained"]);
    const page = (await owner.emails.list({ limit: 2 })).data;
    expect(page?.data.map((mail) => mail.id)).toEqual([ids[2], ids[1]]);
    expect(page?.has_more).toBe(true);
    const rest = (await owner.emails.list({ limit: 2, after: ids[1] ?? "" })).data;
    expect([rest?.data.map((mail) => mail.id), rest?.has_more]).toEqual([[ids[0]], false]);
    const before = (await owner.emails.list({ limit: 2, before: ids[0] ?? "" })).data;
    expect(before?.data.map((mail) => mail.id)).toEqual([ids[2], ids[1]]);
    expect((await owner.domains.list()).data?.data.map((domain) => domain.status)).toContain("verified");
  });

  it.each([
    ["no recipient", { to: [] }, "missing_required_field"],
    ["no subject", { subject: "" }, "missing_required_field"],
    ["line break in the subject", { subject: "a\nBcc: x@y.example" }, "validation_error"],
    [
      "51 recipients",
      { to: Array.from({ length: 51 }, (_, index) => `a${index}@shopper.example`) },
      "validation_error",
    ],
    ["a broken address", { to: "nobody" }, "validation_error"],
    ["an unverified domain", { from: "a@elsewhere.example" }, "validation_error"],
    ["a tag with a space", { tags: [{ name: "shop", value: "a b" }] }, "validation_error"],
    ["a long tag", { tags: [{ name: "shop", value: "a".repeat(257) }] }, "validation_error"],
    ["a header name with a colon", { headers: { "X: y": "z" } }, "validation_error"],
    ["a header that smuggles", { headers: { "X-A": "a\r\nBcc: x@y.example" } }, "validation_error"],
    ["no body", { html: undefined, text: undefined }, "validation_error"],
  ])("refuses %s", async (_what, change, name) => {
    const { sender, sandbox } = await setUpResend();
    const { data, error } = await sender.emails.send({ ...MAIL, ...change } as typeof MAIL);
    expect(data).toBeNull();
    expect(error?.name).toBe(name);
    expect(sandbox.mails.all()).toEqual([]);
  });

  it("refuses misspelt fields, broken JSON, oversized attachments, wrong methods and paths", async () => {
    const { baseUrl, sender } = await setUpResend();
    const headers = {
      authorization: "Bearer re_sandbox_full_access_0000000000000000",
      "content-type": "application/json",
    };
    const post = (body: string) => fetch(`${baseUrl}/emails`, { method: "POST", headers, body });
    expect((await post(JSON.stringify({ ...MAIL, replyTo: "a@b.example" }))).status).toBe(422);
    expect((await post('{"from":')).status).toBe(422);
    expect((await fetch(`${baseUrl}/emails`, { method: "DELETE", headers })).status).toBe(405);
    expect((await fetch(`${baseUrl}/nothing`, { headers })).status).toBe(404);
    expect((await fetch(`${baseUrl}/emails/none`, { headers })).status).toBe(422);
    const attachments = [{ filename: "a.bin", content: "A".repeat(56_000_000) }];
    expect((await sender.emails.send({ ...MAIL, attachments })).error).not.toBeNull();
  });

  it("asks for a known key and for a client with a name", async () => {
    const { sdk, sender, baseUrl } = await setUpResend();
    expect((await sdk("re_wrong").emails.send(MAIL)).error).toMatchObject({ name: "invalid_api_key", statusCode: 403 });
    expect((await sender.emails.list()).error).toMatchObject({ name: "restricted_api_key", statusCode: 401 });
    expect((await fetch(`${baseUrl}/emails`)).status).toBe(401);
    const nameless = await fetch(`${baseUrl}/emails`, { headers: { "user-agent": "" } });
    expect([nameless.status, await nameless.text()]).toEqual([403, "error code: 1010"]);
  });

  it("keeps its rate limit and says so in the headers", async () => {
    const { sender, clock, sandbox } = await setUpResend({ rateLimit: { requests: 2, perMs: 1_000 } });
    await sender.emails.send(MAIL);
    await sender.emails.send(MAIL);
    const { error, headers } = await sender.emails.send(MAIL);
    expect(error).toMatchObject({ name: "rate_limit_exceeded", statusCode: 429 });
    expect(headers).toMatchObject({ "ratelimit-remaining": "0", "ratelimit-limit": "2", "retry-after": "1" });
    clock.advance(1_000);
    expect((await sender.emails.send(MAIL)).error).toBeNull();
    expect(sandbox.requests().map((request) => request.status)).toEqual([200, 200, 429, 200]);
  });
});

describe("batches", () => {
  it("send many at once, in order", async () => {
    const { sender, sandbox } = await setUpResend();
    const { data } = await sender.batch.send([MAIL, { ...MAIL, to: "bea@shopper.example" }], {
      idempotencyKey: "batch-1",
    });
    expect(data?.data.map((mail) => mail.id)).toEqual(sandbox.mails.all().map((mail) => mail.id));
    await sender.batch.send([MAIL, { ...MAIL, to: "bea@shopper.example" }], { idempotencyKey: "batch-1" });
    expect(sandbox.mails.all()).toHaveLength(2);
  });

  it("are all or nothing when strict, and list the refused ones when permissive", async () => {
    const { sender, sandbox } = await setUpResend();
    const mails = [{ ...MAIL, to: "nobody" }, MAIL];
    expect((await sender.batch.send(mails)).error?.name).toBe("validation_error");
    expect(sandbox.mails.all()).toHaveLength(0);
    const { data } = await sender.batch.send(mails, { batchValidation: "permissive" });
    expect(data).toMatchObject({ data: [{ id: sandbox.mails.all()[0]?.id }], errors: [{ index: 0 }] });
  });

  it("refuse more than a hundred mails and schedules", async () => {
    const { sender } = await setUpResend();
    expect((await sender.batch.send(Array.from({ length: 101 }, () => MAIL))).error?.name).toBe("validation_error");
    expect(
      (await sender.batch.send([{ ...MAIL, scheduledAt: "2026-04-01T00:00:00Z" } as typeof MAIL])).error?.name,
    ).toBe("validation_error");
  });
});
