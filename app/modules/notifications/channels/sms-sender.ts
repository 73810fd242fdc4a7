/** An SMS or WhatsApp message as it was rendered once. */
export interface TextMessage {
  /** E.164, with `whatsapp:` in front for WhatsApp. */
  to: string;
  body: string;
  /** Seconds after which the network need not try any longer. */
  validForSeconds: number;
  /** WhatsApp: the approved template instead of a body. */
  content?: { sid: string; variables: Readonly<Record<string, string>> };
}

export type TextOutcome =
  | { kind: "accepted"; providerId: string; segments: number | null }
  /** Nothing was taken; try again after that. */
  | { kind: "rate_limited"; retryAfterSeconds: number }
  /** The account as a whole is closed for now: key refused, suspended, no funds. Pause it and tell the merchant. */
  | { kind: "channel_closed"; reason: string }
  /** This person asked to be left alone; the provider knows it already. */
  | { kind: "stopped"; reason: string }
  /** This message will never be taken: no such number, region not enabled. */
  | { kind: "rejected"; reason: string }
  /** No answer, or one that leaves it open whether the message was taken: look it up, never repeat blindly. */
  | { kind: "unknown"; reason: string };

export type LookUp =
  { kind: "found"; providerId: string } | { kind: "not_found" } | { kind: "no_answer"; reason: string };

/** One provider of text messages, for one merchant's account. */
export interface SmsSender {
  readonly provider: string;
  /**
   * `reference` (the notification's id) comes back with every status callback, so that a message whose sending was left
   * without an answer is known again by its first callback.
   */
  send(message: TextMessage, reference?: string): Promise<TextOutcome>;
  /** After an unanswered attempt: does the provider have this very message, sent at or after `since`? */
  find(message: TextMessage, since: Date): Promise<LookUp>;
}
