import { PassThrough } from "node:stream";
import pg from "pg";
import { pino } from "pino";
import { processDeliveryJob } from "#app/jobs/process-delivery.ts";
import { loadEnv } from "#app/lib/env.server.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import { closeServices, createServices, type Services } from "#app/services.server.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { TestClock } from "#tests/support/test-clock.ts";

export const SECRET = "test-client-secret";

export interface Edge {
  database: TestDatabase;
  services: Services;
  clock: TestClock;
  /** Everything that was logged, as text. */
  logged(): string;
  /** Rows as the superuser sees them: every shop's. */
  rows<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Runs every stored delivery once, as the worker would. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

interface EdgeOptions {
  loopbackUrl?: string;
  start?: string;
  env?: Record<string, string>;
}

/** The real services on a database of their own, with a clock that stands still and a log that can be read. */
export async function openEdge(options: EdgeOptions = {}): Promise<Edge> {
  const database = await createTestDatabase();
  const clock = new TestClock(options.start ?? "2026-11-20T12:00:00Z");
  const { log, logged } = memoryLog();
  const env = testEnv(database.url, options.loopbackUrl, options.env);
  const services = createServices({ env, role: "web", clock, log });
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  owner.on("error", () => undefined);
  const rows = async <Row extends object>(sql: string, values: unknown[] = []) =>
    (await owner.query<Row & pg.QueryResultRow>(sql, values)).rows as Row[];
  return {
    ...{ database, services, clock, logged, rows },
    async drain() {
      const stored = await rows<{ shopId: string; deliveryId: string }>(
        `SELECT shop_id AS "shopId", id AS "deliveryId" FROM inbound_delivery WHERE status = 'stored' ORDER BY id`,
      );
      for (const payload of stored) await processDeliveryJob.runUnchecked(payload, services).catch(() => undefined);
    },
    async close() {
      await closeServices(services);
      await owner.end();
      await database.drop();
    },
  };
}

/** The same, and the app's routes find its services. */
export async function openRouteEdge(options: EdgeOptions = {}): Promise<Edge> {
  const edge = await openEdge(options);
  globalThis.__doorstepServices = edge.services;
  return {
    ...edge,
    async close() {
      globalThis.__doorstepServices = undefined;
      await edge.close();
    },
  };
}

export function testEnv(databaseUrl: string, loopbackUrl?: string, more: Record<string, string> = {}) {
  return loadEnv({
    NODE_ENV: "test",
    APP_ENV: "sandbox",
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: "8",
    SHOPIFY_API_KEY: "test-client-id",
    SHOPIFY_API_SECRET: SECRET,
    SHOPIFY_APP_URL: "https://doorstep.example",
    ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
    RESEND_API_KEY: "re_test",
    MAIL_FROM: "updates@doorstep.example",
    ...(loopbackUrl ? { SHOPIFY_LOOPBACK_URL: loopbackUrl } : {}),
    ...more,
  });
}

export function memoryLog(): { log: Logger; logged: () => string } {
  const stream = new PassThrough();
  const lines: string[] = [];
  stream.on("data", (chunk: Buffer) => lines.push(chunk.toString()));
  return { log: pino({ level: "trace" }, stream), logged: () => lines.join("") };
}
