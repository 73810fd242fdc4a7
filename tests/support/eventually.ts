import { setTimeout as sleep } from "node:timers/promises";

export interface Patience {
  timeoutMs?: number;
  everyMs?: number;
  what?: string;
}

/** Asks again and again until the answer is neither null, undefined nor false. @throws when time is up */
export async function eventually<T>(
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  { timeoutMs = 30_000, everyMs = 200, what = "what was waited for" }: Patience = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${timeoutMs} ms`);
    await sleep(everyMs);
  }
}
