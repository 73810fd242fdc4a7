import { z } from "zod";
import { segmentedText } from "../sms/count-segments.ts";
import type { LookUp, SmsSender, TextMessage, TextOutcome } from "./sms-sender.ts";
import { callTwilio, codeOf, type TwilioAnswer, type TwilioDeps, type TwilioKey } from "./twilio-api.server.ts";
import { meaningOf, reasonOf } from "./twilio-codes.ts";

/** What texts come from. */
export type TextOrigin =
  { kind: "number"; number: string } | { kind: "service"; sid: string } | { kind: "name"; name: string };

export interface TwilioSenderOptions extends TwilioDeps {
  key: TwilioKey;
  origin: TextOrigin;
  /** `whatsapp:+…`; null where the merchant has none. */
  whatsappFrom: string | null;
  /** Public address for status callbacks, without a query. */
  callbackUrl: string;
  /** Which of these ids belong to messages of ours already: they are other messages than the one looked for. */
  knownIds(providerIds: readonly string[]): Promise<ReadonlySet<string>>;
}

const HOUR = 3_600;
/** News nine hours late is worse than none, and minutes are too short for a phone that is off in a lift. */
const [SHORTEST_SECONDS, LONGEST_SECONDS] = [2 * HOUR, 4 * HOUR];

const message = z.object({
  sid: z.string().min(1).max(64),
  body: z.string().nullable(),
  to: z.string(),
  direction: z.string(),
  date_created: z.string(),
});
const created = z.object({ sid: z.string().min(1).max(64), num_segments: z.coerce.number().int().min(0).catch(0) });
const page = z.object({ messages: z.array(message), next_page_uri: z.string().nullable().catch(null) });

/** SMS and WhatsApp through one merchant's Twilio account. */
export function createTwilioSender(options: TwilioSenderOptions): SmsSender {
  return {
    provider: "twilio",
    async send(text, reference) {
      const form = formOf(options, text, reference);
      if (!form) return { kind: "rejected", reason: "no_whatsapp_sender" };
      return outcomeOf(await callTwilio(options, options.key, { method: "POST", path: "Messages.json", form }));
    },
    find: (text, since) => find(options, text, since),
  };
}

function formOf(
  { origin, whatsappFrom, callbackUrl }: TwilioSenderOptions,
  text: TextMessage,
  reference: string | undefined,
): Record<string, string> | null {
  const whatsapp = text.to.startsWith("whatsapp:");
  if (whatsapp && !whatsappFrom) return null;
  const seconds = Math.min(Math.max(Math.round(text.validForSeconds), SHORTEST_SECONDS), LONGEST_SECONDS);
  return {
    To: text.to,
    ...(whatsapp ? { From: whatsappFrom ?? "" } : senderOf(origin)),
    ...(text.content
      ? { ContentSid: text.content.sid, ContentVariables: JSON.stringify(text.content.variables) }
      : { Body: text.body }),
    StatusCallback: reference ? `${callbackUrl}?n=${encodeURIComponent(reference)}` : callbackUrl,
    ValidityPeriod: String(seconds),
    SmartEncoded: "true",
  };
}

function senderOf(origin: TextOrigin): Record<string, string> {
  switch (origin.kind) {
    case "number":
      return { From: origin.number };
    case "service":
      return { MessagingServiceSid: origin.sid };
    case "name":
      return { From: origin.name };
  }
}

const BUSY_SECONDS = 2;
const UNREACHABLE_SECONDS = 30;

/** What an answer to a sending means. Only a refusal in Twilio's own words proves that nothing was taken. */
export function outcomeOf(answer: TwilioAnswer): TextOutcome {
  if (answer.kind === "never_sent") return { kind: "rate_limited", retryAfterSeconds: UNREACHABLE_SECONDS };
  if (answer.kind === "no_answer") return { kind: "unknown", reason: answer.reason };
  const { status, body, retryAfter } = answer;
  if (status === 201 || status === 200) {
    const read = created.safeParse(body);
    if (!read.success) return { kind: "unknown", reason: "the answer could not be read" };
    const { sid, num_segments: segments } = read.data;
    // A messaging service counts later: 0 means "not yet".
    return { kind: "accepted", providerId: sid, segments: segments > 0 ? segments : null };
  }
  if (status === 429) return { kind: "rate_limited", retryAfterSeconds: retryAfter ?? BUSY_SECONDS };
  const code = codeOf(body);
  if (status >= 500 || status === 408) return { kind: "unknown", reason: `status ${status}` };
  if (code === null)
    return status === 401 || status === 403 ? closedBy(20003) : { kind: "unknown", reason: `status ${status}` };
  return refusedBy(code, retryAfter);
}

