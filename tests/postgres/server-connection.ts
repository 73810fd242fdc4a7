import pg from "pg";

export interface ServerAddress {
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

export function connectionUrl(address: ServerAddress, database: string): string {
  return `postgresql://${address.user}:${encodeURIComponent(address.password)}@127.0.0.1:${address.port}/${database}`;
}

/** Runs `work` on one connection of its own and closes it. */
export async function withConnection<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A server that is stopped while the connection is idle raises an event, which must not end this process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Whether the server answers, and with our password: another cluster on the same port does not count. */
export async function answers(address: ServerAddress, dataDir: string): Promise<boolean> {
  try {
    return await withConnection(connectionUrl(address, "postgres"), async (client) => {
      const { rows } = await client.query<{ setting: string }>("SELECT current_setting('data_directory') AS setting");
      return rows[0]?.setting === dataDir;
    });
  } catch {
    return false;
  }
}
