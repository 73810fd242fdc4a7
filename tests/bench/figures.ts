/** The value that this part of the sorted values lies below. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

/** To two digits, as the tables show it. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

const ROUNDS = 5;
const ROUND_MICROSECONDS = 100_000;

/**
 * Calls per second of one core's time, the best of several rounds. The processor's clock is read and not the wall's: what
 * else the machine does is not counted.
 */
export function callsPerSecond(call: () => unknown): number {
  let best = 0;
  for (let done = 0; done < ROUNDS; done += 1) {
    const start = process.cpuUsage();
    let calls = 0;
    let spent = 0;
    while (spent < ROUND_MICROSECONDS) {
      for (let few = 0; few < 10; few += 1) call();
      calls += 10;
      const { user, system } = process.cpuUsage(start);
      spent = user + system;
    }
    best = Math.max(best, (calls * 1_000_000) / spent);
  }
  return best;
}
