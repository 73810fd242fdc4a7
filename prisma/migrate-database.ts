import pg from "pg";
import { type Preparation, prepareDatabase } from "./prepare-database.ts";
import { applyMigrations } from "./schema-engine.ts";

export interface DatabaseTarget {
  /** May create tables and roles. A direct connection: a transaction pooler would lose the lock. */
  readonly ownerUrl: string;
  /** What the app connects with; its role is allowed to become `doorstep_app` when it is not the owner itself. */
  readonly appUrl?: string;
  readonly queues?: Preparation["queues"];
}

/** Any constant: releases that start together do this one after the other. */
const LOCK = 7_214_002;

/**
 * Brings a database to this release: migrations, job queues, grants. Returns the names of the migrations that were
 * applied. Several machines may call it at once; the first does the work, the others wait and find it done.
 * @throws MigrationError when a migration fails or failed before
 */
export async function migrateDatabase(target: DatabaseTarget): Promise<string[]> {
  const client = new pg.Client({ connectionString: target.ownerUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    const applied = await applyMigrations(target.ownerUrl);
    const queues = target.queues === undefined ? {} : { queues: target.queues };
    await prepareDatabase(target.ownerUrl, { loginRole: findLoginRole(target), ...queues });
    return applied;
  } finally {
    await client.end();
  }
}

function findLoginRole({ ownerUrl, appUrl }: DatabaseTarget): string | null {
  if (appUrl === undefined) return null;
  const roleOf = (url: string) => decodeURIComponent(new URL(url).username);
  const role = roleOf(appUrl);
  return role === "" || role === roleOf(ownerUrl) ? null : role;
}
