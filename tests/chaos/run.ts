import { parseArgs } from "node:util";
import { errorMessage } from "#app/lib/errors.ts";
import { generateClientIfStale } from "#prisma/generate-client.ts";
import type { ChaosReport } from "./run-chaos.ts";

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function show(report: ChaosReport): void {
  const { kills } = report;
  const rows: [string, string | number][] = [
    ["seed", report.seed],
    ["orders in the shop", report.orders],
    ["parcels", report.parcels],
    ["webhooks sent", report.webhooks],
    ["  acknowledged", report.acknowledged],
    ["  copies and repetitions", report.repeated],
    ["  forged, all refused", report.forged],
    ["kill -9 web / worker / postgres", `${kills.web} / ${kills.worker} / ${kills.postgres}`],
    ["mails at Resend", report.mails],
    ["  requests for them", report.sendRequests],
    ["storm", `${report.stormSeconds.toFixed(0)} s`],
    ["calm", `${report.calmSeconds.toFixed(0)} s, and ${report.hoursSkipped} h skipped`],
    ["lost, doubled, invented or wrong", report.faults.length],
  ];
  for (const [name, value] of rows) print(`${name.padEnd(34)} ${value}`);
  for (const fault of report.faults.slice(0, 50)) print(`  ${fault}`);
}

/** All of it, or `sends`, or `sends texts --points "before the claim; answer lost"`. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      orders: { type: "string", default: "150" },
      kills: { type: "string", default: "6" },
      sends: { type: "string", default: "200" },
      points: { type: "string", default: "" },
    },
  });
  generateClientIfStale();
  // Only now: everything behind it imports the client.
  if (positionals[0] === "sends") {
    const { runSends } = await import("./run-sends.ts");
    print(`chaos: sends, seed ${values.seed}`);
    const points = values.points === "" ? [] : values.points.split("; ");
    const parts = positionals.slice(1);
    const wrong = await runSends({ seed: Number(values.seed), sends: Number(values.sends), parts, points, print });
    print(`\nlost, doubled, late or above the limit: ${wrong}`);
    return wrong === 0 ? 0 : 1;
  }
  const { runChaos } = await import("./run-chaos.ts");
  const [seed, orders, kills] = [Number(values.seed), Number(values.orders), Number(values.kills)];
  print(`chaos: seed ${seed}, ${orders} orders, ${kills} kills of each process`);
  const report = await runChaos({
    ...{ seed, orders, kills },
    pauseMs: [2_000, 5_000],
    faster: 0.8,
    calmMs: 160_000,
    resendFaults: { rate_limited: 0.05, server_error: 0.03, accepted_then_reset: 0.02 },
    tell: print,
  });
  show(report);
  return report.faults.length === 0 ? 0 : 1;
}

// What was started ends with this process, the database included.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? "") : errorMessage(error)}\n`);
  process.exitCode = 1;
}
