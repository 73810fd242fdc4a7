import { existsSync } from "node:fs";
import { resolve } from "node:path";

/** Where recorded carrier answers may lie beside the repository; null when they are not on this machine. */
export function sharedFixtures(): string | null {
  const root = resolve(import.meta.dirname, "../../..");
  const folder = process.env["DOORSTEP_SHARED_FIXTURES"] ?? resolve(root, "../shared/fixtures");
  return existsSync(folder) ? folder : null;
}

/** Says on the test run's own output what was measured or left out. */
export function sayAloud(line: string): void {
  process.stdout.write(`${line}\n`);
}
