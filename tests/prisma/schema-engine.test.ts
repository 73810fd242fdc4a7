import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { MigrationError } from "#prisma/migration-error.ts";
import { applyMigrations, diffMigrationsToSchema } from "#prisma/schema-engine.ts";
import { writeMigration } from "#prisma/write-migration.ts";
import { withConnection } from "#tests/postgres/server-connection.ts";
import { createEmptyDatabase, type TestDatabase } from "#tests/support/database.ts";
import { createMigrationFolder, type MigrationFolder, MODELS } from "./migration-folder.ts";

let shared: TestDatabase;
let database: TestDatabase;
let folder: MigrationFolder;

beforeAll(async () => {
  shared = await createEmptyDatabase();
});
afterAll(() => shared.drop());
beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = createMigrationFolder();
});
afterEach(async () => {
  folder.remove();
  await database.drop();
});

async function writeFirst(): Promise<void> {
  const now = new Date("2026-01-02T03:04:05Z");
  const written = await writeMigration({ ownerUrl: shared.ownerUrl, name: "first", now, folder: folder.path });
  expect(path.basename(written ?? "")).toBe("20260102030405_first");
}

function query<Row>(sql: string): Promise<Row[]> {
  return withConnection(database.ownerUrl, async (client) => (await client.query(sql)).rows as Row[]);
}

test("a written migration is one transaction, builds the schema, and leaves no difference", async () => {
  await writeFirst();
  const file = path.join(folder.path, "migrations", "20260102030405_first", "migration.sql");
  expect(readFileSync(file, "utf8")).toMatch(/^BEGIN;\n[^]*CREATE TABLE "Item"[^]*\nCOMMIT;\n$/);
  expect(await applyMigrations(database.ownerUrl, folder.path)).toEqual(["20260102030405_first"]);
  expect(await applyMigrations(database.ownerUrl, folder.path)).toEqual([]);
  expect(await query(`SELECT * FROM "Item"`)).toEqual([]);
  const now = new Date("2026-01-03T00:00:00Z");
  expect(await writeMigration({ ownerUrl: shared.ownerUrl, name: "none", now, folder: folder.path })).toBeNull();
});

test("a changed schema gives the missing statements only", async () => {
  await writeFirst();
  folder.writeSchema(MODELS.replace("items Item[]", "items Item[]\n  name String?"));
  const script = await diffMigrationsToSchema(shared.ownerUrl, { folder: folder.path });
  expect(script).toContain(`ALTER TABLE "Shop" ADD COLUMN     "name" TEXT`);
  expect(script).not.toContain("CREATE TABLE");
});

