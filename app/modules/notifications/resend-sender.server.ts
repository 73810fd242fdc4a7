import { Resend } from "resend";
import type { Logger } from "#app/lib/logger.server.ts";
import type { Mail, MailOutcome, MailSender } from "./mail-sender.ts";

/** Longer than Resend takes, shorter than the lease of the message. */
const TIMEOUT_MS = 20_000;

/** Names that mean "this mail will never be taken". Source: Resend's API errors, SDK 6.38. */
const REJECTED = new Set([
  "validation_error",
  "invalid_from_address",
  "invalid_attachment",
  "invalid_parameter",
  "missing_required_field",
  "invalid_idempotency_key",
  "invalid_idempotent_request",
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

/** Mail through Resend's SDK, which never throws: it hands back `{ data, error, headers }`. */
export function createResendSender(options: { apiKey: string; baseUrl?: string; log: Logger }): MailSender {
  const resend = new Resend(options.apiKey, options.baseUrl ? { baseUrl: options.baseUrl } : undefined);
  return {
    provider: "resend",
    async send(mail: Mail, idempotencyKey: string): Promise<MailOutcome> {
      const answer = await withTimeout(
        resend.emails.send(
          {
            from: mail.from,
            to: mail.to,
            subject: mail.subject,
            html: mail.html,
            text: mail.text,
            headers: { ...mail.headers },
            tags: Object.entries(mail.tags).map(([name, value]) => ({ name, value })),
            ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
          },
          { idempotencyKey },
        ),
      );
      if (answer === "timeout") return { kind: "unknown", reason: "no answer in time" };
      if (answer.data) return { kind: "accepted", providerId: answer.data.id };
      return readFailure(answer.error, answer.headers);
    },
  };
}

/** What a failure means for the message, by Resend's error names and statuses. */
export function readFailure(error: ResendFailure, headers: Record<string, string> | null): MailOutcome {
  const reason = `${error.name}: ${withoutAddresses(error.message)}`.slice(0, 300);
  if (CLOSED.has(error.name)) return { kind: "channel_closed", reason };
  if (error.statusCode === 429) return { kind: "rate_limited", retryAfterSeconds: retryAfter(headers) };
  // The first attempt is still being worked on: ask again with the same key.
  if (error.name === "concurrent_idempotent_requests") return { kind: "unknown", reason };
  if (REJECTED.has(error.name)) return { kind: "rejected", reason };
  return { kind: "unknown", reason };
}

/** Resend quotes the address it refuses; the reason goes into the audit trail, which outlives the buyer's data. */
function withoutAddresses(text: string): string {
  return text.slice(0, 2_000).replace(/[^\s<>"'`(),;:]+@[^\s<>"'`(),;]+/g, "[address]");
}

function retryAfter(headers: Record<string, string> | null): number {
  const seconds = Number(headers?.["retry-after"] ?? headers?.["ratelimit-reset"]);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 3_600) : 1;
}

async function withTimeout<Result>(work: Promise<Result>): Promise<Result | "timeout"> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<"timeout">((resolve) => {
    timer = setTimeout(() => resolve("timeout"), TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
