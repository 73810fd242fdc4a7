import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PRISMA_FOLDER } from "./read-migrations.ts";
import { diffMigrationsToSchema } from "./schema-engine.ts";

export interface MigrationDraft {
  /** A server on which a throw-away database may be created. */
  readonly ownerUrl: string;
  /** Letters, digits and underscores. */
  readonly name: string;
  readonly now: Date;
  readonly folder?: string;
}

/**
 * Writes what schema.prisma asks for beyond the migrations as the next migration, and returns its folder; null when
 * there is no difference. The file is one transaction: without it, a file that fails half-way leaves its first half behind.
 */
export async function writeMigration({ ownerUrl, name, now, folder = PRISMA_FOLDER }: MigrationDraft) {
  if (!/^[a-z0-9_]+$/.test(name)) throw new TypeError(`"${name}" is not made of small letters, digits and underscores`);
  const lockfile = path.join(folder, "migrations", "migration_lock.toml");
  mkdirSync(path.dirname(lockfile), { recursive: true });
  if (!existsSync(lockfile)) writeFileSync(lockfile, 'provider = "postgresql"\n');
  const script = await diffMigrationsToSchema(ownerUrl, { folder });
  if (script === null) return null;
  const stamp = now.toISOString().replace(/\D/g, "").slice(0, 14);
  const target = path.join(folder, "migrations", `${stamp}_${name}`);
  mkdirSync(target);
  writeFileSync(path.join(target, "migration.sql"), `BEGIN;\n\n${script.trim()}\n\nCOMMIT;\n`);
  return target;
}
