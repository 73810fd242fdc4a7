import { isRecord } from "../carriers/read-body.ts";
import type { ResendError } from "./resend-error.ts";
import { resendError, validationError } from "./resend-error.ts";

export interface EmailTag {
  name: string;
  value: string;
}

export interface EmailAttachment {
  filename: string | null;
  contentType: string | null;
  contentId: string | null;
  bytes: number;
}

/** A mail that passed every check. */
export interface EmailRequest {
  from: string;
  to: string[];
  cc: string[];
  bcc: string[];
  replyTo: string[];
  subject: string;
  html: string | null;
  text: string | null;
  headers: Record<string, string>;
  tags: EmailTag[];
  attachments: EmailAttachment[];
  scheduledAt: string | null;
}

export type ReadEmail = { ok: true; email: EmailRequest } | { ok: false; error: ResendError };

const FIELDS: ReadonlySet<string> = new Set(
  "from to cc bcc reply_to subject html text headers tags attachments scheduled_at topic_id template".split(" "),
);
const MAX_RECIPIENTS = 50;
const MAX_ATTACHMENT_BYTES = 40 * 1024 * 1024;
const MAX_TAG_LENGTH = 256;
const ADDRESS = /^[^\s@<>",;:()[\]]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
/** RFC 9110 token: what a header may be called. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The bare address of `a@b.c` or `Name <a@b.c>`, or null. */
export function bareAddress(text: string): string | null {
  const bare = /^[^<>]*<([^<>]+)>$/.exec(text)?.[1] ?? text;
  return !/[\r\n]/.test(text) && ADDRESS.test(bare.trim()) ? bare.trim() : null;
}

/** Thrown and caught inside this file only, so that each reader may stop at the first fault. */
class Refusal extends Error {
  readonly error: ResendError;
  constructor(error: ResendError) {
    super(error.message);
    this.error = error;
  }
}

function refuse(message: string): never {
  throw new Refusal(validationError(message));
}

function addresses(body: Record<string, unknown>, field: string): string[] {
  const value = body[field] ?? [];
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > MAX_RECIPIENTS) refuse(`The \`${field}\` field must not have more than ${MAX_RECIPIENTS} items.`);
  return list.map((entry) => {
    if (typeof entry === "string" && bareAddress(entry) !== null) return entry;
    return refuse(
      `Invalid \`${field}\` field. The email address needs to follow the \`email@example.com\` or \`Name <email@example.com>\` format.`,
    );
  });
}

function optionalText(body: Record<string, unknown>, field: string): string | null {
  const value = body[field] ?? null;
  return value === null || typeof value === "string" ? value : refuse(`The \`${field}\` field must be a \`string\`.`);
}

function readHeaders(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) return refuse("The `headers` field must be an `object`.");
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => {
      if (!HEADER_NAME.test(name)) refuse(`Invalid header name \`${name.slice(0, 80)}\`.`);
      if (typeof text !== "string" || /[\r\n]/.test(text)) return refuse(`Invalid value of header \`${name}\`.`);
      return [name, text];
    }),
  );
}

function readTags(value: unknown): EmailTag[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return refuse("The `tags` field must be an `array`.");
  return value.map((tag: unknown) => {
    const { name, value: text } = isRecord(tag) ? tag : {};
    if (typeof name !== "string" || typeof text !== "string") return refuse("Tags need a `name` and a `value`.");
    const good = [name, text].every((part) => /^[A-Za-z0-9_-]+$/.test(part) && part.length <= MAX_TAG_LENGTH);
    return good
      ? { name, value: text }
      : refuse("Tags should only contain ASCII letters, numbers, underscores, or dashes.");
  });
}

function readAttachments(value: unknown): EmailAttachment[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return refuse("The `attachments` field must be an `array`.");
  const attachments = value.map((entry: unknown): EmailAttachment => {
    const { content, path, filename, content_type: type, content_id: id } = isRecord(entry) ? entry : {};
    if (typeof content !== "string" && typeof path !== "string")
      return refuse("Attachments need a `content` or a `path`.");
    const bytes = typeof content === "string" ? Buffer.byteLength(content, "base64") : 0;
    const text = (part: unknown) => (typeof part === "string" ? part : null);
    return { filename: text(filename), contentType: text(type), contentId: text(id), bytes };
  });
  const total = attachments.reduce((sum, attachment) => sum + attachment.bytes, 0);
  if (total > MAX_ATTACHMENT_BYTES)
    throw new Refusal(resendError(422, "invalid_attachment", "Attachments exceed 40MB in total."));
  return attachments;
}

function readSubject(body: Record<string, unknown>): string {
  const subject = optionalText(body, "subject") ?? "";
  return /[\r\n]/.test(subject) ? refuse("The `\\n` is not allowed in the `subject` field.") : subject;
}

function requireFields(body: Record<string, unknown>): void {
  // Resend ignores unknown fields; a misspelt one would then vanish without a word, so the sandbox is stricter.
  const unknown = Object.keys(body).find((key) => !FIELDS.has(key));
  if (unknown !== undefined) refuse(`Unknown field \`${unknown.slice(0, 80)}\`.`);
  for (const field of ["from", "to", "subject"]) {
    const value = body[field];
    if (value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)) {
      throw new Refusal(resendError(422, "missing_required_field", `Missing \`${field}\` field.`));
    }
  }
  if (body["template"] !== undefined) refuse("Templates do not exist in the sandbox account.");
  if (!body["html"] && !body["text"]) refuse("Missing `html` or `text` field.");
}

/** Checks one mail as `POST /emails` does and gives the first fault found. `isVerified` knows the account's domains. */
export function readEmail(body: unknown, isVerified: (domain: string) => boolean): ReadEmail {
  try {
    if (!isRecord(body)) refuse("The request body must be a JSON object.");
    requireFields(body);
    const from = addresses(body, "from")[0] ?? "";
    const domain = bareAddress(from)?.split("@")[1]?.toLowerCase() ?? "";
    if (!isVerified(domain)) {
      const message = `The ${domain} domain is not verified. Please, add and verify your domain on https://resend.com/domains`;
      throw new Refusal(resendError(403, "validation_error", message));
    }
    const email: EmailRequest = {
      from,
      to: addresses(body, "to"),
      cc: addresses(body, "cc"),
      bcc: addresses(body, "bcc"),
      replyTo: addresses(body, "reply_to"),
      subject: readSubject(body),
      html: optionalText(body, "html"),
      text: optionalText(body, "text"),
      headers: readHeaders(body["headers"]),
      tags: readTags(body["tags"]),
      attachments: readAttachments(body["attachments"]),
      scheduledAt: optionalText(body, "scheduled_at"),
    };
    return { ok: true, email };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.error };
    throw error;
  }
}
