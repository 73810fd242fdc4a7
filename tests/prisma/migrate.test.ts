import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { PgBoss } from "pg-boss";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DEAD_LETTER_QUEUE, jobNames } from "#app/jobs/catalogue.ts";
import { prepareDatabase } from "#prisma/prepare-database.ts";
import { withConnection } from "#tests/postgres/server-connection.ts";
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

const PROJECT = path.resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

let database: TestDatabase;
beforeEach(async () => {
  database = await createEmptyDatabase();
});
afterEach(() => database.drop());

/** `npm run db:migrate` with nothing but these variables. */
async function migrate(env: Record<string, string>): Promise<string> {
  const { stdout } = await run(process.execPath, ["prisma/migrate.ts"], {
    cwd: PROJECT,
    env: { NODE_ENV: "test", ...env },
  });
  return stdout;
}

test("of four releases that start together one applies everything, the others find it done", async () => {
  const env = { DATABASE_OWNER_URL: database.ownerUrl, DATABASE_URL: database.url };
  const outputs = await Promise.all([1, 2, 3, 4].map(() => migrate(env)));
  const folder = path.join(PROJECT, "prisma", "migrations");
  const migrations = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "migration.sql")));
  const applied = outputs.filter((output) => output !== "the database is up to date\n");
  expect(applied).toEqual([
    [...migrations.map((name) => `applied ${name}`), `${migrations.length} applied`, ""].join("\n"),
  ]);
});

test("DATABASE_URL alone will do, and nothing at all is refused with a hint", async () => {
  expect(await migrate({ DATABASE_URL: database.ownerUrl })).toContain("applied ");
  await expect(migrate({})).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("DATABASE_OWNER_URL") });
});

test("a database that cannot be reached is said so, without a stack", async () => {
  const attempt = migrate({ DATABASE_URL: "postgresql://nobody:secret@127.0.0.1:1/none" });
  await expect(attempt).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining("ECONNREFUSED") });
  await expect(attempt).rejects.toMatchObject({ stderr: expect.not.stringContaining("secret") });
});

test("the app's role uses the queues it did not make", async () => {
  const prepared = await createTestDatabase();
  const boss = new PgBoss({
    connectionString: prepared.url,
    options: "-c role=doorstep_app",
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  try {
    expect((await boss.getQueues()).map((queue) => queue.name).sort()).toEqual([...jobNames, DEAD_LETTER_QUEUE].sort());
    const [first, second] = ["one", "two"].map((shopId) => ({ shopId }));
    const send = (data: object, key: string) => boss.send("orders.reconcile", data, { singletonKey: key });
    expect(await send(first ?? {}, "one")).toEqual(expect.any(String));
    expect(await send(first ?? {}, "one")).toBeNull();
    expect(await send(second ?? {}, "two")).toEqual(expect.any(String));
    expect(await boss.fetch("orders.reconcile")).toMatchObject([{ data: { shopId: "one" } }]);
  } finally {
    await boss.stop({ graceful: false, close: true });
    await prepared.drop();
  }
});

test("preparing again keeps the jobs, takes over changed settings and leaves the others", async () => {
  const prepared = await createTestDatabase();
  const owner = (sql: string) => withConnection(prepared.ownerUrl, async (client) => (await client.query(sql)).rows);
  const boss = new PgBoss({ connectionString: prepared.ownerUrl, supervise: false, schedule: false });
  await boss.start();
  await boss.send("intake.sweep", {});
  await boss.stop({ graceful: false, close: true });
  await prepareDatabase(prepared.ownerUrl, { queues: [{ name: "intake.sweep", options: { retryLimit: 7 } }] });
  await prepareDatabase(prepared.ownerUrl);
  expect(await owner("SELECT name FROM pgboss.job")).toEqual([{ name: "intake.sweep" }]);
  expect(await owner("SELECT retry_limit, policy, dead_letter FROM pgboss.queue WHERE name = 'intake.sweep'")).toEqual([
    { retry_limit: 7, policy: "exclusive", dead_letter: DEAD_LETTER_QUEUE },
  ]);
  await prepared.drop();
});
