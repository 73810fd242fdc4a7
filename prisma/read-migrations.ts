import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { MigrationList } from "@prisma/schema-engine-wasm";

export const PRISMA_FOLDER = import.meta.dirname;

/** A real database has this table before the first migration runs, and a migration may speak of it. */
const SHADOW_INIT = "CREATE TABLE IF NOT EXISTS _prisma_migrations (id text PRIMARY KEY);";

/** The migrations below `folder`/migrations in the order of their names, as the engine wants them. */
export function readMigrations(folder = PRISMA_FOLDER): MigrationList {
  const baseDir = path.join(folder, "migrations");
  const lockfile = path.join(baseDir, "migration_lock.toml");
  const entries = existsSync(baseDir) ? readdirSync(baseDir, { withFileTypes: true }) : [];
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: existsSync(lockfile) ? readFileSync(lockfile, "utf8") : null,
    },
    shadowDbInitScript: SHADOW_INIT,
    migrationDirectories: names.sort().map((name) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: readScript(path.join(baseDir, name, "migration.sql")) },
    })),
  };
}

function readScript(file: string): { tag: "ok"; value: string } | { tag: "error"; value: string } {
  try {
    return { tag: "ok", value: readFileSync(file, "utf8") };
  } catch {
    return { tag: "error", value: `${file} cannot be read` };
  }
}

export function readSchema(folder = PRISMA_FOLDER): { path: string; content: string } {
  const file = path.join(folder, "schema.prisma");
  return { path: file, content: readFileSync(file, "utf8") };
}
