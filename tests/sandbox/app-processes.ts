import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** A process that keeps dying is not started more often than this. */
const RESTART_AFTER_MS = 1_000;
const STOP_MS = 12_000;
const READY_MS = 60_000;

export interface AppProcess {
  readonly name: string;
  pid(): number | undefined;
  /** Resolves when the process says that it is ready. */
  ready: Promise<void>;
  /** Stops it gracefully and starts it again with what is built now. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

export interface AppProcessOptions {
  name: "web" | "worker";
  env: Record<string, string>;
  /** Where its log goes; to nowhere when left out. */
  logDir?: string;
  /** Told when it dies by itself and is started again. */
  onRestart?(code: number | null): void;
}

/** Runs a process of the app and starts it again when it dies, until it is stopped. */
export function startAppProcess(options: AppProcessOptions): AppProcess {
  let stopping = false;
  let reloading = false;
  let child: ChildProcess;
  let announce: () => void = () => undefined;
  let give: (error: Error) => void = () => undefined;
  const ready = new Promise<void>((resolve, reject) => {
    announce = resolve;
    give = reject;
  });
  const timer = setTimeout(() => give(new Error(`${options.name} is not ready after ${READY_MS / 1_000} s`)), READY_MS);
  timer.unref();
  const launch = () => {
    child = spawnApp(options);
    child.on("message", (message) => {
      if (message === "ready") announce();
    });
    child.once("exit", (code) => {
      if (stopping) return;
      if (!reloading) options.onRestart?.(code);
      setTimeout(() => stopping || launch(), reloading ? 0 : RESTART_AFTER_MS);
      reloading = false;
    });
  };
  launch();
  return {
    name: options.name,
    ready: ready.finally(() => clearTimeout(timer)),
    pid: () => child.pid,
    async reload() {
      reloading = true;
      await endChild(child);
    },
    async stop() {
      stopping = true;
      announce();
      await endChild(child);
    },
  };
}

function spawnApp({ name, env, logDir }: AppProcessOptions): ChildProcess {
  const child = spawn(
    process.execPath,
    ["--enable-source-maps", join(PROJECT, "build", `${name === "web" ? "server" : name}.js`)],
    {
      cwd: PROJECT,
      // The terminal's Ctrl-C must reach the parent alone: it stops its children in order.
      detached: true,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  if (logDir) {
    mkdirSync(logDir, { recursive: true });
    const log = createWriteStream(join(logDir, `${name}.log`), { flags: "a" });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
  } else {
    child.stdout?.resume();
    child.stderr?.pipe(process.stderr);
  }
  return child;
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await gone;
  clearTimeout(timer);
}
