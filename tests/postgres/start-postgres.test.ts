import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { connectionUrl, withConnection } from "./server-connection.ts";
import { type Postgres, type PostgresOptions, startPostgres } from "./start-postgres.ts";

const isRoot = process.getuid?.() === 0;

// Real servers, started and killed: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let running: Postgres[];

beforeEach(() => {
  folder = makeFolder();
  running = [];
});

afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

function makeFolder(): string {
  const made = mkdtempSync(path.join(tmpdir(), "doorstep-launcher-test-"));
  chmodSync(made, 0o755);
  return made;
}

async function start(options: PostgresOptions): Promise<Postgres> {
  const postgres = await startPostgres(options);
  running.push(postgres);
  return postgres;
}

async function readSetting(url: string, name: string): Promise<string | undefined> {
  return withConnection(url, async (client) => {
    const { rows } = await client.query<{ value: string }>("SELECT current_setting($1) AS value", [name]);
    return rows[0]?.value;
  });
}

describe("a lasting cluster", () => {
  let home: string;
  let lasting: Postgres;

  beforeAll(async () => {
    home = makeFolder();
    lasting = await startPostgres({ dataDir: path.join(home, "pg") });
  });

  afterAll(async () => {
    await lasting.stop();
    rmSync(home, { recursive: true, force: true });
  });

  test("writes to the disk before it answers", async () => {
    expect(await readSetting(lasting.ownerUrl, "fsync")).toBe("on");
    expect(await readSetting(lasting.ownerUrl, "synchronous_commit")).toBe("on");
    expect(await readSetting(lasting.ownerUrl, "listen_addresses")).toBe("127.0.0.1");
  });

  test("is opened by the password only, which only this user can read", async () => {
    const wrong = connectionUrl({ port: lasting.port, user: "doorstep_owner", password: "wrong" }, "doorstep");
    await expect(withConnection(wrong, () => Promise.resolve())).rejects.toThrow(/password authentication failed/);
    expect(statSync(path.join(home, "pg", "password")).mode & 0o777).toBe(0o600);
  });

  test("belongs to the owner alone: the app's login owns nothing", async () => {
    await withConnection(lasting.url, async (client) => {
      const { rows } = await client.query(
        "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user",
      );
      expect(rows).toEqual([{ rolname: "doorstep_login", rolsuper: false, rolcreaterole: false, rolcreatedb: false }]);
      await expect(client.query("CREATE TABLE mine (id int)")).rejects.toThrow(/permission denied/);
    });
  });

  test("does not run as root", () => {
    const owner = statSync(path.join(home, "pg", "data", "postmaster.pid")).uid;
    expect(owner).toBe(isRoot ? 65534 : process.getuid?.());
    expect(lasting.owned).toBe(true);
  });
});

test("a temporary cluster does not care for the disk, and leaves nothing behind", async () => {
  const postgres = await startPostgres({ temporary: true, settings: { work_mem: "9MB" } });
  const data = await readSetting(postgres.ownerUrl, "data_directory");
  expect(await readSetting(postgres.ownerUrl, "fsync")).toBe("off");
  expect(await readSetting(postgres.ownerUrl, "work_mem")).toBe("9MB");
  await postgres.stop();
  expect(data).toBeDefined();
  expect(existsSync(path.dirname(data ?? ""))).toBe(false);
});

test("data and port are the same after a stop and a start", async () => {
  const dataDir = path.join(folder, "pg");
  const first = await startPostgres({ dataDir });
  await withConnection(first.ownerUrl, (client) => client.query("CREATE TABLE kept AS SELECT 42 AS answer"));
  await first.stop();
  const second = await start({ dataDir });
  expect(second.port).toBe(first.port);
  expect(second.ownerUrl).toBe(first.ownerUrl);
  const kept = await withConnection(second.ownerUrl, (client) => client.query("SELECT answer FROM kept"));
  expect(kept.rows).toEqual([{ answer: 42 }]);
});

test("a taken port is given up for a free one, which is remembered", async () => {
  const dataDir = path.join(folder, "pg");
  const first = await startPostgres({ dataDir });
  await first.stop();
  const intruder = await listen(first.port);
  try {
    const second = await start({ dataDir });
    expect(second.port).not.toBe(first.port);
    expect(readFileSync(path.join(dataDir, "port"), "utf8")).toBe(String(second.port));
  } finally {
    intruder.close();
  }
});

test("a second user of the same cluster joins it and leaves it running", async () => {
  const dataDir = path.join(folder, "pg");
  const [one, other] = await Promise.all([start({ dataDir }), start({ dataDir })]);
  expect([one.owned, other.owned].sort()).toEqual([false, true]);
  expect(other.pid).toBe(one.pid);
  const guest = one.owned ? other : one;
  await guest.stop();
  expect(await readSetting(one.ownerUrl, "port")).toBe(String(one.port));
});

test("a project below a private folder works, and finds its data again", async () => {
  const home = path.join(folder, "home");
  mkdirSync(home, { mode: 0o700 });
  const dataDir = path.join(home, "project", ".data", "pg");
  const first = await startPostgres({ dataDir });
  const place = (await readSetting(first.ownerUrl, "data_directory")) ?? "";
  await withConnection(first.ownerUrl, (client) => client.query("CREATE TABLE kept AS SELECT 1 AS one"));
  await first.stop();
  // Root's server runs as nobody, who cannot enter the folder; any other user's server is that user.
  expect(place.startsWith(home)).toBe(!isRoot);
  const second = await start({ dataDir });
  expect(await withConnection(second.ownerUrl, async (c) => (await c.query("SELECT one FROM kept")).rowCount)).toBe(1);
  if (isRoot) rmSyncAfter(path.dirname(place));
});

/** The replacement folder lies outside the test's own. */
function rmSyncAfter(root: string): void {
  const last = running.at(-1);
  if (last === undefined) return;
  running.push({ ...last, stop: () => Promise.resolve(rmSync(root, { recursive: true, force: true })) });
}

function listen(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
