import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { buildIfStale } from "#app/build.ts";
import { errorMessage } from "#app/lib/errors.ts";
import { generateClientIfStale } from "#prisma/generate-client.ts";

const PROJECT = path.dirname(import.meta.dirname);

/** `npm test -- [vitest arguments]`: everything that has to exist before the tests, then all of them. */
async function main(): Promise<number> {
  generateClientIfStale();
  const extra = process.argv.slice(2);
  // The browser journeys run what production runs; single test files elsewhere need no build.
  const elsewhere = extra.some((word) => word.startsWith("tests/")) && !extra.some((word) => word.includes("e2e"));
  if (!elsewhere) await buildIfStale();
  return runVitest(extra);
}

function runVitest(extra: readonly string[]): Promise<number> {
  const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  const child = spawn(process.execPath, [vitest, "run", ...extra], { cwd: PROJECT, stdio: "inherit" });
  // Ctrl-C reaches vitest as well, which stops its database; this process only waits for that.
  const ignore = () => undefined;
  process.on("SIGINT", ignore);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${errorMessage(error)}\n`);
  process.exitCode = 1;
}
