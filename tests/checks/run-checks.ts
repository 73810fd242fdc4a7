import type { Check } from "./check.ts";

export interface RunOptions {
  /** Checks that run at the same time. */
  lanes: number;
  print(line: string): void;
}

/** Runs every check, prints a line each, the problems below it, and returns the exit code: 1 when there was a problem. */
export async function runChecks(checks: readonly Check[], { lanes, print }: RunOptions): Promise<number> {
  const waiting = [...checks];
  let failed = 0;
  const lane = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { lines, ok } = await report(check);
      if (!ok) failed += 1;
      print(lines.join("\n"));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  print(failed === 0 ? `${checks.length} checks passed` : `${failed} of ${checks.length} checks failed`);
  return failed === 0 ? 0 : 1;
}

async function report(check: Check): Promise<{ lines: string[]; ok: boolean }> {
  const started = performance.now();
  const notes: string[] = [];
  const problems = await check.run((note) => notes.push(note)).catch(fault);
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  const lines = [
    `${problems.length === 0 ? "ok    " : "FAILED"} ${seconds} s  ${check.name}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}`,
    ...problems.map((problem) => `         ${problem}`),
  ];
  return { lines, ok: problems.length === 0 };
}

/** A check that breaks has not been passed. */
function fault(error: unknown): string[] {
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}
