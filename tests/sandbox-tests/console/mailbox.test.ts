import { Resend } from "resend";
import { describe, expect, it } from "vitest";

import { RESEND_ACCOUNT } from "#tests/sandbox/resend/account.ts";

import { MAIL } from "../resend/resend-sdk.ts";
import { serve } from "../carriers/sandbox-server.ts";
import { setUpConsole } from "./console-parts.ts";

async function setUpMailbox() {
  const parts = await setUpConsole();
  const sender = new Resend(RESEND_ACCOUNT.sendingKey, { baseUrl: await serve(parts.resend.router) });
  const get = (path: string) => fetch(`${parts.origin}/mailbox${path}`);
  return { ...parts, sender, get };
}

describe("mailbox", () => {
  it("is a page whose mail frame runs no script", async () => {
    const { get } = await setUpMailbox();
    const page = await (await get("")).text();
    expect(page).toMatch(/<iframe[^>]* sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    expect(page).toContain('role="tablist"');
  });

  it("lists the mails newest first and reads one", async () => {
    const { sender, get, clock } = await setUpMailbox();
    await sender.emails.send(MAIL);
    clock.advance(1_000);
    const { data } = await sender.emails.send({
      ...MAIL,
      subject: "Second",
      html: "<html><head></head><body>Hi</body></html>",
    });
    const listed = await (await get("/api/mails")).json();
    expect(listed).toMatchObject({
      total: 2,
      mails: [{ subject: "Second", state: "sent" }, { subject: MAIL.subject }],
    });
    expect(await (await get(`/api/mails/${data?.id}`)).json()).toMatchObject({ text: "Hello", from: MAIL.from });
    const body = await get(`/mails/${data?.id}/body`);
    expect(body.headers.get("content-security-policy")).toMatch(
      /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/,
    );
    expect(await body.text()).toBe('<html><head><base target="_blank"></head><body>Hi</body></html>');
  });

  it("knows when a mail has no HTML or does not exist", async () => {
    const { sender, get } = await setUpMailbox();
    const { data } = await sender.emails.send({ from: MAIL.from, to: MAIL.to, subject: "Text", text: "Only text" });
    expect(await (await get(`/mails/${data?.id}/body`)).text()).toContain("no HTML part");
    expect((await get("/api/mails/none")).status).toBe(404);
    expect((await get("/mails/none/body")).status).toBe(404);
  });
});
