import pg from "pg";
import { systemClock } from "#app/lib/clock.ts";
import { Database } from "#app/lib/db.server.ts";
import { createLogger } from "#app/lib/logger.server.ts";
import { Queue } from "#app/lib/queue.server.ts";
import { migrateDatabase } from "#prisma/migrate-database.ts";
import { startPostgres } from "#tests/postgres/start-postgres.ts";

export interface BenchDatabase {
  db: Database;
  queue: Queue;
  /** For the processes of the app. */
  url: string;
  /** The superuser: for bulk data and raw comparison. */
  owner: pg.Client;
  close(): Promise<void>;
}

/** A migrated database on a server of its own, which goes with it. */
export async function openBenchDatabase(): Promise<BenchDatabase> {
  const postgres = await startPostgres({ temporary: true, settings: { shared_buffers: "256MB", max_wal_size: "2GB" } });
  await migrateDatabase({ ownerUrl: postgres.ownerUrl, appUrl: postgres.url });
  const owner = new pg.Client({ connectionString: postgres.ownerUrl });
  await owner.connect();
  const db = new Database({ url: postgres.url, poolSize: 8 });
  const queue = new Queue({ url: postgres.url, log: createLogger({ level: "silent", name: "bench" }), role: "web" });
  await queue.start();
  return {
    ...{ db, queue, owner, url: postgres.url },
    close: async () => {
      await queue.stop({ graceful: false, timeoutMs: 1_000 });
      await Promise.all([db.close(), owner.end()]);
      await postgres.stop();
    },
  };
}

export interface ParcelFlood {
  shopId: string;
  orderId: string;
  from: number;
  to: number;
}

/** Parcels numbered from–to in one statement, all of one order with a fulfillment each, due since a while. */
export async function floodParcels(owner: pg.Client, { shopId, orderId, from, to }: ParcelFlood): Promise<void> {
  const now = systemClock.now().toISOString();
  await owner.query(
    `INSERT INTO fulfillment (shop_id, id, order_id, status, origin, fulfilled_at, source_updated_at, created_at, updated_at)
     VALUES ($1, 'gid://bench/' || $3::text, $2, 'success', 'live', $4, $4, $4, $4)`,
    [shopId, orderId, from, now],
  );
  await owner.query(
    `INSERT INTO shipment (shop_id, id, order_id, fulfillment_id, tracking_number, carrier, origin, country_code, status,
       status_since, created_at, updated_at, next_check_at)
     SELECT $1, 'shp_' || lpad(n::text, 10, '0'), $2, 'gid://bench/' || $3::text, 'N' || n, 'ups', 'live', 'US',
       (ARRAY['in_transit','pre_transit','out_for_delivery','exception'])[1 + n % 4], $5::timestamptz,
       $5::timestamptz - n * interval '1 second', $5::timestamptz,
       $5::timestamptz - (abs(hashint4(n)) % 86400) * interval '1 second'
     FROM generate_series($3::int, $4::int) AS n`,
    [shopId, orderId, from, to, now],
  );
  await owner.query("VACUUM ANALYZE shipment, shipment_watch");
}

/** Seconds that the work takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
