import { z } from "zod";
import type { DeliveryState } from "../provider-events/fold-delivery.ts";

const sid = z.string().regex(/^(SM|MM)[0-9a-f]{32}$/);
const address = z.string().regex(/^(whatsapp:)?\+[1-9]\d{6,14}$/);

/** A status callback. Source: Twilio docs, "Message status callbacks". */
const statusForm = z.object({
  MessageSid: sid,
  MessageStatus: z.string().max(40),
  ErrorCode: z.coerce.number().int().positive().optional().catch(undefined),
  To: z.string().max(60),
});
/** An answer of a person. Source: Twilio docs, "Request parameters of messaging webhooks". */
const inboundForm = z.object({
  MessageSid: sid,
  From: address,
  To: z.string().max(60),
  Body: z.string().max(4_000).default(""),
  OptOutType: z.enum(["STOP", "START", "HELP"]).optional().catch(undefined),
});

export type StatusForm = z.infer<typeof statusForm>;
export type InboundForm = z.infer<typeof inboundForm>;

export type TwilioForm = { kind: "status"; form: StatusForm } | { kind: "inbound"; form: InboundForm };

/** What a signed form is about; null for one that is neither a status nor an answer. */
export function readTwilioForm(fields: URLSearchParams): TwilioForm | null {
  const flat = Object.fromEntries(fields);
  // Inbound forms carry `SmsStatus=received`, and no `MessageStatus`.
  if (fields.has("MessageStatus")) {
    const parsed = statusForm.safeParse(flat);
    return parsed.success ? { kind: "status", form: parsed.data } : null;
  }
  const parsed = inboundForm.safeParse(flat);
  return parsed.success ? { kind: "inbound", form: parsed.data } : null;
}

/** What makes a form one event, however often it comes. */
export function eventKeyOf(read: TwilioForm): string {
  return read.kind === "status" ? `${read.form.MessageSid}:${read.form.MessageStatus}` : `${read.form.MessageSid}:in`;
}

/** The statement in a status; null for those on the way to one, which only prove that the message was taken. */
export function stateOfStatus(status: string): DeliveryState | null {
  switch (status) {
    case "sent":
    case "delivered":
      return status;
    case "partially_delivered":
      return "delivered";
    case "read":
      return "opened";
    case "undelivered":
    case "failed":
    case "canceled":
      return "failed";
    default:
      return null;
  }
}

/** Nothing more is to come but a price. */
export function isFinal(status: string): boolean {
  return ["delivered", "undelivered", "failed", "read", "partially_delivered"].includes(status);
}