const closedBy = (code: number): TextOutcome => ({ kind: "channel_closed", reason: reasonOf(code) });

function refusedBy(code: number, retryAfter: number | null): TextOutcome {
  switch (meaningOf(code).verdict) {
    case "later":
      return { kind: "rate_limited", retryAfterSeconds: retryAfter ?? BUSY_SECONDS };
    case "closed":
      return closedBy(code);
    case "stopped":
      return { kind: "stopped", reason: reasonOf(code) };
    case "rejected":
      return { kind: "rejected", reason: reasonOf(code) };
  }
}

/** Twilio tells whole seconds, and its clock need not be ours. */
const SKEW_MS = 60_000;
const DAY_MS = 86_400_000;
const PAGE_SIZE = 200;
const MAX_PAGES = 5;

/**
 * Looks for the message among what Twilio has for this person. By day first, which is exact, and then the newest without
 * one: a message that still waits in Twilio's queue was not sent on any day, and a filter by day would not find it.
 */
async function find(options: TwilioSenderOptions, text: TextMessage, since: Date): Promise<LookUp> {
  const day = new Date(since.getTime() - DAY_MS).toISOString().slice(0, 10);
  for (const query of [{ To: text.to, "DateSent>": day }, { To: text.to }] as const) {
    const found = await search(options, { text, since, query });
    if (found.kind !== "not_found") return found;
  }
  return { kind: "not_found" };
}

interface Search {
  text: TextMessage;
  since: Date;
  query: Readonly<Record<string, string>>;
}

async function search(options: TwilioSenderOptions, { text, since, query }: Search): Promise<LookUp> {
  let next: Record<string, string> = { ...query, PageSize: String(PAGE_SIZE) };
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const answer = await callTwilio(options, options.key, { method: "GET", path: "Messages.json", query: next });
    if (answer.kind !== "answer") return { kind: "no_answer", reason: answer.reason };
    const read = page.safeParse(answer.body);
    if (answer.status !== 200 || !read.success) return { kind: "no_answer", reason: `status ${answer.status}` };
    const same = read.data.messages.filter((one) => isSame(one, text, since));
    const known = same.length > 0 ? await options.knownIds(same.map(({ sid }) => sid)) : new Set<string>();
    // The oldest that nobody knows: of two equal messages without an answer each finds its own in turn.
    const found = same.findLast(({ sid }) => !known.has(sid));
    if (found) return { kind: "found", providerId: found.sid };
    const token = read.data.next_page_uri;
    // The newest come first: behind a page that ends a day before the sending it cannot be.
    const last = Date.parse(read.data.messages.at(-1)?.date_created ?? "");
    if (token === null || last < since.getTime() - DAY_MS) return { kind: "not_found" };
    next = Object.fromEntries(new URL(token, "https://api.twilio.com").searchParams);
  }
  // More messages to one person than anybody sends: somebody should look.
  return { kind: "no_answer", reason: "too many messages to search" };
}

function isSame(found: z.infer<typeof message>, text: TextMessage, since: Date): boolean {
  if (!found.direction.startsWith("outbound") || found.direction === "outbound-reply" || found.to !== text.to)
    return false;
  const at = Date.parse(found.date_created);
  if (!(at >= since.getTime() - SKEW_MS)) return false;
  // The words of an approved template are put together by Twilio.
  return text.content ? true : smartly(found.body ?? "") === smartly(text.body);
}

/** Smart encoding may have changed the quotes already: both are compared as they would be sent. */
const smartly = (body: string) => segmentedText(body).trim();
