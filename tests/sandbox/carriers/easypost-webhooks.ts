import { createHmac, randomUUID } from "node:crypto";

import type { Clock } from "#app/lib/clock.ts";

import type { EasypostTrackers, TrackerChange } from "./easypost-trackers.ts";
import type { PushQueue } from "./push-queue.ts";

export interface EasypostHook {
  id: string;
  url: string;
  secret: string | null;
  createdAt: string;
}

/** `X-Hmac-Signature`: HMAC-SHA256 over the raw body with the NFKD form of the secret, as hex behind a prefix. */
export function signEasypost(body: string, secret: string): string {
  return `hmac-sha256-hex=${createHmac("sha256", secret.normalize("NFKD")).update(body).digest("hex")}`;
}

function eventOf(
  change: TrackerChange,
  input: { at: string; urls: string[]; result: unknown },
): Record<string, unknown> {
  return {
    description: "tracker.updated",
    mode: "production",
    previous_attributes: { status: change.previousStatus },
    created_at: input.at,
    pending_urls: input.urls,
    completed_urls: [],
    updated_at: input.at,
    id: `evt_${randomUUID().replaceAll("-", "")}`,
    user_id: "user_sandbox",
    status: "pending",
    object: "Event",
    result: input.result,
  };
}

export interface EasypostWebhooksInput {
  clock: Clock;
  trackers: EasypostTrackers;
  queue: PushQueue;
}

/** The account's webhooks: every hook hears of every tracker, with the whole tracker in each event. */
export class EasypostWebhooks {
  readonly #input: EasypostWebhooksInput;
  readonly #hooks = new Map<string, EasypostHook>();

  constructor(input: EasypostWebhooksInput) {
    this.#input = input;
  }

  create(url: string, secret: string | null): EasypostHook {
    const id = `hook_${randomUUID().replaceAll("-", "")}`;
    const hook = { id, url, secret, createdAt: `${this.#input.clock.now().toISOString().slice(0, 19)}Z` };
    this.#hooks.set(id, hook);
    return hook;
  }

  find(id: string): EasypostHook | null {
    return this.#hooks.get(id) ?? null;
  }

  list(): EasypostHook[] {
    return [...this.#hooks.values()];
  }

  /** Changes the secret (null = unsigned); null when there is no such hook. */
  update(id: string, secret: string | null): EasypostHook | null {
    const hook = this.#hooks.get(id);
    if (hook === undefined) return null;
    hook.secret = secret;
    return hook;
  }

  remove(id: string): boolean {
    return this.#hooks.delete(id);
  }

  /** Takes what `list()` of an earlier run gave. */
  restore(saved: readonly EasypostHook[]): void {
    this.#hooks.clear();
    for (const hook of saved) this.#hooks.set(hook.id, { ...hook });
  }

  /** Queues an event to every hook for each tracker with news. */
  collectDue(): void {
    for (const change of this.#input.trackers.takeChanges()) this.#announce(change);
  }

  #announce(change: TrackerChange): void {
    const { clock, trackers, queue } = this.#input;
    const urls = this.list().map((hook) => hook.url);
    const result = trackers.render(change.tracker);
    const body = JSON.stringify(eventOf(change, { at: clock.now().toISOString(), urls, result }));
    for (const { url, secret } of this.#hooks.values()) {
      const signature = secret === null ? {} : { "x-hmac-signature": signEasypost(body, secret) };
      const headers = { "content-type": "application/json", "user-agent": "EasyPost/Webhooks", ...signature };
      queue.push({ url, body, headers });
    }
  }
}
