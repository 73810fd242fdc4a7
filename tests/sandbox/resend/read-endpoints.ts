import type { RequestHandler } from "express";

import { resendError, sendError, validationError } from "./resend-error.ts";
import type { SentMail, SentMails } from "./sent-mails.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Lists carry neither body nor tags; empty address lists are null, as Resend writes them. */
function renderListed(mails: SentMails, mail: SentMail): Record<string, unknown> {
  const orNull = (list: string[]) => (list.length === 0 ? null : list);
  return {
    id: mail.id,
    message_id: mail.messageId,
    to: mail.to,
    from: mail.from,
    created_at: mail.acceptedAt.replace("T", " ").replace("Z", "+00"),
    subject: mail.subject,
    bcc: orNull(mail.bcc),
    cc: orNull(mail.cc),
    reply_to: orNull(mail.replyTo),
    last_event: mails.lastEvent(mail),
    scheduled_at: mail.scheduledAt,
  };
}

/** `GET /emails/{id}`. */
export function retrieveEmail(mails: SentMails): RequestHandler {
  return (request, response) => {
    const id = String(request.params["id"]);
    if (!UUID.test(id))
      return sendError(response, resendError(422, "invalid_parameter", "The parameter must be a valid UUID."));
    const mail = mails.find(id);
    if (mail === null) return sendError(response, resendError(404, "not_found", "Email not found"));
    response.json({ object: "email", ...renderListed(mails, mail), html: mail.html, text: mail.text, tags: mail.tags });
  };
}

/** `GET /emails`: newest first, `limit` 1–100 (20), `after` or `before` an id. */
export function listEmails(mails: SentMails): RequestHandler {
  return (request, response) => {
    const { limit = "20", after, before } = request.query;
    const count = Number(limit);
    if (!Number.isInteger(count) || count < 1 || count > 100) {
      return sendError(response, validationError("The `limit` must be a number between 1 and 100."));
    }
    if (after !== undefined && before !== undefined) {
      return sendError(response, validationError("You can use only one of `after` and `before`."));
    }
    const newestFirst = mails.all().reverse();
    const cursor = newestFirst.findIndex((mail) => mail.id === (after ?? before));
    if ((after ?? before) !== undefined && cursor < 0)
      return sendError(response, resendError(404, "not_found", "Email not found"));
    const start = before === undefined ? cursor + 1 : Math.max(0, cursor - count);
    const end = before === undefined ? start + count : cursor;
    const hasMore = before === undefined ? end < newestFirst.length : start > 0;
    const data = newestFirst.slice(start, end).map((mail) => renderListed(mails, mail));
    response.json({ object: "list", has_more: hasMore, data });
  };
}
