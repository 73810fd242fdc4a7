import { TWILIO_ACCOUNT } from "./account.ts";

/** What Twilio understands by itself: the whole text, in English, in any case. Source: Twilio docs, "Default keywords". */
const KEYWORDS: Readonly<Record<"STOP" | "START" | "HELP", readonly string[]>> = {
  STOP: ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"],
  START: ["START", "YES", "UNSTOP"],
  HELP: ["HELP", "INFO"],
};

export type Keyword = keyof typeof KEYWORDS;

const ANSWERS: Readonly<Record<Keyword, string>> = {
  STOP: "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.",
  START:
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
  HELP: "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
};

export interface OptOuts {
  /** What Twilio does with a text by itself: the keyword and its answer, or null. */
  hear(from: string, to: string, body: string): { keyword: Keyword; answer: string } | null;
  isStopped(sender: string, to: string): boolean;
  snapshot(): string[];
  restore(saved: readonly string[]): void;
}

/** Twilio's own list: pairs of a sender and a person; a service's numbers share one. */
export function createOptOuts(): OptOuts {
  const pairs = new Set<string>();
  // The first number is in the messaging service's pool.
  const listOf = (sender: string) =>
    sender === TWILIO_ACCOUNT.numbers[0] ? TWILIO_ACCOUNT.messagingServiceSid : sender;
  const pairOf = (sender: string, person: string) => `${listOf(sender)} ${person}`;
  return {
    hear(from, to, body) {
      // Keywords of WhatsApp are the merchant's own affair.
      if (from.startsWith("whatsapp:")) return null;
      const word = body.trim().toUpperCase();
      const keyword = (["STOP", "START", "HELP"] as const).find((one) => KEYWORDS[one].includes(word));
      if (keyword === undefined) return null;
      if (keyword === "STOP") pairs.add(pairOf(to, from));
      if (keyword === "START") pairs.delete(pairOf(to, from));
      return { keyword, answer: ANSWERS[keyword] };
    },
    isStopped: (sender, to) => pairs.has(pairOf(sender, to)),
    snapshot: () => [...pairs],
    restore(saved) {
      pairs.clear();
      for (const pair of saved) pairs.add(pair);
    },
  };
}
