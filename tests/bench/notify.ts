import type { BenchResult } from "./bench.ts";
import { importBundled } from "./bundle-bench.ts";
import { measureDecisions } from "./notify-decisions.ts";

/** Mails per second and core. */
const REQUIRED_MAILS = 300;

/** What messages cost: deciding about them, and turning decisions into mails. */
export async function run(): Promise<BenchResult[]> {
  const decisions = measureDecisions();
  const { renderMails } = await importBundled<typeof import("./render-mails.ts")>("render-mails");
  const { mailsPerSecond, rows } = await renderMails();
  const limit = { label: "rendered mails/s", limit: REQUIRED_MAILS, better: "higher" as const };
  return [decisions, { name: "notify: rendering", rows, ratio: { ...limit, value: mailsPerSecond } }];
}
