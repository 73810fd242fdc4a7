import type { Request, RequestHandler, Response } from "express";

import { isRecord, jsonBody } from "../carriers/read-body.ts";
import type { EmailRequest } from "./email-request.ts";
import { readEmail } from "./email-request.ts";
import type { IdempotencyKeys } from "./idempotency-keys.ts";
import { INVALID_KEY, isValidKey } from "./idempotency-keys.ts";
import type { ResendError } from "./resend-error.ts";
import { INTERNAL_ERROR, RATE_LIMITED, sendError, validationError } from "./resend-error.ts";
import type { ResendFault, ResendFaults } from "./resend-faults.ts";
import type { SentMail, SentMails } from "./sent-mails.ts";

export interface SendServer {
  mails: SentMails;
  keys: IdempotencyKeys;
  faults: ResendFaults;
  /** May mails be sent from this domain? */
  isVerified(domain: string): boolean;
  hangMs: number;
  onAccepted(mail: SentMail): void;
}

/** What a send endpoint makes of a body: mails to accept and the answer to give once they have ids. */
type Reading = { ok: true; emails: EmailRequest[]; answer(ids: string[]): unknown } | { ok: false; error: ResendError };

type ReadRequest = (request: Request, isVerified: SendServer["isVerified"]) => Reading;

const BAD_JSON = validationError("The request body is not valid JSON.");
const MAX_BATCH = 100;

const readSingle: ReadRequest = (request, isVerified) => {
  const body = jsonBody(request.body);
  if (body === undefined) return { ok: false, error: BAD_JSON };
  const read = readEmail(body, isVerified);
  return read.ok ? { ok: true, emails: [read.email], answer: (ids) => ({ id: ids[0] }) } : read;
};

/** Batches refuse attachments and schedules; `strict` takes all or nothing, `permissive` lists the refused ones. */
const readBatch: ReadRequest = (request, isVerified) => {
  const body = jsonBody(request.body);
  if (!Array.isArray(body))
    return { ok: false, error: body === undefined ? BAD_JSON : validationError("The request body must be an array.") };
  if (body.length === 0 || body.length > MAX_BATCH) {
    return { ok: false, error: validationError(`The batch must have between 1 and ${MAX_BATCH} emails.`) };
  }
  const emails: EmailRequest[] = [];
  const errors: { index: number; message: string }[] = [];
  for (const [index, entry] of body.entries()) {
    const forbidden = isRecord(entry) && ["attachments", "scheduled_at"].find((field) => entry[field] !== undefined);
    const read = readEmail(entry, isVerified);
    if (forbidden) errors.push({ index, message: `The \`${forbidden}\` field is not supported in batches.` });
    else if (!read.ok) errors.push({ index, message: read.error.message });
    else emails.push(read.email);
  }
  const permissive = request.get("x-batch-validation") === "permissive";
  const first = errors[0];
  if (first !== undefined && !permissive) return { ok: false, error: validationError(first.message) };
  const answer = (ids: string[]) => ({ data: ids.map((id) => ({ id })), ...(permissive ? { errors } : {}) });
  return { ok: true, emails, answer };
};

function acceptAll(server: SendServer, emails: readonly EmailRequest[], key: string | null): string[] {
  return emails.map((email) => {
    const mail = server.mails.add(email, key);
    server.onAccepted(mail);
    return mail.id;
  });
}

/** Faults that keep a request from being accepted; true when the request is dealt with. */
function refuseByFault(fault: ResendFault | null, response: Response, hangMs: number): boolean {
  if (fault === "rate_limited") sendError(response.set({ "retry-after": "1" }), RATE_LIMITED);
  else if (fault === "server_error") sendError(response, INTERNAL_ERROR);
  else if (fault === "hang") setTimeout(() => response.socket?.destroy(), hangMs).unref();
  else return false;
  return true;
}

function handleSend(server: SendServer, read: ReadRequest): RequestHandler {
  return (request, response) => {
    const key = request.get("idempotency-key") ?? null;
    if (key !== null && !isValidKey(key)) return sendError(response, INVALID_KEY);
    const fault = server.faults.draw();
    if (refuseByFault(fault, response, server.hangMs)) return;
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    // The path is part of what must be the same: a key cannot move from a single send to a batch.
    const state =
      key === null ? null : server.keys.begin(key, Buffer.concat([Buffer.from(`${request.path}\n`), bytes]));
    if (state?.kind === "repeated") return void response.json(state.answer);
    if (state?.kind === "conflict") return sendError(response, state.error);
    const reading = read(request, server.isVerified);
    if (!reading.ok) {
      if (key !== null) server.keys.abandon(key);
      return sendError(response, reading.error);
    }
    const answer = reading.answer(acceptAll(server, reading.emails, key));
    const finish = () => {
      if (key !== null) server.keys.finish(key, answer);
    };
    if (fault === "late_answer") {
      setTimeout(() => (finish(), response.json(answer)), server.hangMs).unref();
      return;
    }
    finish();
    if (fault === "accepted_then_reset") request.socket.destroy();
    else response.json(answer);
  };
}

/** `POST /emails`. */
export const sendEmail = (server: SendServer): RequestHandler => handleSend(server, readSingle);

/** `POST /emails/batch`. */
export const sendBatch = (server: SendServer): RequestHandler => handleSend(server, readBatch);
