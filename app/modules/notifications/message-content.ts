import type { AppError } from "#app/lib/errors.ts";
import type { TextMessage } from "./channels/sms-sender.ts";
import type { Mail } from "./mail-sender.ts";

/** What goes to the provider. */
export type MessageContent = { channel: "email"; mail: Mail } | { channel: "sms" | "whatsapp"; text: TextMessage };

/** A message as it was rendered, once: from now on its bytes stay the same. */
export type StoredMessage = MessageContent & {
  sealed: string;
  contentHash: string;
  /** The mail's subject, or the beginning of the text: what lists show. */
  subject: string;
  /** The template's version; 0 = the product's own, null = what the merchant was trying out. */
  templateNumber: number | null;
};

export interface RenderTarget {
  notificationId: string;
  /** From the product's own sender, because the shop's domain has had its measure for today. */
  sharedSender?: boolean;
}

/** Messages of one shop that are rendered together. */
export interface RenderBatch {
  shopId: string;
  targets: readonly RenderTarget[];
}

/** What came of one of them: the message, or why it can never be made. */
export type RenderAnswer = { stored: StoredMessage } | { fault: AppError };

/** What was stored of a message that has been rendered. */
export interface RenderedRow {
  shopId: string;
  channel: string;
  renderedSealed: string;
}
