import { migrateDatabase } from "#prisma/migrate-database.ts";
import { type Postgres, startPostgres } from "#tests/postgres/start-postgres.ts";
import { removeOrphanedClusters } from "#tests/postgres/remove-orphans.ts";
import { runAsOwner } from "./run-as-owner.ts";

/** The database that every test database is copied from: migrated, prepared, and never connected to again. */
export const TEMPLATE_DATABASE = "doorstep_template";

export interface TestCluster {
  /** Owner's URL of the maintenance database, from which databases are created. */
  readonly ownerUrl: string;
  /** The app's login on the same server; equal to the owner's for TEST_DATABASE_URL. */
  readonly appUrl: string;
  stop(): Promise<void>;
}

/**
 * A server with the migrated template. A temporary one of our own, or the one TEST_DATABASE_URL names (its user must be
 * allowed to create databases and roles), on which only databases named doorstep_t… are touched.
 */
export async function startTestCluster(): Promise<TestCluster> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") {
    await createTemplate({ ownerUrl: given, appUrl: given });
    return { ownerUrl: given, appUrl: given, stop: () => Promise.resolve() };
  }
  await removeOrphanedClusters();
  const postgres = await startPostgres({ temporary: true, database: "postgres" });
  return withTemplate(postgres);
}

async function withTemplate(postgres: Postgres): Promise<TestCluster> {
  try {
    await createTemplate({ ownerUrl: postgres.ownerUrl, appUrl: postgres.url });
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return { ownerUrl: postgres.ownerUrl, appUrl: postgres.url, stop: () => postgres.stop() };
}

async function createTemplate(server: { ownerUrl: string; appUrl: string }): Promise<void> {
  await runAsOwner(server.ownerUrl, [
    `DROP DATABASE IF EXISTS ${TEMPLATE_DATABASE} WITH (FORCE)`,
    `CREATE DATABASE ${TEMPLATE_DATABASE}`,
  ]);
  await migrateDatabase({
    ownerUrl: databaseUrl(server.ownerUrl, TEMPLATE_DATABASE),
    appUrl: databaseUrl(server.appUrl, TEMPLATE_DATABASE),
  });
}

/** `url` with another database. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
