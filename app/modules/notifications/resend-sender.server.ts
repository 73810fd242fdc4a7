import { type CreateEmailOptions, Resend } from "resend";
import { readPaceHint } from "./dispatch/read-pace-hint.ts";
import { findAtResend } from "./find-at-resend.server.ts";
import { type Mail, type MailOutcome, type MailResult, type MailSender, NO_HINT } from "./mail-sender.ts";
import { withTimeout } from "./with-timeout.server.ts";

/** Longer than Resend takes, shorter than the lease of the messages. */
export const MAIL_TIMEOUT_MS = 20_000;
/** Source: Resend's `POST /emails/batch`. */
const MAX_MAILS = 100;

/** Names that mean "this request will never be taken". Source: Resend's API errors, SDK 6.38. */
const REFUSED = new Set([
  "validation_error",
  "invalid_from_address",
  "invalid_attachment",
  "invalid_parameter",
  "missing_required_field",
  "invalid_idempotency_key",
  "invalid_access",
  "invalid_region",
  "not_found",
  "method_not_allowed",
  "security_error",
]);

/** Names that close the channel for every mail until somebody acts or a day begins. */
const CLOSED = new Set([
  "missing_api_key",
  "restricted_api_key",
  "invalid_api_key",
  "monthly_quota_exceeded",
  "daily_quota_exceeded",
]);

interface ResendFailure {
  name: string;
  message: string;
  statusCode: number | null;
}

interface Answer<Data> {
  data: Data | null;
  error: ResendFailure | null;
  headers: Record<string, string> | null;
}

interface ResendOptions {
  apiKey: string;
  baseUrl?: string;
  /** Milliseconds until a request counts as unanswered. */
  timeoutMs?: number;
}

/** Mail through Resend's SDK, which never throws for an answer: it hands back `{ data, error, headers }`. */
export function createResendSender(options: ResendOptions): MailSender {
  const resend = new Resend(options.apiKey, options.baseUrl ? { baseUrl: options.baseUrl } : undefined);
  const within = <Data>(call: Promise<Answer<Data>>) => withTimeout(call, options.timeoutMs ?? MAIL_TIMEOUT_MS);
  return {
    provider: "resend",
    maxMails: MAX_MAILS,
    async send(mails, idempotencyKey) {
      const answer = await within(post(resend, mails, idempotencyKey));
      if (answer === "timeout") return { outcome: { kind: "unknown", reason: "no answer in time" }, pace: NO_HINT };
      const pace = readPaceHint(answer.headers);
      if (!answer.data) return { outcome: readFailure(answer.error, answer.headers), pace };
      return { outcome: pairResults(mails.length, answer.data), pace };
    },
    find: (mails, since, takeTurn) =>
      findAtResend({ mails, since, takeTurn }, async (path) => {
        const answer = await within(resend.get<unknown>(path));
        return answer === "timeout" || answer.data === null ? null : answer.data;
      }),
  };
}

interface BatchData {
  data: readonly { id: string }[];
  /** Absent in the answer for a single mail. */
  errors?: readonly { index: number; message: string }[];
}

/** One mail has an endpoint of its own; more go as a batch, in which a bad one does not hold up the others. */
async function post(resend: Resend, mails: readonly Mail[], idempotencyKey: string): Promise<Answer<BatchData>> {
  const [first, ...rest] = mails.map(toRequest);
  if (first && rest.length === 0) {
    const { data, error, headers } = await resend.emails.send(first, { idempotencyKey });
    return { data: data && { data: [data] }, error, headers };
  }
  return resend.batch.send(mails.map(toRequest), { idempotencyKey, batchValidation: "permissive" });
}

function toRequest(mail: Mail): CreateEmailOptions {
  return {
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: { ...mail.headers },
    tags: Object.entries(mail.tags).map(([name, value]) => ({ name, value })),
    ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
  };
}

/** Permissive batches list the ids of the mails that were taken, in order, and name the others by their index. */
export function pairResults(count: number, { data, errors = [] }: BatchData): MailOutcome {
  const refused = new Map(errors.map(({ index, message }) => [index, message]));
  if (data.length + refused.size !== count) return { kind: "unknown", reason: "the answer does not fit the request" };
  const ids = data.map(({ id }) => id);
  const results = Array.from({ length: count }, (_, index): MailResult => {
    const message = refused.get(index);
    if (message !== undefined) return { kind: "rejected", reason: reasonOf("validation_error", message) };
    return { kind: "accepted", providerId: ids.shift() ?? "" };
  });
  return { kind: "answered", results };
}

/** What a failure means for the mails, by Resend's error names and statuses. */
export function readFailure(error: ResendFailure | null, headers: Record<string, string> | null): MailOutcome {
  if (!error) return { kind: "unknown", reason: "an answer without content" };
  const reason = reasonOf(error.name, error.message);
  const { holdSeconds } = readPaceHint(headers);
  if (CLOSED.has(error.name)) return { kind: "channel_closed", reason, retryAfterSeconds: holdSeconds || null };
  if (error.statusCode === 429) return { kind: "rate_limited", retryAfterSeconds: Math.max(1, holdSeconds) };
  if (error.name === "invalid_idempotent_request") return { kind: "key_taken" };
  // The first attempt is still being worked on: ask again with the same key.
  if (error.name === "concurrent_idempotent_requests") return { kind: "unknown", reason };
  if (REFUSED.has(error.name)) return { kind: "refused", reason };
  return { kind: "unknown", reason };
}

/** Resend quotes the address it refuses; the reason goes into the audit trail, which outlives the buyer's data. */
function reasonOf(name: string, message: string): string {
  const text = message.slice(0, 2_000).replace(/[^\s<>"'`(),;:]+@[^\s<>"'`(),;]+/g, "[address]");
  return `${name}: ${text}`.slice(0, 300);
}
