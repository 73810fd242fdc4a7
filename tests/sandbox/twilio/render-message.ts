import { TWILIO_ACCOUNT } from "./account.ts";
import type { SentText, SentTexts } from "./sent-texts.ts";
import { STEPS_MS } from "./sent-texts.ts";

/** US dollars per segment by the number's prefix; rounded from Twilio's public list of 2025. */
const PRICES: readonly (readonly [string, number])[] = [
  ["+1", 0.0083],
  ["+44", 0.0463],
  ["+49", 0.1105],
  ["+33", 0.0798],
  ["+81", 0.0787],
];
const OTHER_PRICE = 0.06;

/** RFC 2822, as Twilio writes instants: "Tue, 10 Mar 2026 15:00:00 +0000". */
function rfc2822(milliseconds: number): string {
  return new Date(milliseconds).toUTCString().replace("GMT", "+0000");
}

const isDone = (status: string) => ["delivered", "undelivered", "failed", "received"].includes(status);

/** "-0.01660" once it is known, which it is not before the network has answered. */
function priceOf(text: SentText, status: string): string | null {
  if (!isDone(status)) return null;
  const price = PRICES.find(([prefix]) => text.to.startsWith(prefix))?.[1] ?? OTHER_PRICE;
  return (-price * text.segments).toFixed(5);
}

/** When the network had it: null while the message waits. */
export function sentAt(text: SentText, now: number): number | null {
  const accepted = Date.parse(text.acceptedAt);
  if (text.direction === "inbound") return accepted;
  return now - accepted >= STEPS_MS.sent ? accepted + STEPS_MS.sent : null;
}

/** One message resource, in Twilio's order of fields. */
export function renderMessage(texts: SentTexts, text: SentText, now: number): Record<string, unknown> {
  const status = texts.statusOf(text);
  const failed = status === "failed" || status === "undelivered";
  const sent = sentAt(text, now);
  const uri = `/2010-04-01/Accounts/${TWILIO_ACCOUNT.accountSid}/Messages/${text.sid}`;
  return {
    body: text.body,
    num_segments: String(text.segments),
    direction: text.direction,
    // A messaging service has chosen no number when it answers the request.
    from: status === "accepted" ? null : text.sender,
    date_updated: rfc2822(sent ?? Date.parse(text.acceptedAt)),
    price: priceOf(text, status),
    error_message: failed ? `Error ${text.fate}` : null,
    uri: `${uri}.json`,
    account_sid: TWILIO_ACCOUNT.accountSid,
    num_media: "0",
    to: text.to,
    date_created: rfc2822(Date.parse(text.acceptedAt)),
    status,
    sid: text.sid,
    date_sent: sent === null ? null : rfc2822(sent),
    messaging_service_sid: text.messagingServiceSid,
    error_code: failed ? text.fate : null,
    price_unit: "USD",
    api_version: "2010-04-01",
    subresource_uris: { media: `${uri}/Media.json` },
  };
}
