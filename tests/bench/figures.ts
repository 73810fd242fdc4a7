/** The value that this part of the sorted values lies below. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

/** To two digits, as the tables show it. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const ROUNDS = 7;
const ROUND_MS = 150;

/** Calls per second, the best of several rounds: the machine may be busy with other things. */
export function callsPerSecond(call: () => unknown): number {
  let best = 0;
  for (let done = 0; done < ROUNDS; done += 1) {
    const start = performance.now();
    let calls = 0;
    while (performance.now() - start < ROUND_MS) {
      call();
      calls += 1;
    }
    best = Math.max(best, (calls * 1_000) / (performance.now() - start));
  }
  return best;
}
