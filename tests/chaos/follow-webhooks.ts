import { createHmac, randomUUID } from "node:crypto";
import type { WebhookDelivery, WebhookSender } from "#tests/sandbox/shopify/webhook-sender.ts";

const LOOK_EVERY_MS = 100;

/** Remembers every webhook that was ever sent: the sender itself keeps the newest only. */
export function followWebhooks(sender: WebhookSender) {
  const all = new Map<string, WebhookDelivery>();
  const look = () => {
    for (const delivery of sender.deliveries) all.set(delivery.webhookId, delivery);
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    /** Those that were answered with 2xx. */
    acknowledged(): WebhookDelivery[] {
      look();
      return [...all.values()].filter(({ state }) => state === "delivered");
    },
    all(): WebhookDelivery[] {
      look();
      return [...all.values()];
    },
    stop: () => clearInterval(timer),
  };
}

export interface Forgery {
  webhookId: string;
  /** Null when the web process was down. */
  status: number | null;
}

/** Sends what looks like a webhook of the shop, signed by somebody who does not know the secret. */
export async function forgeWebhook(webUrl: string, real: WebhookDelivery, headers: Record<string, string>) {
  const webhookId = randomUUID();
  const forged = {
    ...headers,
    "x-shopify-webhook-id": webhookId,
    "x-shopify-hmac-sha256": createHmac("sha256", "a guess").update(real.body).digest("base64"),
  };
  const forgery: Forgery = { webhookId, status: null };
  try {
    const answer = await fetch(new URL(real.uri, webUrl), { method: "POST", headers: forged, body: real.body });
    await answer.arrayBuffer();
    forgery.status = answer.status;
  } catch {
    // The process had just been killed.
  }
  return forgery;
}
