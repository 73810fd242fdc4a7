import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ClusterFiles, OWNER_ROLE } from "./cluster-files.ts";
import { executable, type PostgresBinaries } from "./find-binaries.ts";
import { PostgresUnavailableError } from "./postgres-errors.ts";
import { looksLikePostgres, processState } from "./process-state.ts";
import { answers } from "./server-connection.ts";
import { choosePort } from "./server-port.ts";
import { spawnAs, type ServerUser } from "./server-user.ts";

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
}

/** Server settings as `postgres -c name=value`. */
export type ServerSettings = Readonly<Record<string, string>>;

const START_TIMEOUT_MS = 60_000;
const FAST_SHUTDOWN_MS = 30_000;

/**
 * Finds a server that already runs on this cluster (its launcher was killed, or is another process), and waits for it
 * to answer. Null when the pid file is missing or nobody stands behind it (a zombie, a number given to another program).
 * @throws PostgresUnavailableError when a server lives but does not answer
 */
export async function findRunningServer(files: ClusterFiles, password: string): Promise<RunningServer | null> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const server = readPidFile(files);
    if (server === null || processState(server.pid) !== "running" || !looksLikePostgres(server.pid)) return null;
    if (await answers({ port: server.port, user: OWNER_ROLE, password }, files.data)) return server;
    if (Date.now() > deadline) {
      throw new PostgresUnavailableError(`PostgreSQL process ${server.pid} holds ${files.data} but does not answer`);
    }
    await sleep(100);
  }
}

/** Line 1 of postmaster.pid is the process, line 4 the port; a file still being written counts as port 0. */
function readPidFile(files: ClusterFiles): RunningServer | null {
  try {
    const lines = readFileSync(path.join(files.data, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3] ?? 0) } : null;
  } catch {
    return null;
  }
}

export interface ServerLaunch {
  readonly files: ClusterFiles;
  readonly binaries: PostgresBinaries;
  readonly user: ServerUser;
  readonly password: string;
  readonly settings: ServerSettings;
}

/**
 * Starts the server and waits until it answers; only the cluster's owner may call it, after `findRunningServer` found
 * nothing. Tried again when the port was taken between choosing and binding, and
 * while the children of a killed server still hold its shared memory.
 */
export async function launchServer(launch: ServerLaunch): Promise<RunningServer> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  // Left by a server that was killed; PostgreSQL itself does not see through a zombie or a reused process number.
  rmSync(path.join(launch.files.data, "postmaster.pid"), { force: true });
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(launch.files);
    const server = await tryLaunch(launch, { port, deadline });
    if (server !== null) return server;
    const log = readLog(launch.files);
    const passing = /Address already in use|pre-existing shared memory block|could not bind/.test(log);
    if (!passing || attempt === 10) {
      throw new PostgresUnavailableError(`PostgreSQL did not start in ${launch.files.root}:\n${log.slice(-2_000)}`);
    }
    await sleep(300);
  }
}

async function tryLaunch(
  launch: ServerLaunch,
  { port, deadline }: { port: number; deadline: number },
): Promise<RunningServer | null> {
  const child = spawnServer(launch, port);
  let ended = false;
  child.once("exit", () => (ended = true));
  child.once("error", () => (ended = true));
  const address = { port, user: OWNER_ROLE, password: launch.password };
  while (!ended) {
    if (child.pid !== undefined && (await answers(address, launch.files.data))) return { pid: child.pid, port };
    if (Date.now() > deadline) {
      child.kill("SIGQUIT");
      return null;
    }
    await sleep(25);
  }
  return null;
}

function spawnServer({ files, binaries, user, settings }: ServerLaunch, port: number): ChildProcess {
  const all = { listen_addresses: "127.0.0.1", port: String(port), unix_socket_directories: "", ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = openSync(files.log, "w");
  try {
    const child = spawn(executable(binaries.binDir, "postgres"), ["-D", files.data, ...flags], {
      ...spawnAs(user),
      // In its own process group, so that Ctrl-C reaches the app alone and the server is stopped last.
      detached: true,
      stdio: ["ignore", log, log],
      env: serverEnvironment(),
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** Nothing of ours reaches the server; Windows cannot open sockets without SystemRoot. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV, SystemRoot } = process.env;
  return { NODE_ENV, LC_ALL: "C", TZ: "UTC", ...(SystemRoot === undefined ? {} : { SystemRoot }) };
}

function readLog(files: ClusterFiles): string {
  try {
    return readFileSync(files.log, "utf8");
  } catch {
    return "";
  }
}

/** Fast shutdown (clients are disconnected, everything is written), and immediate shutdown when that takes too long. */
export async function stopServer(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!sendSignal(pid, signal)) return;
    const deadline = Date.now() + FAST_SHUTDOWN_MS;
    while (Date.now() < deadline) {
      if (processState(pid) !== "running") return;
      await sleep(20);
    }
  }
  throw new PostgresUnavailableError(`PostgreSQL process ${pid} could not be stopped`);
}

/** False when the process is no longer there. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
