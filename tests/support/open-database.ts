import { Database } from "#app/lib/db.server.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";

/** A database of its own, and the app's way into it. */
export interface OpenDatabase {
  database: TestDatabase;
  db: Database;
  close(): Promise<void>;
}

export async function openDatabase(): Promise<OpenDatabase> {
  const database = await createTestDatabase();
  const db = new Database({ url: database.url });
  return {
    ...{ database, db },
    async close() {
      await db.close();
      await database.drop();
    },
  };
}
