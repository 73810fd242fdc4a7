import { CARRIERS } from "#app/modules/carriers/registry.server.ts";
import { SAMPLES } from "#tests/modules/carriers/carrier-samples.ts";
import type { BenchResult, BenchRow } from "./bench.ts";
import { round } from "./figures.ts";
import { longAnswer } from "./long-answer.ts";

/** Scans of one answer: a long but real history. */
const SCANS = 40;
/** Events per second and core that every adapter must read. */
const REQUIRED = 20_000;
const ROUNDS = 7;
const ROUND_MS = 150;

/** What reading an answer costs, carrier by carrier, beside `JSON.parse` of the same bytes. */
export function run(): Promise<BenchResult> {
  const rows: BenchRow[] = [];
  let slowest = Infinity;
  for (const [id, carrier] of Object.entries(CARRIERS)) {
    const sample = SAMPLES[id];
    if (!sample) continue;
    const body = longAnswer(sample, SCANS);
    const bytes = Buffer.from(body);
    const read = () => carrier.read({ body: bytes, httpStatus: 200 });
    const events = read().shipments.reduce((sum, shipment) => sum + shipment.events.length, 0);
    const perSecond = events * rate(read);
    const bare = events * rate(() => JSON.parse(bytes.toString("utf8")) as unknown);
    slowest = Math.min(slowest, perSecond);
    rows.push({ label: `${id} (${events} events)`, value: Math.round(perSecond), unit: "events/s" });
    rows.push({ label: `  bare JSON.parse, ${round(bare / perSecond)} ×`, value: Math.round(bare), unit: "events/s" });
  }
  const ratio = { label: "slowest adapter, events/s", value: slowest, limit: REQUIRED, better: "higher" as const };
  return Promise.resolve({ name: "parse", rows, ratio });
}

/** Calls per second, the best of several rounds: the machine may be busy with other things. */
function rate(call: () => unknown): number {
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
