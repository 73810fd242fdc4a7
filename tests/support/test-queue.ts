import pg from "pg";
import { createLogger, type Logger } from "#app/lib/logger.server.ts";
import { Queue } from "#app/lib/queue.server.ts";
import type { TestDatabase } from "./database.ts";

export const silentLog: Logger = createLogger({ level: "silent", name: "test" });

/** A queue as the web process has it: it adds jobs and runs none. */
export function createTestQueue(database: TestDatabase): Queue {
  return new Queue({ url: database.url, log: silentLog, role: "web" });
}

/** The payloads waiting in a queue, oldest first, seen as the owner. */
export async function waitingJobs(database: TestDatabase, name: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ data: unknown }>(
      "SELECT data FROM pgboss.job WHERE name = $1 AND state < 'active' ORDER BY created_on, id",
      [name],
    );
    return rows.map(({ data }) => data);
  } finally {
    await client.end();
  }
}
