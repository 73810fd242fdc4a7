import { afterAll, beforeAll, expect, test } from "vitest";
import { diffMigrationsToSchema } from "#prisma/schema-engine.ts";
import { createEmptyDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.drop());

test("the migrations build what schema.prisma says", async () => {
  expect(await diffMigrationsToSchema(database.ownerUrl)).toBeNull();
});
