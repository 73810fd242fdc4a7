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

export interface EasypostWebhooks {
  create(url: string, secret: string | null): EasypostHook;
  find(id: string): EasypostHook | null;
  list(): EasypostHook[];
  /** Changes the secret (null = unsigned); null when there is no such hook. */
  update(id: string, secret: string | null): EasypostHook | null;
  remove(id: string): boolean;
  /** Queues an event to every hook for each tracker with news. */
  collectDue(): void;
  restore(saved: readonly EasypostHook[]): void;
}

/** The account's webhooks: every hook hears of every tracker, with the whole tracker in each event. */
export function createEasypostWebhooks(input: {
  clock: Clock;
  trackers: EasypostTrackers;
  queue: PushQueue;
}): EasypostWebhooks {
  const { clock, trackers, queue } = input;
  const hooks = new Map<string, EasypostHook>();

  function announce(change: TrackerChange): void {
    const at = clock.now().toISOString();
    const event = {
      description: "tracker.updated",
      mode: "production",
      previous_attributes: { status: change.previousStatus },
      created_at: at,
      pending_urls: [...hooks.values()].map((hook) => hook.url),
      completed_urls: [],
      updated_at: at,
      id: `evt_${randomUUID().replaceAll("-", "")}`,
      user_id: "user_sandbox",
      status: "pending",
      object: "Event",
      result: trackers.render(change.tracker),
    };
    const body = JSON.stringify(event);
    for (const { url, secret } of hooks.values()) {
      const signature = secret === null ? {} : { "x-hmac-signature": signEasypost(body, secret) };
      queue.push({
        url,
        body,
        headers: { "content-type": "application/json", "user-agent": "EasyPost/Webhooks", ...signature },
      });
    }
  }

  return {
    create(url, secret) {
      const id = `hook_${randomUUID().replaceAll("-", "")}`;
      const hook = { id, url, secret, createdAt: `${clock.now().toISOString().slice(0, 19)}Z` };
      hooks.set(id, hook);
      return hook;
    },
    find: (id) => hooks.get(id) ?? null,
    list: () => [...hooks.values()],
    update(id, secret) {
      const hook = hooks.get(id);
      if (hook === undefined) return null;
      hook.secret = secret;
      return hook;
    },
    remove: (id) => hooks.delete(id),
    restore(saved) {
      hooks.clear();
      for (const hook of saved) hooks.set(hook.id, { ...hook });
    },
    collectDue() {
      for (const change of trackers.takeChanges()) announce(change);
    },
  };
}
