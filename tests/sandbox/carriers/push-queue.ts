import type { Clock } from "#app/lib/clock.ts";

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

export interface PushQueue {
  push(push: Push): void;
  /** Sends what is due, in order per URL, and resolves when every answer is in. */
  flush(): Promise<void>;
  pending(): number;
  /** The newest attempts, oldest first, bounded. */
  records(): PushRecord[];
  faults(): PushFaults;
  setFaults(faults: Partial<PushFaults>): void;
  clear(): void;
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
export function createPushQueue(options: PushQueueOptions): PushQueue {
  const { clock, retryDelaysMs, timeoutMs } = options;
  const send = options.fetch ?? globalThis.fetch;
  const random = seededRandom(options.seed ?? 1);
  let faults: PushFaults = { drop: 0, duplicate: 0, reorder: 0 };
  let waiting: Waiting[] = [];
  let records: PushRecord[] = [];

  const enqueue = (item: Waiting) => {
    if (waiting.length >= MAX_PENDING) waiting.shift();
    waiting.push(item);
  };

  async function attempt(item: Waiting): Promise<void> {
    const status = await deliver(send, item, timeoutMs);
    records.push({ url: item.url, at: clock.now().toISOString(), status, attempt: item.attempt });
    if (records.length > MAX_RECORDS) records = records.slice(-MAX_RECORDS / 2);
    const delay = retryDelaysMs[item.attempt - 1];
    const received = status !== null && status >= 200 && status < 300;
    if (!received && delay !== undefined) {
      enqueue({ ...item, attempt: item.attempt + 1, dueAt: clock.now().getTime() + delay });
    }
  }

  return {
    push(push) {
      if (random() < faults.drop) return;
      const now = clock.now().getTime();
      const dueAt = random() < faults.reorder ? now + REORDER_DELAY_MS : now;
      enqueue({ ...push, attempt: 1, dueAt });
      if (random() < faults.duplicate) enqueue({ ...push, attempt: 1, dueAt });
    },
    async flush() {
      const now = clock.now().getTime();
      const due = waiting.filter((item) => item.dueAt <= now);
      waiting = waiting.filter((item) => item.dueAt > now);
      await Promise.all(
        [...new Set(due.map((item) => item.url))].map(async (url) => {
          for (const item of due) if (item.url === url) await attempt(item);
        }),
      );
    },
    pending: () => waiting.length,
    records: () => [...records],
    faults: () => ({ ...faults }),
    setFaults: (next) => void (faults = { ...faults, ...next }),
    clear: () => void (waiting = []),
  };
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
