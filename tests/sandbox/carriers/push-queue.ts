import type { Clock } from "#app/lib/clock.ts";

import type { Random } from "../world/seeded-random.ts";
import { seededRandom } from "../world/seeded-random.ts";

/** One webhook on its way. The body is fixed when it is queued: every retry sends the same bytes. */
export interface Push {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Shares of pushes (0–1) that are lost, sent twice, or overtaken by later ones. */
export interface PushFaults {
  drop: number;
  duplicate: number;
  reorder: number;
}

export interface PushRecord {
  url: string;
  at: string;
  /** Null when no answer came. */
  status: number | null;
  attempt: number;
}

export interface PushQueueOptions {
  clock: Clock;
  /** Waiting time before each retry; its length is the number of retries. */
  retryDelaysMs: readonly number[];
  timeoutMs: number;
  seed?: number;
  /** Replaceable in tests that need no socket. */
  fetch?: typeof globalThis.fetch;
}

interface Waiting extends Push {
  attempt: number;
  dueAt: number;
}

const MAX_PENDING = 50_000;
const MAX_RECORDS = 5_000;
/** How long an overtaken push is held back. */
const REORDER_DELAY_MS = 3_000;

/** Deliveries with the provider's retries. Any 2xx counts as received; redirects are not followed. */
export class PushQueue {
  readonly #options: PushQueueOptions;
  readonly #random: Random;
  #faults: PushFaults = { drop: 0, duplicate: 0, reorder: 0 };
  #waiting: Waiting[] = [];
  #records: PushRecord[] = [];

  constructor(options: PushQueueOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed ?? 1);
  }

  /** Takes a webhook for the next flush, unless a fault swallows it. */
  push(push: Push): void {
    if (this.#random() < this.#faults.drop) return;
    const late = this.#random() < this.#faults.reorder ? REORDER_DELAY_MS : 0;
    const waiting = { ...push, attempt: 1, dueAt: this.#now() + late };
    this.#enqueue(waiting);
    if (this.#random() < this.#faults.duplicate) this.#enqueue(waiting);
  }

  /** Sends what is due, in order per URL, and resolves when every answer is in. */
  async flush(): Promise<void> {
    const now = this.#now();
    const due = this.#waiting.filter((item) => item.dueAt <= now);
    this.#waiting = this.#waiting.filter((item) => item.dueAt > now);
    const urls = [...new Set(due.map((item) => item.url))];
    await Promise.all(urls.map((url) => this.#sendInOrder(due.filter((item) => item.url === url))));
  }

  pending(): number {
    return this.#waiting.length;
  }

  /** The newest attempts, oldest first, bounded. */
  records(): PushRecord[] {
    return [...this.#records];
  }

  faults(): PushFaults {
    return { ...this.#faults };
  }

  setFaults(next: Partial<PushFaults>): void {
    this.#faults = { ...this.#faults, ...next };
  }

  clear(): void {
    this.#waiting = [];
  }

  async #sendInOrder(items: readonly Waiting[]): Promise<void> {
    for (const item of items) await this.#attempt(item);
  }

  async #attempt(item: Waiting): Promise<void> {
    const { clock, timeoutMs, retryDelaysMs, fetch: send = globalThis.fetch } = this.#options;
    const status = await deliver(send, item, timeoutMs);
    this.#records.push({ url: item.url, at: clock.now().toISOString(), status, attempt: item.attempt });
    if (this.#records.length > MAX_RECORDS) this.#records = this.#records.slice(-MAX_RECORDS / 2);
    const delay = retryDelaysMs[item.attempt - 1];
    const received = status !== null && status >= 200 && status < 300;
    if (!received && delay !== undefined) {
      this.#enqueue({ ...item, attempt: item.attempt + 1, dueAt: this.#now() + delay });
    }
  }

  #enqueue(item: Waiting): void {
    if (this.#waiting.length >= MAX_PENDING) this.#waiting.shift();
    this.#waiting.push(item);
  }

  #now(): number {
    return this.#options.clock.now().getTime();
  }
}

async function deliver(send: typeof globalThis.fetch, push: Push, timeoutMs: number): Promise<number | null> {
  try {
    const answer = await send(push.url, {
      method: "POST",
      headers: push.headers,
      body: push.body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    // Refused connections and timeouts are what the retries are for; the record says that no answer came.
    return null;
  }
}
