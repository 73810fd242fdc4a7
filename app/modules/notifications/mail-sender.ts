import type { LookUp } from "./channels/sms-sender.ts";

/** A mail as it was rendered once; it stays the same to the byte over all attempts, or the provider refuses the repetition. */
export interface Mail {
  from: string;
  to: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  headers: Readonly<Record<string, string>>;
  /** ASCII letters, digits, underscore, hyphen; at most 256 each. */
  tags: Readonly<Record<string, string>>;
}

/** What became of one mail of a request that was answered. */
export type MailResult =
  | { kind: "accepted"; providerId: string }
  /** This mail will never be taken: bad address, bad content. */
  | { kind: "rejected"; reason: string };

/** What the answer to one request means for the mails in it. */
export type MailOutcome =
  /** One result per mail, in the order of the mails. */
  | { kind: "answered"; results: readonly MailResult[] }
  /** The request was refused as a whole, and no mail of it was taken. */
  | { kind: "refused"; reason: string }
  /** The provider asks us to slow down; no mail was taken by this attempt. */
  | { kind: "rate_limited"; retryAfterSeconds: number }
  /** The channel as a whole is closed for now: quota spent, key refused. Pause it and tell the operator. */
  | { kind: "channel_closed"; reason: string; retryAfterSeconds: number | null }
  /** The key was used before, for other bytes: an earlier request got there, and this one cannot be repeated. */
  | { kind: "key_taken" }
  /** No answer, or one that leaves it open whether the mails were taken: repeat the same request with the same key. */
  | { kind: "unknown"; reason: string };

/** What the provider says about the pace of calls, with every answer. */
export interface PaceHint {
  /** Calls per second that it allows; null when it does not say. */
  perSecond: number | null;
  /** Seconds until it takes another call; 0 = at once. */
  holdSeconds: number;
}

export const NO_HINT: PaceHint = { perSecond: null, holdSeconds: 0 };

/** `undecided`: the list of what was sent is too long to read; only the provider's events can tell. */
export type MailLookUp = LookUp | { kind: "undecided" };

export interface MailSender {
  readonly provider: string;
  /** At most so many mails in one request. */
  readonly maxMails: number;
  /** Sends them in one request, which is safe to repeat as a whole with the same key for 24 hours. Never throws. */
  send(mails: readonly Mail[], idempotencyKey: string): Promise<{ outcome: MailOutcome; pace: PaceHint }>;
  /**
   * Does the provider have these very mails, taken at or after `since`? One answer per mail. `takeTurn` is awaited before
   * each call, for calls count against the same limit; it may refuse.
   */
  find(mails: readonly Mail[], since: Date, takeTurn: () => Promise<boolean>): Promise<MailLookUp[]>;
}
