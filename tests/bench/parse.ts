import { XMLParser } from "fast-xml-parser";
import { CARRIERS } from "#app/modules/carriers/registry.server.ts";
import { SAMPLES } from "#tests/modules/carriers/carrier-samples.ts";
import type { BenchResult, BenchRow } from "./bench.ts";
import { callsPerSecond, round } from "./figures.ts";
import { longAnswer } from "./long-answer.ts";

/** Scans of one answer: a long but real history. */
const SCANS = 40;
/** Events per second and core that every adapter must read. */
const REQUIRED = 20_000;

/** What reading an answer costs, carrier by carrier, beside the bare `JSON.parse` (or XML parser) on the same bytes. */
export function run(): Promise<BenchResult> {
  const measured = Object.keys(CARRIERS).map(measure);
  const slowest = Math.min(...measured.map(({ perSecond }) => perSecond));
  const ratio = { label: "slowest adapter, events/s", value: slowest, limit: REQUIRED, better: "higher" as const };
  return Promise.resolve({ name: "parse", rows: measured.flatMap(({ rows }) => rows), ratio });
}

function measure(id: string): { perSecond: number; rows: BenchRow[] } {
  const [carrier, sample] = [CARRIERS[id], SAMPLES[id]];
  if (!carrier || !sample) throw new Error(`no sample of an answer of ${id}`);
  const bytes = Buffer.from(longAnswer(sample, SCANS));
  const read = () => carrier.read({ body: bytes, httpStatus: 200 });
  const events = read().shipments.reduce((sum, shipment) => sum + shipment.events.length, 0);
  const perSecond = events * callsPerSecond(read);
  const xml = bytes.toString("utf8").trimStart().startsWith("<");
  const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });
  const bare =
    events * callsPerSecond(() => (xml ? parser.parse(bytes) : JSON.parse(bytes.toString("utf8"))) as unknown);
  const rows = [
    { label: `${id} (${events} events, ${Math.round(bytes.length / 1_024)} kB)`, value: perSecond, unit: "events/s" },
    {
      label: `  bare ${xml ? "XML parser" : "JSON.parse"} is ${round(bare / perSecond)} × as fast`,
      value: bare,
      unit: "events/s",
    },
  ];
  return { perSecond, rows };
}
