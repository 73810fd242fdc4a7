import { existsSync, readFileSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type ClusterFiles, ensureCluster, locateCluster, OWNER_ROLE } from "./cluster-files.ts";
import { claimCluster, releaseCluster } from "./cluster-owner.ts";
import { findBinaries } from "./find-binaries.ts";
import { PostgresUnavailableError } from "./postgres-errors.ts";
import { ensureDatabase, LOGIN_ROLE } from "./prepare-cluster.ts";
import { processState } from "./process-state.ts";
import {
  findRunningServer,
  launchServer,
  type RunningServer,
  sendSignal,
  type ServerSettings,
  stopServer,
} from "./run-server.ts";
import { connectionUrl } from "./server-connection.ts";
import { chooseServerUser, type ServerUser } from "./server-user.ts";

export interface PostgresOptions {
  /** Where the data stays between runs. Left out for a temporary cluster. */
  readonly dataDir?: string;
  /** Removes the data on `stop`, and does not care for the disk (fsync off): for tests. */
  readonly temporary?: boolean;
  /** Server settings on top of the defaults. */
  readonly settings?: ServerSettings;
  /** Created when missing; "doorstep" when left out. */
  readonly database?: string;
}

export interface Postgres {
  /** For the app: a login role that owns nothing; it may take the role `doorstep_app` once the database is prepared. */
  readonly url: string;
  /** For migrations: the superuser. */
  readonly ownerUrl: string;
  readonly port: number;
  readonly pid: number;
  /** False when another living process started the server; `stop` then leaves it running. */
  readonly owned: boolean;
  /**
   * Starts the server again after it died: the same data, and the same port unless somebody took it meanwhile. Only for
   * the owner. @throws PostgresUnavailableError
   */
  restart(): Promise<Postgres>;
  stop(): Promise<void>;
}

const DURABLE: ServerSettings = { shared_buffers: "128MB", log_timezone: "UTC", timezone: "UTC" };

const TEMPORARY: ServerSettings = {
  ...DURABLE,
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "200",
};

const SHARED_START_TIMEOUT_MS = 60_000;

/**
 * Starts a real PostgreSQL on the loopback interface, or joins the one that already runs on `dataDir`: left behind by a
 * launcher that was killed (then it is ours), or used by another living process (then it stays that one's).
 * @throws PostgresUnavailableError when no PostgreSQL is found, or it does not start; the message holds its log
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const temporary = options.temporary ?? false;
  if (!temporary && options.dataDir === undefined) throw new TypeError("a lasting cluster needs a dataDir");
  const user = chooseServerUser();
  const files = locateCluster(options.dataDir ?? null, user);
  const deadline = Date.now() + SHARED_START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (claimCluster(files)) return startOwned({ files, user, options });
    const server = await joinServer(files);
    if (server !== null) return describe({ files, user, server, options, owned: false });
    await sleep(200);
  }
  throw new PostgresUnavailableError(`another process claimed ${files.root} but its PostgreSQL does not answer`);
}

interface OwnedStart {
  files: ClusterFiles;
  user: ServerUser;
  options: PostgresOptions;
}

async function startOwned({ files, user, options }: OwnedStart): Promise<Postgres> {
  try {
    const binaries = findBinaries({ user });
    const password = ensureCluster(files, binaries, user);
    const settings = { ...(options.temporary ? TEMPORARY : DURABLE), ...options.settings };
    const server =
      (await findRunningServer(files, password)) ?? (await launchServer({ files, binaries, user, password, settings }));
    return await describe({ files, user, server, options, owned: true });
  } catch (error) {
    releaseCluster(files);
    throw error;
  }
}

async function joinServer(files: ClusterFiles): Promise<RunningServer | null> {
  return existsSync(files.password) ? findRunningServer(files, readFileSync(files.password, "utf8")) : null;
}

interface Description extends OwnedStart {
  server: RunningServer;
  owned: boolean;
}

async function describe({ files, user, server, options, owned }: Description): Promise<Postgres> {
  const { port, pid } = server;
  const password = readFileSync(files.password, "utf8");
  const database = options.database ?? "doorstep";
  await ensureDatabase({ port, user: OWNER_ROLE, password }, database);
  const stopOnExit = () => endAtOnce(pid, options.temporary ? files.root : null);
  if (owned) process.once("exit", stopOnExit);
  return {
    url: connectionUrl({ port, user: LOGIN_ROLE, password }, database),
    ownerUrl: connectionUrl({ port, user: OWNER_ROLE, password }, database),
    port,
    pid,
    owned,
    async restart() {
      if (!owned) throw new PostgresUnavailableError("another process owns this PostgreSQL and has to start it again");
      process.removeListener("exit", stopOnExit);
      return startOwned({ files, user, options });
    },
    async stop() {
      if (!owned) return;
      process.removeListener("exit", stopOnExit);
      await stopServer(pid);
      releaseCluster(files);
      if (options.temporary) rmSync(files.root, { recursive: true, force: true });
    },
  };
}

/** For a process that exits without `stop` (Ctrl-C in a test run): nothing can be awaited any more, only slept for. */
function endAtOnce(pid: number, folderToRemove: string | null): void {
  if (folderToRemove === null) return void sendSignal(pid, "SIGINT");
  sendSignal(pid, "SIGQUIT");
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; processState(pid) === "running" && waited < 100; waited += 1) Atomics.wait(pause, 0, 0, 20);
  try {
    rmSync(folderToRemove, { recursive: true, force: true });
  } catch {
    // The server still wrote into it; the next start removes it.
  }
}
