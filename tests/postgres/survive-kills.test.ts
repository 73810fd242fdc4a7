import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { processState } from "./process-state.ts";
import { removeOrphanedClusters } from "./remove-orphans.ts";
import { withConnection } from "./server-connection.ts";
import { spawnLauncher } from "./spawn-launcher.ts";
import { type Postgres, startPostgres } from "./start-postgres.ts";

// Real servers, started and killed: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let dataDir: string;
let running: Postgres | undefined;
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "doorstep-launcher-test-"));
  chmodSync(folder, 0o755);
  dataDir = path.join(folder, "pg");
  running = undefined;
  children = [];
});

afterEach(async () => {
  await running?.stop();
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

test("a server whose launcher was killed is taken over", async () => {
  const launcher = await spawnLauncher({ dataDir });
  await launcher.kill();
  expect(processState(launcher.report.pid)).toBe("running");
  running = await startPostgres({ dataDir });
  expect(running).toMatchObject({ pid: launcher.report.pid, port: launcher.report.port, owned: true });
  await running.stop();
  expect(processState(launcher.report.pid)).not.toBe("running");
});

test("what was committed is there after the server and its launcher were killed", async () => {
  const launcher = await spawnLauncher({ dataDir });
  await withConnection(launcher.report.ownerUrl, (client) => client.query("CREATE TABLE kept AS SELECT 42 AS answer"));
  process.kill(launcher.report.pid, "SIGKILL");
  await launcher.kill();
  running = await startPostgres({ dataDir });
  expect(running.pid).not.toBe(launcher.report.pid);
  const kept = await withConnection(running.ownerUrl, (client) => client.query("SELECT answer FROM kept"));
  expect(kept.rows).toEqual([{ answer: 42 }]);
});

test("a killed server comes back on its port, with what was committed", async () => {
  running = await startPostgres({ dataDir });
  const { port, pid, ownerUrl } = running;
  await withConnection(ownerUrl, (client) => client.query("CREATE TABLE kept AS SELECT 42 AS answer"));
  process.kill(pid, "SIGKILL");
  await expect.poll(() => processState(pid)).not.toBe("running");
  running = await running.restart();
  expect(running).toMatchObject({ port, ownerUrl, owned: true });
  const kept = await withConnection(ownerUrl, (client) => client.query("SELECT answer FROM kept"));
  expect(kept.rows).toEqual([{ answer: 42 }]);
});

test("a pid file that names a living stranger does not keep the server down", async () => {
  await (await startPostgres({ dataDir })).stop();
  const stranger = spawn("sleep", ["60"]);
  children.push(stranger);
  writePidFile(stranger.pid ?? 0);
  running = await startPostgres({ dataDir });
  expect(running.pid).not.toBe(stranger.pid);
});

test("a pid file that names a zombie does not keep the server down", async () => {
  await (await startPostgres({ dataDir })).stop();
  // The shell becomes `sleep`, which never collects the child that ended: what a careless PID 1 does in a container.
  const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(parent);
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const zombie = Number(line.toString());
  await expect.poll(() => processState(zombie)).toBe(process.platform === "linux" ? "zombie" : "running");
  writePidFile(zombie);
  running = await startPostgres({ dataDir });
  expect(running.pid).not.toBe(zombie);
});

test("Ctrl-C in the terminal does not reach the server", async () => {
  const launcher = await spawnLauncher({ dataDir });
  children.push(launcher.process);
  // Throws unless the server leads a process group of its own.
  expect(process.kill(-launcher.report.pid, 0)).toBe(true);
  await launcher.kill();
  running = await startPostgres({ dataDir });
});

test("the temporary cluster of a killed run is removed, that of a living one is not", async () => {
  const [dead, alive] = await Promise.all([spawnLauncher({ temporary: true }), spawnLauncher({ temporary: true })]);
  children.push(alive.process);
  const [deadRoot, aliveRoot] = await Promise.all([findRoot(dead.report.ownerUrl), findRoot(alive.report.ownerUrl)]);
  await dead.kill();
  await removeOrphanedClusters();
  // Another run on this machine may be removing it at the same moment.
  await expect.poll(() => existsSync(deadRoot)).toBe(false);
  expect(processState(dead.report.pid)).not.toBe("running");
  expect(processState(alive.report.pid)).toBe("running");
  await alive.kill();
  expect(existsSync(aliveRoot)).toBe(true);
  await removeOrphanedClusters();
  await expect.poll(() => existsSync(aliveRoot)).toBe(false);
});

function writePidFile(pid: number): void {
  const data = path.join(dataDir, "data");
  const port = readFileSync(path.join(dataDir, "port"), "utf8");
  writeFileSync(path.join(data, "postmaster.pid"), `${pid}\n${data}\n1700000000\n${port}\n\n127.0.0.1\n`);
}

function findRoot(url: string): Promise<string> {
  return withConnection(url, async (client) => {
    const { rows } = await client.query<{ data: string }>("SELECT current_setting('data_directory') AS data");
    return path.dirname(rows[0]?.data ?? "");
  });
}
