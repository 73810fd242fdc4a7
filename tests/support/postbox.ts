import type { LookUp, SmsSender, TextMessage, TextOutcome } from "#app/modules/notifications/channels/sms-sender.ts";
import type { Mail, MailLookUp, MailOutcome, MailSender, PaceHint } from "#app/modules/notifications/mail-sender.ts";

/** Takes mails as Resend does: a repeated key gives the first answer, changed bytes under the same key are refused. */
export class Postbox implements MailSender {
  readonly provider = "resend";
  maxMails = 100;
  /** Mails taken, by the message they belong to: more than one is a double. */
  readonly taken = new Map<string, Mail[]>();
  readonly #keys = new Map<string, { body: string; outcome: MailOutcome }>();
  pace: PaceHint = { perSecond: 1_000, holdSeconds: 0 };
  requests: { mails: readonly Mail[]; key: string }[] = [];
  answer:
    ((mails: readonly Mail[], key: string) => MailOutcome | undefined | Promise<MailOutcome | undefined>) | undefined;
  /** What a look-up says of mails that are not here. */
  absent: MailLookUp = { kind: "not_found" };

  async send(mails: readonly Mail[], key: string): Promise<{ outcome: MailOutcome; pace: PaceHint }> {
    this.requests.push({ mails, key });
    const outcome = (await this.answer?.(mails, key)) ?? this.take(mails, key);
    return { outcome, pace: this.pace };
  }

  take(mails: readonly Mail[], key: string): MailOutcome {
    const body = JSON.stringify(mails);
    const before = this.#keys.get(key);
    if (before) return before.body === body ? before.outcome : { kind: "key_taken" };
    const results = mails.map((mail) => {
      const id = mail.tags["notification"] ?? "";
      this.taken.set(id, [...(this.taken.get(id) ?? []), mail]);
      return { kind: "accepted", providerId: `re_${id}` } as const;
    });
    const outcome: MailOutcome = { kind: "answered", results };
    this.#keys.set(key, { body, outcome });
    return outcome;
  }

  find(mails: readonly Mail[]): Promise<MailLookUp[]> {
    return Promise.resolve(
      mails.map(({ tags }) => {
        const id = tags["notification"] ?? "";
        return this.taken.has(id) ? { kind: "found", providerId: `re_${id}` } : this.absent;
      }),
    );
  }

  doubled(): string[] {
    return [...this.taken].filter(([, mails]) => mails.length > 1).map(([id]) => id);
  }
}

/** Takes texts as Twilio does: whatever comes is sent, as often as it comes. */
export class Phone implements SmsSender {
  readonly provider = "twilio";
  readonly taken: TextMessage[] = [];
  answer: ((message: TextMessage) => TextOutcome | undefined | Promise<TextOutcome | undefined>) | undefined;
  lookUp: LookUp | undefined;
  lookUps = 0;
  lastTried: TextMessage | undefined;

  async send(message: TextMessage): Promise<TextOutcome> {
    this.lastTried = message;
    return (await this.answer?.(message)) ?? this.take(message);
  }

  take(message: TextMessage): TextOutcome {
    this.taken.push(message);
    return { kind: "accepted", providerId: `SM${this.taken.length}`, segments: 1 };
  }

  find(message: TextMessage): Promise<LookUp> {
    this.lookUps += 1;
    const index = this.taken.findIndex(({ to, body }) => to === message.to && body === message.body);
    return Promise.resolve(
      this.lookUp ?? (index < 0 ? { kind: "not_found" } : { kind: "found", providerId: `SM${index + 1}` }),
    );
  }
}
