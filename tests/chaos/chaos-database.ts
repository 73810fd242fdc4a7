import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { migrateDatabase } from "#prisma/migrate-database.ts";
import { processState } from "#tests/postgres/process-state.ts";
import { type Postgres, startPostgres } from "#tests/postgres/start-postgres.ts";

export interface ChaosDatabase {
  url: string;
  ownerUrl: string;
  /** Kills the server without a word and starts it again on its port. */
  killAndRevive(): Promise<void>;
  stop(): Promise<void>;
}

/** A server of its own, which keeps what it has committed: the tests' shared one gives that up for speed. */
export async function openChaosDatabase(): Promise<ChaosDatabase> {
  const folder = mkdtempSync(path.join(tmpdir(), "doorstep-chaos-"));
  chmodSync(folder, 0o755);
  // What survives a killed process lies in the system's cache: the disk itself need not be waited for.
  let server: Postgres = await startPostgres({ dataDir: path.join(folder, "pg"), settings: { fsync: "off" } });
  const { url, ownerUrl, port } = server;
  await migrateDatabase({ ownerUrl, appUrl: url });
  return {
    url,
    ownerUrl,
    async killAndRevive() {
      const { pid } = server;
      process.kill(pid, "SIGKILL");
      while (processState(pid) === "running") await new Promise((resolve) => setTimeout(resolve, 10));
      server = await server.restart();
      if (server.port !== port) throw new Error(`the database came back on port ${server.port} instead of ${port}`);
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
