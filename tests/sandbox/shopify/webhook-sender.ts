import { createHmac, randomUUID } from "node:crypto";
import { createRandom, type Random } from "#tests/sandbox/shopify/seed/random.ts";

export interface WebhookOptions {
  /** Nothing is sent while true; deliveries wait. */
  paused: boolean;
  /** Wait before the first attempt. */
  delayMs: number;
  /** Extra random wait, so that deliveries overtake each other. */
  reorderMs: number;
  /** Share of deliveries that are sent twice with the same webhook id. */
  duplicateRate: number;
  /** Share of deliveries that never arrive. */
  dropRate: number;
  /** Signs with another secret. */
  wrongSignature: boolean;
  /** Pauses before the retries; Shopify has eight over four hours. */
  retryDelaysMs: number[];
  /** Shopify gives up on an answer after 5 s. */
  timeoutMs: number;
}

export const DEFAULT_WEBHOOK_OPTIONS: WebhookOptions = {
  paused: false,
  delayMs: 50,
  reorderMs: 0,
  duplicateRate: 0,
  dropRate: 0,
  wrongSignature: false,
  retryDelaysMs: [500, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000],
  timeoutMs: 5000,
};

export interface WebhookDelivery {
  webhookId: string;
  eventId: string;
  topic: string;
  shop: string;
  name: string | null;
  uri: string;
  triggeredAt: string;
  body: string;
  state: "pending" | "delivered" | "failed" | "dropped";
  attempts: { at: string; status: number | null; error: string | null }[];
}

export interface WebhookSenderOptions {
  secret: string;
  apiVersion: string;
  /** Base address of the app; the uri of a subscription may also be absolute. */
  target: () => string;
  now: () => string;
}

const KEPT_DELIVERIES = 1000;
const AT_ONCE = 8;

/** Signs and delivers webhooks as Shopify does: any 2xx counts, the same body and id on every retry, no promise of order. */
export class WebhookSender {
  options: WebhookOptions = { ...DEFAULT_WEBHOOK_OPTIONS };
  deliveries: WebhookDelivery[] = [];
  readonly #settings: WebhookSenderOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #waiting: (() => Promise<void>)[] = [];
  readonly #random: Random = createRandom(20_261_122);
  #running = 0;
  #open = 0;
  #idle: (() => void)[] = [];
  #stopped = false;

  constructor(settings: WebhookSenderOptions) {
    this.#settings = settings;
  }

  send(draft: Omit<WebhookDelivery, "webhookId" | "state" | "attempts" | "triggeredAt">): WebhookDelivery {
    const triggeredAt = this.#settings.now();
    const delivery: WebhookDelivery = {
      ...draft,
      webhookId: randomUUID(),
      triggeredAt,
      state: "pending",
      attempts: [],
    };
    this.deliveries.push(delivery);
    this.#trim();
    if (this.#random.next() < this.options.dropRate) {
      delivery.state = "dropped";
      return delivery;
    }
    const copies = this.#random.next() < this.options.duplicateRate ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) this.#schedule(delivery, this.#firstWait(), 0);
    return delivery;
  }

  /** Sends a past delivery again, with its own webhook id (as Shopify's own repetition would). */
  repeat(webhookId: string): boolean {
    const delivery = this.deliveries.find((candidate) => candidate.webhookId === webhookId);
    if (delivery) this.#schedule(delivery, 0, this.options.retryDelaysMs.length);
    return delivery !== undefined;
  }

  /** Starts again what was pending when the sandbox stopped. */
  resume(): void {
    this.#stopped = false;
    for (const delivery of this.deliveries)
      if (delivery.state === "pending") this.#schedule(delivery, 0, delivery.attempts.length);
  }

  /** Resolves when no delivery and no retry is outstanding. */
  idle(): Promise<void> {
    if (this.#open === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#waiting.length = 0;
    this.#open = 0;
    this.#settle();
  }

  /** Headers and signature of one delivery, for tests that post by hand. */
  headersOf(delivery: WebhookDelivery, secret = this.#settings.secret): Record<string, string> {
    return {
      "content-type": "application/json",
      "user-agent": "Shopify-Captain-Hook",
      "x-shopify-topic": delivery.topic,
      "x-shopify-hmac-sha256": createHmac("sha256", secret).update(delivery.body).digest("base64"),
      "x-shopify-shop-domain": delivery.shop,
      "x-shopify-api-version": this.#settings.apiVersion,
      "x-shopify-webhook-id": delivery.webhookId,
      "x-shopify-event-id": delivery.eventId,
      "x-shopify-triggered-at": delivery.triggeredAt,
      ...(delivery.name ? { "x-shopify-name": delivery.name } : {}),
    };
  }

  #firstWait(): number {
    return this.options.delayMs + Math.floor(this.#random.next() * this.options.reorderMs);
  }

  #schedule(delivery: WebhookDelivery, waitMs: number, attempt: number): void {
    this.#open += 1;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.options.paused) {
        this.#open -= 1;
        this.#schedule(delivery, 100, attempt);
        return;
      }
      this.#waiting.push(() => this.#attempt(delivery, attempt));
      this.#drain();
    }, waitMs);
    this.#timers.add(timer);
  }

  #drain(): void {
    while (this.#running < AT_ONCE) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#running += 1;
      void next().finally(() => {
        this.#running -= 1;
        if (!this.#stopped) this.#drain();
      });
    }
  }

  async #attempt(delivery: WebhookDelivery, attempt: number): Promise<void> {
    const outcome = await this.#post(delivery);
    if (this.#stopped) return;
    delivery.attempts.push({ at: this.#settings.now(), ...outcome });
    const arrived = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
    const pause = this.options.retryDelaysMs[attempt];
    if (arrived) delivery.state = "delivered";
    else if (pause === undefined) delivery.state = delivery.state === "delivered" ? "delivered" : "failed";
    else this.#schedule(delivery, pause, attempt + 1);
    this.#open -= 1;
    this.#settle();
  }

  async #post(delivery: WebhookDelivery): Promise<{ status: number | null; error: string | null }> {
    const secret = this.options.wrongSignature ? "not the secret" : this.#settings.secret;
    try {
      const response = await fetch(new URL(delivery.uri, this.#settings.target()), {
        method: "POST",
        redirect: "manual",
        headers: this.headersOf(delivery, secret),
        body: delivery.body,
        signal: AbortSignal.timeout(this.options.timeoutMs),
      });
      await response.arrayBuffer();
      return { status: response.status, error: null };
    } catch (error) {
      return { status: null, error: error instanceof Error ? error.message : String(error) };
    }
  }

  #settle(): void {
    if (this.#open > 0) return;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #trim(): void {
    while (this.deliveries.length > KEPT_DELIVERIES) {
      const index = this.deliveries.findIndex((delivery) => delivery.state !== "pending");
      this.deliveries.splice(Math.max(index, 0), 1);
    }
  }
}
