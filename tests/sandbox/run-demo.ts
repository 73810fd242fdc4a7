import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildIfStale } from "#app/build.ts";
import { errorMessage } from "#app/lib/errors.ts";
import { migrateDatabase } from "#prisma/migrate-database.ts";
import { processState } from "#tests/postgres/process-state.ts";
import { startPostgres } from "#tests/postgres/start-postgres.ts";
import { appEnvironment, loadSecrets, SANDBOX_API_KEY } from "./app-environment.ts";
import { type AppProcess, startAppProcess } from "./app-processes.ts";
import { keepOrdersComing } from "./keep-orders-coming.ts";
import { openDemoShop } from "./open-demo-shop.ts";
import { rebuildOnChange } from "./rebuild-on-change.ts";
import { addressesOf, type Sandbox, startSandbox } from "./start-sandbox.ts";

const PROJECT = join(import.meta.dirname, "..", "..");
/** `--fresh`: a shop in which the app is not installed yet, with nothing kept from an earlier run. */
const FRESH = process.argv.includes("--fresh");
const DATA = FRESH ? join(PROJECT, ".data", "fresh") : join(PROJECT, ".data");
const PORTS = { sandbox: 4400, edge: 4401, web: 4402 };
const DATABASE_CHECK_MS = 2_000;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** What has to be undone, newest last. */
const endings: (() => Promise<void> | void)[] = [];
let ending: Promise<void> | undefined;

/** Stops everything in the opposite order; the database is last. */
function end(): Promise<void> {
  ending ??= (async () => {
    for (const undo of endings.reverse()) {
      await Promise.resolve(undo()).catch((error: unknown) => print(`while stopping: ${errorMessage(error)}`));
    }
  })();
  return ending;
}

interface DatabaseUrls {
  url: string;
  ownerUrl: string;
}

/** The database of `DATABASE_URL`, or one of our own from the npm binaries. */
async function openDatabase(): Promise<DatabaseUrls> {
  const given = process.env["DATABASE_URL"];
  if (given) return { url: given, ownerUrl: process.env["DATABASE_OWNER_URL"] ?? given };
  const dataDir = join(DATA, "postgres");
  let server = await startPostgres({ dataDir });
  endings.push(() => server.stop());
  // A killed database is started again where it was; the processes reconnect by themselves.
  let reviving = false;
  const timer = setInterval(() => {
    if (reviving || isRunning(server.pid)) return;
    reviving = true;
    server
      .restart()
      .then(
        (again) => {
          server = again;
          print("The database had died and was started again.");
        },
        (error: unknown) => print(`the database does not start: ${errorMessage(error)}`),
      )
      .finally(() => (reviving = false));
  }, DATABASE_CHECK_MS);
  endings.push(() => clearInterval(timer));
  return { url: server.url, ownerUrl: server.ownerUrl };
}

function isRunning(pid: number): boolean {
  return processState(pid) === "running";
}

async function prepareDatabase(): Promise<DatabaseUrls> {
  const urls = await openDatabase();
  const applied = await migrateDatabase({ ownerUrl: urls.ownerUrl, appUrl: urls.url });
  if (applied.length > 0) print(`Database prepared: ${applied.length} migrations.`);
  return urls;
}

/** The wanted port, or a free one when somebody has it. */
async function choosePort(wanted: number): Promise<number> {
  for (const port of [wanted, 0]) {
    const found = await new Promise<number | null>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(null));
      probe.listen(port, "127.0.0.1", () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === "object" && address ? address.port : null));
      });
    });
    if (found !== null) return found;
  }
  throw new Error("no free port on this machine");
}

function startApp(env: Record<string, string>): AppProcess[] {
  const logDir = join(DATA, "logs");
  const processes = (["web", "worker"] as const).map((name) => {
    const onRestart = (code: number | null) => print(`${name} had ended (${code ?? "killed"}) and is started again.`);
    return startAppProcess({ name, env, logDir, onRestart });
  });
  endings.push(async () => void (await Promise.all(processes.map((one) => one.stop()))));
  return processes;
}

function announce(sandbox: Sandbox, seconds: number): void {
  const { admin, storefront, mailbox, console } = addressesOf(sandbox.url);
  print(`
Doorstep is ready after ${seconds.toFixed(1)} s.

  Admin (embedded)   ${admin}
  Tracking page      ${storefront}
  Mailbox            ${mailbox}
  Sandbox console    ${console}

${FRESH ? "The app is not installed yet: open the admin, and do what it says. " : ""}Orders are coming in; parcels take about a minute.
Logs are in ${relative(PROJECT, DATA)}/logs. Ctrl-C stops everything.`);
}

async function main(): Promise<void> {
  const began = Date.now();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void end().then(() => process.exit(0)));
  }
  if (FRESH) rmSync(DATA, { recursive: true, force: true });
  const secrets = loadSecrets(DATA);
  const port = await choosePort(PORTS.web);
  const [, database, sandbox] = await Promise.all([
    buildIfStale().then((result) => result === "built" && print("Built.")),
    prepareDatabase(),
    startSandbox({
      apiKey: SANDBOX_API_KEY,
      apiSecret: secrets.apiSecret,
      dataDir: DATA,
      ports: PORTS,
      appInternalUrl: () => `http://127.0.0.1:${port}`,
    }),
  ]);
  endings.push(() => sandbox.stop());
  const addresses = { databaseUrl: database.url, sandboxUrl: sandbox.url, edgeUrl: sandbox.edgeUrl, port };
  const env = appEnvironment(secrets, addresses);
  const processes = startApp(env);
  await Promise.all(processes.map(({ ready }) => ready));
  if (!FRESH) await openDemoShop(sandbox, env);
  endings.push(keepOrdersComing(sandbox));
  if (process.argv.includes("--dev")) endings.push(rebuildOnChange({ project: PROJECT, processes, print }));
  announce(sandbox, (Date.now() - began) / 1_000);
  // Signals and children keep this process alive.
  while (!ending) await sleep(3_600_000);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  await end();
  process.exit(1);
}
