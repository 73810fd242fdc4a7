import { expect, test } from "vitest";
import { withConnection } from "#tests/postgres/server-connection.ts";
import { createTestDatabase } from "./database.ts";

test("test databases are copied side by side and know nothing of each other", async () => {
  const databases = await Promise.all([1, 2, 3, 4].map(() => createTestDatabase()));
  const [first, second] = databases;
  await withConnection(first?.ownerUrl ?? "", (client) => client.query("CREATE TABLE only_here (id int)"));
  const found = await withConnection(second?.ownerUrl ?? "", (client) =>
    client.query("SELECT to_regclass('only_here') AS found, to_regclass('shop') IS NOT NULL AS migrated"),
  );
  expect(found.rows).toEqual([{ found: null, migrated: true }]);
  await Promise.all(databases.map((database) => database.drop()));
});

test("the app's address may become doorstep_app, and is bound by row-level security then", async () => {
  const database = await createTestDatabase();
  await withConnection(`${database.url}?options=-c%20role%3Ddoorstep_app`, async (client) => {
    const { rows } = await client.query(
      "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user",
    );
    expect(rows).toEqual([{ current_user: "doorstep_app", rolsuper: false, rolbypassrls: false }]);
    await expect(client.query("CREATE TABLE mine (id int)")).rejects.toThrow(/permission denied/);
  });
  await database.drop();
});
