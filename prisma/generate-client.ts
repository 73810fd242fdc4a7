import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { MigrationError } from "./migration-error.ts";
import { PRISMA_FOLDER } from "./read-migrations.ts";

const PROJECT = path.dirname(PRISMA_FOLDER);
const OUTPUT = path.join(PROJECT, "app", "generated", "prisma");
const HASH_FILE = path.join(OUTPUT, "schema-hash.txt");

/**
 * Generates the Prisma client into app/generated/prisma unless it was made from this very schema by this very Prisma.
 * Returns whether it had to. Takes about 2 s when it has to.
 * @throws MigrationError with Prisma's output when the schema is not valid
 */
export function generateClientIfStale(): boolean {
  const wanted = hashInputs();
  if (existsSync(HASH_FILE) && readFileSync(HASH_FILE, "utf8") === wanted) return false;
  const require = createRequire(import.meta.url);
  const cli = path.join(path.dirname(require.resolve("prisma/package.json")), "build", "index.js");
  const result = spawnSync(process.execPath, [cli, "generate"], {
    cwd: PROJECT,
    env: generatorEnv(),
    encoding: "utf8",
  });
  if (result.status !== 0) {
    const output = `${result.stdout}\n${result.stderr}`.trim();
    throw new MigrationError(`prisma generate failed:\n${result.error?.message ?? output}`);
  }
  writeHash(wanted);
  return true;
}

/**
 * Prisma 7 fetches its schema engine before any command, unless one is named; `generate` never runs it, so that any
 * existing file will do and nothing is downloaded.
 */
function generatorEnv(): NodeJS.ProcessEnv {
  return { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1", NO_COLOR: "1" };
}

function hashInputs(): string {
  const require = createRequire(import.meta.url);
  const hash = createHash("sha256");
  for (const file of [path.join(PRISMA_FOLDER, "schema.prisma"), require.resolve("prisma/package.json")]) {
    hash.update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Written last and whole, so that an interrupted run counts as stale. */
function writeHash(hash: string): void {
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(`${HASH_FILE}.${process.pid}`, hash);
  renameSync(`${HASH_FILE}.${process.pid}`, HASH_FILE);
}
