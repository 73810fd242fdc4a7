import { fork } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { Pool } from "undici";
import { migrateDatabase } from "#prisma/migrate-database.ts";
import { startPostgres } from "#tests/postgres/start-postgres.ts";
import type { BenchResult } from "./bench.ts";
import { percentile, round } from "./figures.ts";

const CLIENTS = 32;
const WEBHOOKS = 12_000;
const WARM_UP = 3_000;
const SHOPS = 20;
const RAW_INSERTS = 12_000;
const SECRET = "bench-client-secret";

/** Signed webhooks per second through HTTP to stored-and-enqueued, beside the single-row inserts of the same run. */
export async function run(): Promise<BenchResult> {
  const postgres = await startPostgres({ temporary: true });
  try {
    await migrateDatabase({ ownerUrl: postgres.ownerUrl, appUrl: postgres.url });
    const bodies = makeBodies();
    const raw = await measureRawInserts(postgres.ownerUrl, bodies);
    const { child, port } = await startServer(postgres.url);
    const base = `http://127.0.0.1:${port}`;
    const { rate, latencies } = await measureWebhooks({ base, path: "/webhooks/shopify", bodies });
    const remix = await measureWebhooks({ base, path: "/remix/webhooks/shopify", bodies });
    child.disconnect();
    await once(child, "exit");
    await assertStored(postgres.ownerUrl, 2 * (WARM_UP + WEBHOOKS));
    return {
      name: "intake",
      rows: [
        { label: "signed webhooks, stored and enqueued", value: Math.round(rate), unit: "/s" },
        { label: "answer p50", value: percentile(latencies, 0.5), unit: "ms" },
        { label: "answer p99", value: percentile(latencies, 0.99), unit: "ms" },
        { label: "the same through the Remix route", value: Math.round(remix.rate), unit: "/s" },
        { label: "single-row inserts with pg", value: Math.round(raw), unit: "/s" },
      ],
      ratio: { label: "webhooks / single-row inserts", value: round(rate / raw), limit: 0.3, better: "higher" },
    };
  } finally {
    await postgres.stop();
  }
}

/** Order-like bodies of 3 to 5 kB. */
function makeBodies(): Buffer[] {
  return Array.from({ length: 50 }, (_, index) => {
    const line_items = Array.from({ length: 12 + (index % 9) }, (_item, line) => ({
      admin_graphql_api_id: `gid://shopify/LineItem/${index}${line}`,
      title: "Trail Shell Jacket in a rather long colour name",
      variant_title: "Pine / M",
      sku: `SKU-${line}`,
      quantity: 1,
      price: "148.00",
      requires_shipping: true,
    }));
    const order = { admin_graphql_api_id: `gid://shopify/Order/${index}`, name: `#${index}`, line_items };
    return Buffer.from(JSON.stringify(order));
  });
}

/** The limit: the same row, one statement each, the same number of clients. */
async function measureRawInserts(ownerUrl: string, bodies: readonly Buffer[]): Promise<number> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: CLIENTS });
  const now = new Date();
  await pool.query(
    "INSERT INTO shop (id, domain, created_at, updated_at) VALUES ('shop_raw', 'raw.myshopify.com', $1, $1)",
    [now],
  );
  const insert = (index: number) =>
    pool.query({
      name: "raw",
      text: `INSERT INTO inbound_delivery (shop_id, id, source, topic, delivery_key, headers, body, received_at)
        VALUES ('shop_raw', $1, 'shopify', 'orders/create', $1, '{}', $2, $3)`,
      values: [`raw_${index}`, bodies[index % bodies.length], now],
    });
  await inParallel(CLIENTS * 4, (index) => insert(RAW_INSERTS + index));
  const started = performance.now();
  await inParallel(RAW_INSERTS, insert);
  const rate = RAW_INSERTS / ((performance.now() - started) / 1000);
  await pool.end();
  return rate;
}

interface Target {
  base: string;
  path: string;
  bodies: readonly Buffer[];
}

async function measureWebhooks({ base, path, bodies }: Target): Promise<{ rate: number; latencies: number[] }> {
  const pool = new Pool(base, { connections: CLIENTS, pipelining: 1 });
  const signed = bodies.map((body) => ({ body, hmac: createHmac("sha256", SECRET).update(body).digest("base64") }));
  const latencies: number[] = [];
  const send = async (index: number) => {
    const started = performance.now();
    const { body, hmac } = signed[index % signed.length] ?? { body: Buffer.alloc(0), hmac: "" };
    const answer = await pool.request({ method: "POST", path, headers: headers(index, hmac), body });
    await answer.body.dump();
    if (answer.statusCode !== 200) throw new Error(`a webhook was answered ${answer.statusCode}`);
    latencies.push(performance.now() - started);
  };
  await inParallel(WARM_UP, send);
  latencies.length = 0;
  const started = performance.now();
  await inParallel(WEBHOOKS, send);
  const rate = WEBHOOKS / ((performance.now() - started) / 1000);
  await pool.close();
  return { rate, latencies };
}

function headers(index: number, hmac: string): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-shopify-topic": "orders/updated",
    "x-shopify-hmac-sha256": hmac,
    "x-shopify-shop-domain": `bench-${index % SHOPS}.myshopify.com`,
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": randomUUID(),
    "x-shopify-event-id": randomUUID(),
    "x-shopify-triggered-at": "2026-11-20T12:00:00Z",
  };
}

async function startServer(databaseUrl: string) {
  const child = fork(fileURLToPath(new URL("./intake-server.ts", import.meta.url)), {
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      DATABASE_URL: databaseUrl,
      SHOPIFY_API_KEY: "bench",
      SHOPIFY_API_SECRET: SECRET,
      SHOPIFY_APP_URL: "https://doorstep.example",
      ENCRYPTION_KEYS: `bench:${Buffer.alloc(32, 7).toString("base64")}`,
      RESEND_API_KEY: "re_bench",
      MAIL_FROM: "updates@doorstep.example",
    },
  });
  const [message] = (await once(child, "message")) as [{ port: number }];
  return { child, port: message.port };
}

async function inParallel(total: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const client = async () => {
    while (next < total) await work(next++);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

/** Every webhook that was answered has its row and its job. */
async function assertStored(ownerUrl: string, sent: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ stored: number; jobs: number }>(
    `SELECT (SELECT count(*)::int FROM inbound_delivery WHERE shop_id <> 'shop_raw') AS stored,
      (SELECT count(*)::int FROM pgboss.job WHERE name = 'intake.process-delivery') AS jobs`,
  );
  await client.end();
  const [found] = rows;
  if (found?.stored !== sent || found.jobs !== found.stored) {
    throw new Error(`answered ${sent}, stored ${found?.stored}, queued ${found?.jobs}`);
  }
}
