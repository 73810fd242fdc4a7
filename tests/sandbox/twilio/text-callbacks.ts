import type { Clock } from "#app/lib/clock.ts";

import type { PushQueue } from "../carriers/push-queue.ts";
import { TWILIO_ACCOUNT } from "./account.ts";
import type { SentText, TextStatus } from "./sent-texts.ts";
import { statusAt, STEPS_MS } from "./sent-texts.ts";
import { signTwilio } from "./sign-request.ts";

interface Due {
  at: number;
  status: TextStatus;
  text: SentText;
}

export interface TextCallbacks {
  /** Plans the callbacks of a message; nothing happens when it named no address. */
  accepted(text: SentText): void;
  /** Hands callbacks that have become due to the queue. */
  collectDue(): void;
  /** Posts any signed form, as Twilio does for inbound messages. */
  post(url: string, fields: Record<string, string>): void;
}

const MAX_DUE = 200_000;

function fieldsOf({ text, status }: Due): Record<string, string> {
  const failed = status === "failed" || status === "undelivered";
  return {
    MessageSid: text.sid,
    SmsSid: text.sid,
    MessageStatus: status,
    SmsStatus: status,
    To: text.to,
    From: text.sender,
    AccountSid: TWILIO_ACCOUNT.accountSid,
    ApiVersion: "2010-04-01",
    ...(text.messagingServiceSid === null ? {} : { MessagingServiceSid: text.messagingServiceSid }),
    ...(failed && text.fate !== null ? { ErrorCode: String(text.fate) } : {}),
    ...(text.to.startsWith("whatsapp:") ? { ChannelToAddress: text.to, ChannelPrefix: "whatsapp" } : {}),
  };
}

/** `queued` at once, `sent` and the fate after their time; each a signed form post of its own. */
export function createTextCallbacks(clock: Clock, queue: PushQueue): TextCallbacks {
  let due: Due[] = [];
  function post(url: string, fields: Record<string, string>): void {
    queue.push({
      url,
      body: new URLSearchParams(fields).toString(),
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "user-agent": "TwilioProxy/1.1",
        "x-twilio-signature": signTwilio(TWILIO_ACCOUNT.authToken, url, fields),
      },
    });
  }
  return {
    accepted(text) {
      if (text.statusCallback === null || due.length >= MAX_DUE) return;
      const at = Date.parse(text.acceptedAt);
      const seen = new Set<TextStatus>();
      for (const age of [0, STEPS_MS.sent, STEPS_MS.final]) {
        const status = statusAt(text, age);
        if (!seen.has(status)) due.push({ at: at + age, status, text });
        seen.add(status);
      }
    },
    collectDue() {
      const now = clock.now().getTime();
      const ready = due.filter((event) => event.at <= now);
      due = due.filter((event) => event.at > now);
      for (const event of ready)
        if (event.text.statusCallback !== null) post(event.text.statusCallback, fieldsOf(event));
    },
    post,
  };
}
