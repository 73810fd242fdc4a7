import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

export interface MigrationAdapterFactory extends SqlMigrationAwareDriverAdapterFactory {
  /** Closes every connection and drops the shadow databases; safe to call when the engine already did. */
  close(): Promise<void>;
}

/**
 * `PrismaPg` as the schema engine needs it. What it gets wrong by itself (7.10.0):
 * - columns of type "char" (catalogue tables) are refused;
 * - scripts are cut at every ";", which breaks function bodies, and run on any connection of the pool;
 * - a failed query closes its connection, and the engine's advisory lock with it;
 * - the shadow connection of a URL goes to the main database, and is dropped before it is closed.
 */
export function migrationAdapterFactory(url: string): MigrationAdapterFactory {
  const closers: (() => Promise<void>)[] = [];
  const open = async (target: string) => {
    const connection = await openAdapter(target);
    closers.unshift(connection.dispose);
    return connection;
  };
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => open(url),
    async connectToShadowDb() {
      const database = nameShadow(url);
      await runOnce(url, `CREATE DATABASE "${database}" TEMPLATE template0`);
      closers.unshift(() => runOnce(url, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`));
      return open(withDatabase(url, database));
    },
    async close() {
      for (const closer of closers.splice(0)) await closer();
    },
  };
}

/** Names are cut at 63 characters. */
function nameShadow(url: string): string {
  const main = decodeURIComponent(new URL(url).pathname.slice(1)).replaceAll(/\W/g, "_");
  return `${main.slice(0, 40)}_shadow_${randomUUID().slice(0, 8)}`;
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

async function runOnce(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** One connection for the whole life of the adapter: the advisory lock and BEGIN … COMMIT belong to a session. */
async function openAdapter(url: string): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const client = await pool.connect();
  Object.assign(pool, { query: markCharColumns(client) });
  const adapter = await new PrismaPg(pool).connect();
  let open = true;
  return Object.assign(adapter, {
    queryRaw: readMarks(adapter.queryRaw.bind(adapter)),
    executeScript: (script: string) => runScript(adapter, script),
    async dispose() {
      if (!open) return;
      open = false;
      client.release(true);
      await pool.end();
    },
  });
}

/** Without parameters the driver speaks the simple protocol, in which PostgreSQL itself takes the script apart. */
async function runScript(adapter: SqlDriverAdapter, script: string): Promise<void> {
  const run = (sql: string) => adapter.executeRaw({ sql, args: [], argTypes: [] });
  try {
    await run(script);
  } catch (error) {
    // A script that failed inside its own BEGIN leaves the session unusable for the engine's record of the failure.
    await run("ROLLBACK");
    throw error;
  }
}

const CHAR_OID = 18;
const TEXT_OID = 25;
const CHAR_MARK = "\u0000char:";

type ArrayQuery = (query: pg.QueryArrayConfig) => Promise<pg.QueryArrayResult>;

/** Shows "char" columns to the adapter as text, with a mark in the name; several statements give several results. */
function markCharColumns(client: pg.PoolClient): ArrayQuery {
  return async (query) => {
    const result = await client.query(query);
    for (const field of result.fields ?? []) {
      if (field.dataTypeID !== CHAR_OID) continue;
      field.dataTypeID = TEXT_OID;
      field.name = `${CHAR_MARK}${field.name}`;
    }
    return result;
  };
}

/** Gives marked columns their name back and the type *Character*: as *Text* they make the engine panic. */
function readMarks(queryRaw: SqlDriverAdapter["queryRaw"]): SqlDriverAdapter["queryRaw"] {
  return async (query: SqlQuery) => {
    const result = await queryRaw(query);
    const isChar = (name: string) => name.startsWith(CHAR_MARK);
    return {
      ...result,
      columnTypes: result.columnTypes.map((type, index) =>
        isChar(result.columnNames[index] ?? "") ? ColumnTypeEnum.Character : type,
      ),
      columnNames: result.columnNames.map((name) => (isChar(name) ? name.slice(CHAR_MARK.length) : name)),
    };
  };
}
