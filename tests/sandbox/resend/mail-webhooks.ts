import { createHmac, randomUUID } from "node:crypto";

import type { Clock } from "#app/lib/clock.ts";

import type { PushQueue } from "../carriers/push-queue.ts";
import type { SentMail } from "./sent-mails.ts";
import { DELIVERY_MS, fateOf } from "./sent-mails.ts";

export interface WebhookTarget {
  url: string;
  /** `whsec_` and base64, as in the dashboard. */
  secret: string;
}

/** `svix-signature`: base64 of HMAC-SHA256 over `id.timestamp.body` with the decoded secret, behind `v1,`. */
export function signSvix(message: { id: string; timestamp: string; body: string }, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${message.id}.${message.timestamp}.${message.body}`).digest("base64")}`;
}

interface Due {
  at: number;
  type: string;
  mail: SentMail;
}

export interface MailWebhooks {
  configure(target: WebhookTarget | null): void;
  /** Plans the events of a mail; nothing happens while no target is configured. */
  accepted(mail: SentMail): void;
  /** Tells at once that a domain has changed. */
  domainUpdated(data: object): void;
  /** Hands events that have become due to the queue. */
  collectDue(): void;
}

const MAX_DUE = 100_000;

function detailsOf({ type, at }: Due): Record<string, unknown> {
  if (type === "email.clicked") {
    const timestamp = new Date(at).toISOString();
    return { click: { ipAddress: "192.0.2.1", link: "https://demo-store.example/", timestamp, userAgent: "Mozilla" } };
  }
  if (type !== "email.bounced") return type === "email.suppressed" ? { suppressed: { reason: "previous_bounce" } } : {};
  return {
    bounce: { type: "Permanent", subType: "NoEmail", message: "The recipient does not exist.", diagnosticCode: [] },
  };
}

function eventBody(event: Due): string {
  const { mail, type, at } = event;
  const tags = Object.fromEntries(mail.tags.map((tag) => [tag.name, tag.value]));
  const data = {
    email_id: mail.id,
    message_id: mail.messageId,
    created_at: mail.acceptedAt,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    tags,
    ...detailsOf(event),
  };
  return JSON.stringify({ type, created_at: new Date(at).toISOString(), data });
}

/**
 * Two of three mails are opened, and half of those clicked, always the same ones: what people do, so that it can be
 * seen. As milliseconds after the delivery.
 */
function whatReadersDo(id: string): [string, number][] {
  const share = Number.parseInt(id.slice(0, 2), 16) / 256;
  const opened: [string, number][] = share < 0.66 ? [["email.opened", 2_500]] : [];
  return share < 0.33 ? [...opened, ["email.clicked", 6_000]] : opened;
}

/** `email.sent` at once, the fate after the delivery time; one `svix-id` per event, kept over its retries. */
export function createMailWebhooks(clock: Clock, queue: PushQueue): MailWebhooks {
  let target: WebhookTarget | null = null;
  let due: Due[] = [];
  return {
    configure: (next) => void (target = next),
    accepted(mail) {
      if (target === null || due.length >= MAX_DUE) return;
      const at = Date.parse(mail.acceptedAt);
      const fate = fateOf(mail);
      if (fate !== "suppressed") due.push({ at, type: "email.sent", mail });
      if (fate === "complained") due.push({ at: at + DELIVERY_MS, type: "email.delivered", mail });
      due.push({ at: at + DELIVERY_MS, type: `email.${fate}`, mail });
      if (fate === "delivered") {
        for (const [type, after] of whatReadersDo(mail.id)) due.push({ at: at + DELIVERY_MS + after, type, mail });
      }
    },
    domainUpdated(data) {
      if (target === null) return;
      const now = clock.now().getTime();
      const body = JSON.stringify({ type: "domain.updated", created_at: new Date(now).toISOString(), data });
      queue.push(toPush(body, target, now));
    },
    collectDue() {
      const now = clock.now().getTime();
      const ready = due.filter((event) => event.at <= now);
      due = due.filter((event) => event.at > now);
      if (target === null) return;
      for (const event of ready) queue.push(toPush(eventBody(event), target, now));
    },
  };
}

function toPush(body: string, target: WebhookTarget, now: number) {
  const id = `msg_${randomUUID().replaceAll("-", "")}`;
  const timestamp = String(Math.floor(now / 1000));
  return {
    url: target.url,
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "Svix-Webhooks/1.0",
      "svix-id": id,
      "svix-timestamp": timestamp,
      "svix-signature": signSvix({ id, timestamp, body }, target.secret),
    },
  };
}