test("comparing leaves no shadow database behind, not even when a migration is broken", async () => {
  folder.addMigration("1_broken", "SELECT nonsense;");
  await expect(diffMigrationsToSchema(database.ownerUrl, { folder: folder.path })).rejects.toThrow(/1_broken/);
  const databases = await query<{ datname: string }>("SELECT datname FROM pg_database");
  expect(databases.map(({ datname }) => datname).filter((name) => name.startsWith(database.name))).toEqual([
    database.name,
  ]);
  expect(await query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toEqual([]);
});

test("semicolons inside functions and comments do not cut a migration", async () => {
  folder.addMigration(
    "1_function",
    `CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $body$
       DECLARE result int; -- one; two
       BEGIN result := n * 2; RETURN result; END; $body$;
     COMMENT ON FUNCTION twice(int) IS 'a; b';`,
  );
  await applyMigrations(database.ownerUrl, folder.path);
  expect(await query("SELECT twice(21) AS answer")).toEqual([{ answer: 42 }]);
});

test("a failing migration leaves nothing behind, and stops every later run until somebody decides", async () => {
  folder.addMigration("1_good", "CREATE TABLE good (id int);");
  folder.addMigration("2_bad", "CREATE TABLE half (id int); SELECT nonsense;");
  await expect(applyMigrations(database.ownerUrl, folder.path)).rejects.toThrow(/nonsense/);
  expect(await query("SELECT to_regclass('good') AS good, to_regclass('half') AS half")).toEqual([
    { good: "good", half: null },
  ]);
  folder.addMigration("3_later", "CREATE TABLE later (id int);");
  const again = applyMigrations(database.ownerUrl, folder.path);
  await expect(again).rejects.toThrow(MigrationError);
  await expect(again).rejects.toThrow(/^P3009: [^]*2_bad/);
  expect(await query("SELECT to_regclass('later') AS later")).toEqual([{ later: null }]);
});

test("what schema.prisma cannot say is not drift", async () => {
  await writeFirst();
  folder.addMigration("30000101000000_free", FREE);
  expect(await diffMigrationsToSchema(shared.ownerUrl, { folder: folder.path })).toBeNull();
});

const FREE = `
  DO $$ BEGIN CREATE ROLE doorstep_test_role NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
  GRANT SELECT ON ALL TABLES IN SCHEMA public TO doorstep_test_role;
  REVOKE ALL ON _prisma_migrations FROM doorstep_test_role;
  ALTER TABLE "Item" ENABLE ROW LEVEL SECURITY;
  ALTER TABLE "Item" FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON "Item" USING ("shopId" = current_setting('app.shop_id', true));
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END; $$;
  CREATE TRIGGER touch BEFORE INSERT ON "Item" FOR EACH ROW EXECUTE FUNCTION touch();
  ALTER TABLE "Item" ADD CONSTRAINT filled CHECK (id <> '');
  ALTER TABLE "Item" SET (fillfactor = 80);
  COMMENT ON TABLE "Item" IS 'things';
  CREATE VIEW open_item AS SELECT id FROM "Item";
  CREATE SEQUENCE counter;
  CREATE EXTENSION pg_trgm;
  CREATE SCHEMA elsewhere;
  CREATE TABLE elsewhere.thing (id int PRIMARY KEY);
  CREATE INDEX partial ON "Item" ("dueOn") WHERE "dueOn" IS NOT NULL;
  CREATE UNIQUE INDEX partial_unique ON "Item" ("dueOn") WHERE "dueOn" IS NOT NULL;
  CREATE INDEX by_expression ON "Item" ("shopId", lower(id));
`;

test.each([
  ["a table", "CREATE TABLE extra (id int PRIMARY KEY);", 'DROP TABLE "extra"'],
  ["a column", 'ALTER TABLE "Item" ADD COLUMN extra text;', 'DROP COLUMN "extra"'],
  ["a generated column", 'ALTER TABLE "Item" ADD COLUMN g text GENERATED ALWAYS AS (id) STORED;', 'DROP COLUMN "g"'],
  ["a default", 'ALTER TABLE "Item" ALTER COLUMN "dueOn" SET DEFAULT now();', "DROP DEFAULT"],
  ["an enum", "CREATE TYPE mood AS ENUM ('good');", 'DROP TYPE "mood"'],
  ["an index", 'CREATE INDEX extra ON "Item" ("dueOn");', 'DROP INDEX "extra"'],
  ["a covering index", 'CREATE INDEX extra ON "Item" ("dueOn") INCLUDE (id);', 'DROP INDEX "extra"'],
  ["a GIN index", 'CREATE EXTENSION pg_trgm; CREATE INDEX extra ON "Item" USING gin (id gin_trgm_ops);', "DROP INDEX"],
])("%s that schema.prisma does not name is drift", async (_what, sql, expected) => {
  await writeFirst();
  folder.addMigration("30000101000000_extra", sql);
  expect(await diffMigrationsToSchema(shared.ownerUrl, { folder: folder.path })).toContain(expected);
});

test("the operator class of a btree index is not compared, so schema.prisma leaves it out", async () => {
  folder.writeSchema(MODELS.replace("@@id([shopId, id])", "@@id([shopId, id])\n  @@index([id])"));
  await writeFirst();
  folder.addMigration(
    "30000101000000_pattern",
    `DROP INDEX "Item_id_idx"; CREATE INDEX "Item_id_idx" ON "Item" (id text_pattern_ops);`,
  );
  expect(await diffMigrationsToSchema(shared.ownerUrl, { folder: folder.path })).toBeNull();
});
