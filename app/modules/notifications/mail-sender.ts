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

export type MailOutcome =
  | { kind: "accepted"; providerId: string }
  /** The provider asks us to slow down. */
  | { kind: "rate_limited"; retryAfterSeconds: number }
  /** The channel as a whole is closed for now: quota spent, key refused. Pause it and tell the operator. */
  | { kind: "channel_closed"; reason: string }
  /** This mail will never be taken: bad address, bad content. */
  | { kind: "rejected"; reason: string }
  /** No answer, or one that leaves it open whether the mail was taken: repeat with the same key. */
  | { kind: "unknown"; reason: string };

export interface MailSender {
  readonly provider: string;
  /** Safe to repeat with the same key for 24 hours. */
  send(mail: Mail, idempotencyKey: string): Promise<MailOutcome>;
}
