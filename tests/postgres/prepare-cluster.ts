import pg from "pg";
import { connectionUrl, type ServerAddress, withConnection } from "./server-connection.ts";

/** The role the app logs in as. It owns nothing, so row-level security holds for whatever it does. */
export const LOGIN_ROLE = "doorstep_login";

/** Any constant: two launchers must not create the same role or database at once. */
const LOCK = 7_214_001;

/** Creates the login role and `database` when they are missing. */
export async function ensureDatabase(owner: ServerAddress, database: string): Promise<void> {
  await withConnection(connectionUrl(owner, "postgres"), async (client) => {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    if (!(await exists(client, "SELECT 1 FROM pg_roles WHERE rolname = $1", LOGIN_ROLE))) {
      const password = pg.escapeLiteral(owner.password);
      await client.query(`CREATE ROLE ${LOGIN_ROLE} LOGIN NOINHERIT PASSWORD ${password}`);
    }
    if (!(await exists(client, "SELECT 1 FROM pg_database WHERE datname = $1", database))) {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`);
    }
  });
}

async function exists(client: pg.Client, query: string, value: string): Promise<boolean> {
  const { rowCount } = await client.query(query, [value]);
  return rowCount !== 0;
}
