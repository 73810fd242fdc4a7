import { randomBytes } from "node:crypto";

import type { Clock } from "#app/lib/clock.ts";

import { TWILIO_ACCOUNT } from "./account.ts";
import { countSegments, encodeSmartly } from "./count-segments.ts";
import type { MessageRequest } from "./message-request.ts";

/** A message of the account, whichever way it went. The outbound ones are what exactly-once tests compare with. */
export interface SentText extends MessageRequest {
  sid: string;
  direction: "outbound-api" | "outbound-reply" | "inbound";
  /** The number it went out from. */
  sender: string;
  segments: number;
  /** Instant of acceptance (ISO). */
  acceptedAt: string;
  /** The error it will end with; null = it is delivered. */
  fate: number | null;
}

export type TextStatus =
  "accepted" | "queued" | "sending" | "sent" | "delivered" | "undelivered" | "failed" | "received";

export interface SentTexts {
  add(message: MessageRequest, direction: SentText["direction"], fate?: number | null): SentText;
  find(sid: string): SentText | null;
  /** Everything, oldest first. */
  all(): SentText[];
  /** What the app asked to be sent and Twilio accepted, oldest first: the oracle of exactly-once tests. */
  outbound(): SentText[];
  /** How a message stands now: a pure function of acceptance, recipient and clock. */
  statusOf(text: SentText): TextStatus;
  clear(): void;
  restore(texts: readonly SentText[]): void;
}

/** Steps of a message that is delivered: milliseconds after its acceptance. */
export const STEPS_MS = { sending: 300, sent: 600, final: 1_500 } as const;

const MAX_TEXTS = 500_000;

/** Numbers that end with one of these four digits end with that error: "+12025553003" is unreachable (30003). */
const FATES: ReadonlyMap<string, number> = new Map(
  ["3003", "3004", "3005", "3006", "3007", "3008", "3034"].map((digits) => [digits, 30_000 + Number(digits.slice(1))]),
);

export function fateOfNumber(to: string): number | null {
  return FATES.get(to.slice(-4)) ?? null;
}

/** The network never took it (failed), or took it and could not deliver it (undelivered). */
const NEVER_TAKEN: ReadonlySet<number> = new Set([30_007, 30_034, 63_016]);

/** Keeps every message; beyond half a million it stops the sandbox loudly instead of forgetting the oracle. */
export function createSentTexts(clock: Clock): SentTexts {
  const texts = new Map<string, SentText>();
  return {
    add(message, direction, fate = fateOfNumber(message.to)) {
      if (texts.size >= MAX_TEXTS) throw new Error("The sandbox's Twilio is full; call clear() between runs.");
      const sid = `SM${randomBytes(16).toString("hex")}`;
      const body = message.smartEncoded ? encodeSmartly(message.body) : message.body;
      const segments = countSegments(body, false).count;
      const sender = message.from ?? TWILIO_ACCOUNT.numbers[0];
      const acceptedAt = clock.now().toISOString();
      const text = { ...message, body, sid, direction, sender, segments, acceptedAt, fate };
      texts.set(sid, text);
      return text;
    },
    find: (sid) => texts.get(sid) ?? null,
    all: () => [...texts.values()],
    outbound: () => [...texts.values()].filter(({ direction }) => direction === "outbound-api"),
    statusOf: (text) => statusAt(text, clock.now().getTime() - Date.parse(text.acceptedAt)),
    clear: () => texts.clear(),
    restore(saved) {
      texts.clear();
      for (const text of saved) texts.set(text.sid, text);
    },
  };
}

/** The status so many milliseconds after the acceptance. */
export function statusAt(text: SentText, age: number): TextStatus {
  if (text.direction === "inbound") return "received";
  if (age < STEPS_MS.sending) return text.messagingServiceSid === null ? "queued" : "accepted";
  if (text.fate !== null && NEVER_TAKEN.has(text.fate) && age >= STEPS_MS.sent) return "failed";
  if (age < STEPS_MS.sent) return "sending";
  if (age < STEPS_MS.final) return "sent";
  return text.fate === null ? "delivered" : "undelivered";
}
