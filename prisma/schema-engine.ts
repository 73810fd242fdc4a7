import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import { migrationAdapterFactory } from "./migration-adapter.ts";
import { MigrationError } from "./migration-error.ts";
import { readMigrations, readSchema } from "./read-migrations.ts";

/*
 * Prisma 7's own `migrate` commands need a binary from a download host. The same engine exists as WebAssembly on npm; it
 * keeps the same `_prisma_migrations` table, takes the same advisory lock and reads the same folder, so that
 * `prisma migrate deploy` works on a connected machine as well.
 *
 * What a migration may contain beside what schema.prisma describes (tests/prisma/schema-engine.test.ts holds it true):
 * - free, never seen as drift: roles, grants, policies, row-level security, functions, triggers, CHECK constraints, views,
 *   extensions, sequences, comments, storage parameters, partial indexes, expression indexes, other schemas (pgboss);
 * - seen as drift: tables, columns (generated ones too), column defaults, enums, foreign keys, and every index on plain
 *   columns without WHERE, whatever its method or INCLUDE;
 * - operator classes of btree indexes are not read back from the database: write text_pattern_ops into the migration and
 *   leave `ops:` out of schema.prisma, which otherwise never agrees.
 */

/** Text of the last panic inside the engine, which otherwise is only "unreachable". */
let lastPanic = "";
Object.assign(globalThis, {
  PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => (lastPanic = message) },
});

/**
 * Applies the migrations that the database lacks, in order, and returns their names. Safe to run from several processes
 * at once: one applies, the others find nothing to do.
 * @param ownerUrl connection that may create tables and roles
 * @throws MigrationError when a migration fails, or failed before and was not resolved (P3009)
 */
export async function applyMigrations(ownerUrl: string, folder?: string): Promise<string[]> {
  return withEngine({ url: ownerUrl, schema: null }, async (engine) => {
    const result = await engine.applyMigrations({ migrationsList: readMigrations(folder), filters: NO_FILTER });
    return result.appliedMigrationNames;
  });
}

export interface DiffSource {
  /** Folder of schema.prisma and migrations/; this folder when left out. */
  readonly folder?: string;
}

/**
 * What schema.prisma asks for and the migrations do not give yet, as SQL; null when they agree. The migrations are
 * replayed in a throw-away database beside the one `ownerUrl` names, whose contents do not matter.
 */
export async function diffMigrationsToSchema(ownerUrl: string, source: DiffSource = {}): Promise<string | null> {
  const schema = readSchema(source.folder);
  return withEngine({ url: ownerUrl, schema }, async (engine) => {
    const result = await engine.diff({
      from: { tag: "migrations", ...readMigrations(source.folder) },
      to: { tag: "schemaDatamodel", files: [schema] },
      script: true,
      exitCode: true,
      filters: NO_FILTER,
    });
    return result.exitCode === 0 ? null : (result.stdout ?? "");
  });
}

const NO_FILTER = { externalTables: [], externalEnums: [] };

interface EngineTarget {
  url: string;
  schema: { path: string; content: string } | null;
}

async function withEngine<T>(target: EngineTarget, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  loadEngine();
  const adapter = migrationAdapterFactory(target.url);
  try {
    const datamodels = target.schema === null ? undefined : [pathAndContent(target.schema)];
    const bound = bindMigrationAwareSqlAdapterFactory(adapter);
    const engine = await engineModule.SchemaEngine.new({ datamodels }, () => undefined, bound);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    throw MigrationError.from(error, lastPanic);
  } finally {
    await adapter.close();
  }
}

function pathAndContent(schema: { path: string; content: string }): [string, string] {
  return [schema.path, schema.content];
}

let loaded = false;

/** Node cannot import .wasm files by itself; the file lies beside the package's JavaScript. */
function loadEngine(): void {
  if (loaded) return;
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = readFileSync(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    "./schema_engine_bg.js": { ...(engineModule as unknown as WebAssembly.ModuleImports), ...quietTimers() },
  });
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
  loaded = true;
}

/** The engine bounds its wait for the advisory lock with a timer it never clears: it kept every process up for 10 s. */
function quietTimers(): WebAssembly.ModuleImports {
  const names = Object.keys(engineModule).filter((name) => name.startsWith("__wbg_setTimeout"));
  const unrefTimeout = (callback: () => void, delayMs: number) => setTimeout(callback, delayMs >>> 0).unref();
  return Object.fromEntries(names.map((name) => [name, unrefTimeout]));
}
