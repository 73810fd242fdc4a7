import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildIfStale } from "#app/build.ts";
import { findFreePort } from "#tests/postgres/server-port.ts";
import { appEnvironment, loadSecrets, SANDBOX_API_KEY } from "#tests/sandbox/app-environment.ts";
import { type AppProcess, startAppProcess } from "#tests/sandbox/app-processes.ts";
import { openDemoShop } from "#tests/sandbox/open-demo-shop.ts";
import { addressesOf, type Sandbox, startSandbox } from "#tests/sandbox/start-sandbox.ts";

export interface StackDatabase {
  /** For the app. */
  url: string;
  /** For the test, which sees every shop. */
  ownerUrl: string;
}

export interface FullStackOptions {
  database: StackDatabase;
  /** Orders in the demo shop's history; few when left out. */
  history?: { orders: number; days: number };
  /** False leaves the app uninstalled; otherwise the demo shop is installed, connected and live, as after `npm start`. */
  opened?: boolean;
  /** On top of the sandbox's environment. */
  env?: Record<string, string>;
  onRestart?(name: string): void;
}

export interface FullStack {
  sandbox: Sandbox;
  addresses: ReturnType<typeof addressesOf>;
  /** Where the web process itself listens. */
  webUrl: string;
  env: Record<string, string>;
  web: AppProcess;
  worker: AppProcess;
  database: StackDatabase;
  /** What web or worker has logged so far. */
  log(name: "web" | "worker"): string;
  stop(): Promise<void>;
}

/**
 * The whole product as `npm start` runs it, on free ports and a database of the test's: web and worker are real processes
 * from build/, everything outside is the sandbox in this process.
 */
export async function startFullStack(options: FullStackOptions): Promise<FullStack> {
  await buildIfStale();
  const secrets = loadSecrets(null);
  const port = await findFreePort();
  const webUrl = `http://127.0.0.1:${port}`;
  const history = options.history ?? { orders: 12, days: 30 };
  const sandbox = await startSandbox({
    apiKey: SANDBOX_API_KEY,
    apiSecret: secrets.apiSecret,
    history,
    appInternalUrl: () => webUrl,
  });
  const urls = { databaseUrl: options.database.url, sandboxUrl: sandbox.url, edgeUrl: sandbox.edgeUrl, port };
  const env = { ...appEnvironment(secrets, urls), ...options.env };
  const logDir = mkdtempSync(path.join(tmpdir(), "doorstep-stack-"));
  const launch = (name: "web" | "worker") =>
    startAppProcess({ name, env, logDir, onRestart: () => options.onRestart?.(name) });
  const [web, worker] = [launch("web"), launch("worker")];
  const stop = async () => {
    await Promise.all([web.stop(), worker.stop()]);
    await sandbox.stop();
    if (!process.env["DOORSTEP_KEEP_LOGS"]) rmSync(logDir, { recursive: true, force: true });
  };
  const log = (name: string) => readLog(path.join(logDir, `${name}.log`));
  try {
    await Promise.all([web.ready, worker.ready]);
    if (options.opened !== false) await openDemoShop(sandbox, env);
  } catch (error) {
    await stop();
    throw error;
  }
  const { database } = options;
  return { sandbox, addresses: addressesOf(sandbox.url), webUrl, env, web, worker, database, log, stop };
}

function readLog(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
