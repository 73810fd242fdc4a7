import { errorMessage } from "#app/lib/errors.ts";
import { generateClientIfStale } from "#prisma/generate-client.ts";
import type { BenchResult } from "./bench.ts";

/** Each starts what it needs and stops it again. */
const BENCHES: Readonly<Record<string, () => Promise<{ run(): Promise<BenchResult | BenchResult[]> }>>> = {
  intake: () => import("./intake.ts"),
  "record-events": () => import("./record-events.ts"),
  schedule: () => import("./schedule.ts"),
  watch: () => import("./watch.ts"),
  pages: () => import("./pages.ts"),
  notify: () => import("./notify.ts"),
  "notify-send": () => import("./notify-send.ts"),
  foresight: () => import("./foresight.ts"),
  nights: () => import("./nights.ts"),
  detect: () => import("./detect.ts"),
  parse: () => import("./parse.ts"),
  places: () => import("./places.ts"),
};

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function show({ name, rows, ratio }: BenchResult): boolean {
  print(`\n${name}`);
  const width = Math.max(...rows.map(({ label }) => label.length));
  for (const { label, value, unit } of rows) {
    const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
    print(
      `  ${label.padEnd(width)}  ${value.toLocaleString("en", { maximumFractionDigits: digits }).padStart(10)} ${unit}`,
    );
  }
  if (!ratio) return true;
  const holds = ratio.better === "higher" ? ratio.value >= ratio.limit : ratio.value <= ratio.limit;
  const sign = ratio.better === "higher" ? "≥" : "≤";
  print(`  ${ratio.label}: ${ratio.value.toFixed(2)} (limit ${sign} ${ratio.limit}) ${holds ? "holds" : "MISSED"}`);
  return holds;
}

/** `npm run bench`, or `npm run bench -- intake pages`. Exits with 1 when a ratio misses its limit. */
async function main(wanted: readonly string[]): Promise<number> {
  generateClientIfStale();
  const names = wanted.length > 0 ? wanted : Object.keys(BENCHES);
  let missed = 0;
  for (const name of names) {
    const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
    if (!load) {
      print(`No benchmark "${name}". There are: ${Object.keys(BENCHES).join(", ")}`);
      return 1;
    }
    const bench = await load();
    const results = [await bench.run()].flat();
    missed += results.filter((result) => !show(result)).length;
  }
  return missed > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  print(`The benchmark failed: ${errorMessage(error)}`);
  process.exitCode = 1;
}
