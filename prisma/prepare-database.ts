import pg from "pg";
import { PgBoss, type Queue } from "pg-boss";
import { DEAD_LETTER_QUEUE, jobCatalogue, jobNames } from "#app/jobs/catalogue.ts";
import { MigrationError } from "./migration-error.ts";

/** The role that the app's connections take; migrations create it. */
const APP_ROLE = "doorstep_app";

export interface QueueDefinition {
  readonly name: string;
  /** Retry, expiry and dedupe settings; the policy and partitioning of a queue that exists are never changed. */
  readonly options?: Omit<Queue, "name" | "deadLetter">;
}

export interface Preparation {
  readonly queues?: readonly QueueDefinition[];
  /** The role the app logs in as, when it is not the owner: it is allowed to take the role `doorstep_app`. */
  readonly loginRole?: string | null;
}

/** The catalogue's words in pg-boss's: "short" keeps one waiting, "exclusive" one waiting or active, each per key. */
const POLICIES = { many: "standard", "one-waiting": "short", one: "exclusive" } as const;

/** Retries and expiry belong to the job's definition; the worker sets them when it starts. */
const QUEUES: readonly QueueDefinition[] = jobNames.map((name) => ({
  name,
  options: { policy: POLICIES[jobCatalogue[name].policy], notify: true },
}));

/**
 * What a migrated database still needs before the app can use it: the job queue's own schema, every queue of the
 * catalogue with the dead-letter queue behind it, and the app role's grants. Safe to repeat; run it after every release's migrations.
 */
export async function prepareDatabase(ownerUrl: string, preparation: Preparation = {}): Promise<void> {
  await installQueues(ownerUrl, preparation.queues ?? QUEUES);
  await grantToApp(ownerUrl, preparation.loginRole ?? null);
}

async function installQueues(ownerUrl: string, queues: readonly QueueDefinition[]): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 1, supervise: false, schedule: false, migrate: true });
  let fault: Error | null = null;
  boss.on("error", (error) => (fault ??= error));
  await boss.start();
  try {
    const existing = new Set((await boss.getQueues()).map((queue) => queue.name));
    if (!existing.has(DEAD_LETTER_QUEUE)) await boss.createQueue(DEAD_LETTER_QUEUE);
    for (const queue of queues) await installQueue(boss, { queue, existing });
  } finally {
    await boss.stop({ graceful: false, close: true });
  }
  if (fault !== null) throw new MigrationError("the job queue could not be installed", { cause: fault });
}

async function installQueue(
  boss: PgBoss,
  { queue, existing }: { queue: QueueDefinition; existing: ReadonlySet<string> },
): Promise<void> {
  const { partition, policy, ...settings } = queue.options ?? {};
  const deadLetter = DEAD_LETTER_QUEUE;
  if (existing.has(queue.name)) {
    await boss.updateQueue(queue.name, { ...settings, deadLetter });
    return;
  }
  const fixed = { ...(partition === undefined ? {} : { partition }), ...(policy === undefined ? {} : { policy }) };
  await boss.createQueue(queue.name, { ...settings, ...fixed, deadLetter });
}

async function grantToApp(ownerUrl: string, loginRole: string | null): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(GRANTS);
    if (loginRole !== null) await client.query(`GRANT ${APP_ROLE} TO ${pg.escapeIdentifier(loginRole)}`);
  } finally {
    await client.end();
  }
}

const GRANTS = `
  BEGIN;
  GRANT USAGE ON SCHEMA pgboss TO ${APP_ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO ${APP_ROLE};
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA pgboss TO ${APP_ROLE};
  GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO ${APP_ROLE};
  ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${APP_ROLE};
  ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT USAGE, SELECT ON SEQUENCES TO ${APP_ROLE};
  ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT EXECUTE ON FUNCTIONS TO ${APP_ROLE};
  COMMIT;
`;
