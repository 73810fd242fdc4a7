import { createHmac } from "node:crypto";

import type { World } from "../world.ts";
import type { PushQueue } from "./push-queue.ts";
import { isRecord } from "./read-body.ts";
import { uspsAnswer } from "./usps-answer.ts";

interface Subscription {
  id: string;
  listenerURL: string;
  secret: string;
  /** Each number with how many of its scans were told. */
  told: [trackingNumber: string, scans: number][];
}

const MAX_SECRET = 32;

/** Subscriptions - Tracking API: one push for every number that has news, with its whole history, signed as a text. */
export class UspsSubscriptions {
  readonly #world: World;
  readonly #queue: PushQueue;
  #subscriptions: Subscription[] = [];

  constructor(world: World, queue: PushQueue) {
    this.#world = world;
    this.#queue = queue;
  }

  /** The id of the new subscription, or what is wrong with the request. */
  subscribe(body: unknown): { id: string } | { problem: string } {
    const filter = isRecord(body) ? body["filterProperties"] : undefined;
    if (!isRecord(body) || !isRecord(filter)) return { problem: "filterProperties is required." };
    const { listenerURL, secret } = body;
    const { trackingNumbers: numbers } = filter;
    if (typeof listenerURL !== "string" || !URL.canParse(listenerURL)) return { problem: "listenerURL is not valid." };
    if (typeof secret !== "string" || secret === "" || secret.length > MAX_SECRET)
      return { problem: "secret is not valid." };
    if (!Array.isArray(numbers) || numbers.length === 0) return { problem: "trackingNumbers is required." };
    const told = numbers.map((number): [string, number] => [String(number), this.#world.scans(String(number)).length]);
    const id = `sandbox-${this.#subscriptions.length + 1}`;
    this.#subscriptions.push({ id, listenerURL, secret, told });
    return { id };
  }

  /** Queues a push for every number with scans that were not told yet. */
  collectDue(): void {
    for (const subscription of this.#subscriptions) {
      for (const entry of subscription.told) {
        const scans = this.#world.scans(entry[0]).length;
        if (scans > entry[1]) this.#push(subscription, entry[0]);
        entry[1] = scans;
      }
    }
  }

  snapshot(): unknown {
    return structuredClone(this.#subscriptions);
  }

  restore(saved: unknown): void {
    this.#subscriptions = Array.isArray(saved) ? (structuredClone(saved) as Subscription[]) : [];
  }

  #push({ id, listenerURL, secret }: Subscription, trackingNumber: string): void {
    const parcel = this.#world.parcel(trackingNumber);
    if (parcel?.carrierId !== "usps") return;
    const payload = JSON.stringify(uspsAnswer(this.#world, parcel));
    const timestamp = this.#world.clock.now().toISOString();
    const signature = createHmac("sha256", secret).update(`${timestamp}${payload}`).digest("base64");
    const body = JSON.stringify({ subscriptionId: id, subscriptionType: "TRACKING", timestamp, payload });
    this.#queue.push({ url: listenerURL, headers: { "content-type": "application/json", "X-HMAC": signature }, body });
  }
}
