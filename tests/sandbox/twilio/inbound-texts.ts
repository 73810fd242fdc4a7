import { TWILIO_ACCOUNT } from "./account.ts";
import type { OptOuts } from "./opt-outs.ts";
import type { SentText, SentTexts } from "./sent-texts.ts";
import type { TextCallbacks } from "./text-callbacks.ts";

export interface InboundTexts {
  /** A person answers. `to` is a number of the account. Gives the message as Twilio keeps it. */
  receive(input: { from: string; to: string; body: string }): SentText;
  /** Where inbound messages are posted, by number; null = nowhere. */
  webhookOf(number: string): string | null;
  setWebhook(number: string, url: string): void;
  snapshot(): Record<string, string>;
  restore(saved: Readonly<Record<string, string>>): void;
}

interface InboundParts {
  texts: SentTexts;
  optOuts: OptOuts;
  callbacks: TextCallbacks;
}

const NO_CONTENT = { contentSid: null, contentVariables: {}, statusCallback: null, messagingServiceSid: null };

const plain = (from: string, to: string, body: string) => ({
  ...NO_CONTENT,
  ...{ from, to, body, validitySeconds: 36_000, smartEncoded: false },
});

/** Texts to the account's numbers: keywords that Twilio handles itself, and the webhook of the number. */
export function createInboundTexts({ texts, optOuts, callbacks }: InboundParts): InboundTexts {
  const webhooks = new Map<string, string>();
  return {
    receive({ from, to, body }) {
      const text = texts.add(plain(from, to, body), "inbound", null);
      const heard = optOuts.hear(from, to, body);
      if (heard) texts.add(plain(to, from, heard.answer), "outbound-reply", null);
      const url = webhooks.get(to);
      if (url !== undefined) callbacks.post(url, fieldsOf(text));
      return text;
    },
    webhookOf: (number) => webhooks.get(number) ?? null,
    setWebhook: (number, url) => void (url === "" ? webhooks.delete(number) : webhooks.set(number, url)),
    snapshot: () => Object.fromEntries(webhooks),
    restore(saved) {
      webhooks.clear();
      for (const [number, url] of Object.entries(saved)) webhooks.set(number, url);
    },
  };
}

function fieldsOf(text: SentText): Record<string, string> {
  return {
    ToCountry: "US",
    SmsMessageSid: text.sid,
    NumMedia: "0",
    SmsSid: text.sid,
    SmsStatus: "received",
    Body: text.body,
    FromCountry: text.sender.startsWith("+1") ? "US" : "",
    To: text.to,
    NumSegments: String(text.segments),
    MessageSid: text.sid,
    AccountSid: TWILIO_ACCOUNT.accountSid,
    From: text.sender,
    ApiVersion: "2010-04-01",
  };
}

/** The texts of a TwiML answer: `<Response><Message>…</Message></Response>`. */
export function readTwiml(xml: string): string[] {
  const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return Array.from(xml.matchAll(/<Message[^>]*>(?:<Body>)?([^<]*)(?:<\/Body>)?<\/Message>/g), (match) =>
    (match[1] ?? "").replace(/&(lt|gt|quot|apos|amp);/g, (_all, name: string) => entities[name] ?? ""),
  ).filter((text) => text !== "");
}
