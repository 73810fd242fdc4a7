import { randomUUID } from "node:crypto";

import type { Clock } from "#app/lib/clock.ts";

import type { EmailRequest } from "./email-request.ts";
import { bareAddress } from "./email-request.ts";

/** A mail the account accepted. The list of these is what exactly-once tests compare with. */
export interface SentMail extends EmailRequest {
  id: string;
  messageId: string;
  /** Instant of acceptance (ISO). */
  acceptedAt: string;
  idempotencyKey: string | null;
  /** Somebody it goes to was on the account's list when it was taken. */
  suppressed?: boolean;
}

export type LastEvent = "scheduled" | "sent" | "delivered" | "bounced" | "complained" | "suppressed";

export interface SentMails {
  add(email: EmailRequest, idempotencyKey: string | null): SentMail;
  find(id: string): SentMail | null;
  /** Oldest first. */
  all(): SentMail[];
  /** How a mail stands now: a pure function of acceptance, recipient and clock. */
  lastEvent(mail: SentMail): LastEvent;
  clear(): void;
  restore(mails: readonly SentMail[]): void;
}

/** Time from acceptance to the receiving server's answer. */
export const DELIVERY_MS = 1_500;

const MAX_MAILS = 500_000;

/** Where a mail ends: nowhere for who is on the list; Resend's test addresses have fixed fates; everything else is delivered. */
export function fateOf(mail: EmailRequest & Pick<SentMail, "suppressed">): Exclude<LastEvent, "scheduled" | "sent"> {
  if (mail.suppressed) return "suppressed";
  const locals = mail.to.map((address) => bareAddress(address)?.toLowerCase() ?? "");
  if (locals.some((address) => address === "bounced@resend.dev")) return "bounced";
  if (locals.some((address) => address === "complained@resend.dev")) return "complained";
  if (locals.some((address) => address === "suppressed@resend.dev")) return "suppressed";
  return "delivered";
}

/** Keeps every accepted mail; beyond half a million it stops the sandbox loudly instead of forgetting the oracle. */
export function createSentMails(clock: Clock, isListed: (address: string) => boolean = () => false): SentMails {
  const mails = new Map<string, SentMail>();
  return {
    add(email, idempotencyKey) {
      if (mails.size >= MAX_MAILS) throw new Error("The sandbox mailbox is full; call clear() between runs.");
      const id = randomUUID();
      const messageId = `<${id}@sandbox.resend.dev>`;
      const suppressed = email.to.some((address) => isListed(bareAddress(address) ?? ""));
      const acceptedAt = clock.now().toISOString();
      const mail = { ...email, id, messageId, acceptedAt, idempotencyKey, ...(suppressed ? { suppressed } : {}) };
      mails.set(id, mail);
      return mail;
    },
    find: (id) => mails.get(id) ?? null,
    all: () => [...mails.values()],
    lastEvent(mail) {
      if (mail.scheduledAt !== null && Date.parse(mail.scheduledAt) > clock.now().getTime()) return "scheduled";
      const due = Date.parse(mail.acceptedAt) + DELIVERY_MS;
      return clock.now().getTime() < due ? "sent" : fateOf(mail);
    },
    clear: () => mails.clear(),
    restore(saved) {
      mails.clear();
      for (const mail of saved) mails.set(mail.id, mail);
    },
  };
}
