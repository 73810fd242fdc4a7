import { z } from "zod";
import type { DeliveryState } from "./fold-delivery.ts";

const text = z.string().max(2_000);
const instant = z.string().max(60);
const record = z.object({
  record: text,
  name: text,
  type: text,
  value: z.string().max(8_000),
  ttl: text.nullish(),
  status: text.nullish(),
  priority: z.number().nullish(),
});

/**
 * Webhooks of Resend, as far as they are read here. Source: resend-node 6.38, `webhook-event.interface`; the documents
 * name some fields differently (`suppressed.reason` for `suppressed.type`), so both are taken.
 */
export const resendEvent = z.object({
  type: z.string().max(60),
  created_at: instant,
  data: z.looseObject({
    email_id: text.nullish(),
    to: z.array(text).max(50).nullish(),
    tags: z.record(z.string(), text).nullish(),
    bounce: z.looseObject({ type: text.nullish(), subType: text.nullish(), message: text.nullish() }).nullish(),
    failed: z.looseObject({ reason: text.nullish() }).nullish(),
    suppressed: z.looseObject({ reason: text.nullish(), type: text.nullish() }).nullish(),
    click: z.looseObject({ timestamp: instant.nullish() }).nullish(),
    // domain.*
    id: text.nullish(),
    status: text.nullish(),
    records: z.array(record).max(30).nullish(),
  }),
});
export type ResendEvent = z.infer<typeof resendEvent>;

/** What each of Resend's events says about a message; the others say nothing. */
const STATES: Readonly<Record<string, DeliveryState>> = {
  "email.sent": "sent",
  "email.delivery_delayed": "delayed",
  "email.delivered": "delivered",
  "email.opened": "opened",
  "email.clicked": "clicked",
  "email.failed": "failed",
  "email.suppressed": "suppressed",
  "email.bounced": "bounced",
  "email.complained": "complained",
};

/** @returns null for an event that is not about a message's way. */
export function stateOfEvent(type: string): DeliveryState | null {
  return Object.hasOwn(STATES, type) ? (STATES[type] ?? null) : null;
}

/** Is it about one of our messages or domains at all? */
export function concernsUs(type: string): boolean {
  return stateOfEvent(type) !== null || /^domain\.(created|updated|deleted)$/.test(type);
}

/** Why a message was refused, in codes, and in the receiving server's words without the address it names. */
export function detailOfEvent({ data }: ResendEvent): Record<string, string> {
  const { bounce, failed, suppressed } = data;
  const parts = {
    kind: bounce?.type ?? suppressed?.reason ?? suppressed?.type,
    cause: bounce?.subType,
    message: bounce?.message ?? failed?.reason,
  };
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, value]) => (value ? [[name, withoutAddresses(value)]] : [])),
  );
}

/**
 * Does this event say that nobody must write to the address again? A hard bounce and a complaint do. Of the provider's
 * own list only a bounce counts: it is shared by all shops, and a complaint about another shop is none about this one.
 */
export function blockOfEvent(event: ResendEvent): "bounced" | "complained" | "suppressed" | null {
  const { bounce, suppressed } = event.data;
  switch (event.type) {
    case "email.bounced":
      return bounce?.type?.toLowerCase() === "permanent" ? "bounced" : null;
    case "email.complained":
      return "complained";
    case "email.suppressed":
      return /complain/i.test(`${suppressed?.reason} ${suppressed?.type}`) ? null : "suppressed";
    default:
      return null;
  }
}

/** When it happened; an instant that is no instant, or lies in the future, is when it came. */
export function instantOfEvent(event: ResendEvent, receivedAt: Date): Date {
  const at = new Date(event.data.click?.timestamp ?? event.created_at);
  return Number.isNaN(at.getTime()) || at > receivedAt ? receivedAt : at;
}

function withoutAddresses(reason: string): string {
  return reason
    .replace(/[^\s<>"'`(),;:]+@[^\s<>"'`(),;]+/g, "[address]")
    .replace(/\p{Cc}+/gu, " ")
    .slice(0, 300);
}
