import type { Router } from "express";
import express from "express";

import type { SentMails } from "../resend/sent-mails.ts";
import type { SandboxTwilio } from "../twilio/create-sandbox-twilio.ts";
import type { ConsoleLinks } from "./console-actions.ts";
import { createConversationRouter } from "./conversations.ts";
import { MAIL_POLICY, renderMailBody, renderMailboxPage } from "./mailbox-page.ts";
import { PAGE_POLICY, serveAssets } from "./page-shell.ts";

const MAX_LISTED = 200;

export interface MailboxParts {
  mails: SentMails;
  twilio: SandboxTwilio;
  links: ConsoleLinks;
}

/** List, reader and bodies of the accepted mails, and the texts beside them. */
export function createMailboxRouter({ mails, twilio, links }: MailboxParts): Router {
  const router = express.Router();
  router.use("/api/texts", createConversationRouter(twilio));
  router.use("/assets", serveAssets());
  router.get("/", (request, response) => {
    response.set("Content-Security-Policy", PAGE_POLICY).send(renderMailboxPage(request.baseUrl, links));
  });
  router.get("/api/mails", (_request, response) => {
    const all = mails.all();
    const listed = all.slice(-MAX_LISTED).reverse();
    response.set("Cache-Control", "no-store").json({
      total: all.length,
      mails: listed.map((mail) => ({
        id: mail.id,
        from: mail.from,
        to: mail.to,
        subject: mail.subject,
        acceptedAt: mail.acceptedAt,
        state: mails.lastEvent(mail),
      })),
    });
  });
  router.get("/api/mails/:id", (request, response) => {
    const mail = mails.find(request.params.id);
    if (mail === null) return void response.status(404).json({ message: "There is no such mail." });
    response.json({ ...mail, html: undefined, state: mails.lastEvent(mail) });
  });
  router.get("/mails/:id/body", (request, response) => {
    const mail = mails.find(request.params.id);
    if (mail === null) return void response.status(404).type("text").send("There is no such mail.");
    response
      .set({ "Content-Security-Policy": MAIL_POLICY, "X-Content-Type-Options": "nosniff" })
      .type("html")
      .send(renderMailBody(mail));
  });
  return router;
}
