import type { Request, RequestHandler, Router } from "express";
import express from "express";

import type { Clock } from "#app/lib/clock.ts";

import type { RequestRecord } from "../request-log.ts";
import type { World } from "../world.ts";
import type { SandboxCarrierId } from "../world/parcel.ts";
import { createTicker } from "../world/ticker.ts";
import type { BearerTokens } from "./bearer-tokens.ts";
import { createBearerTokens } from "./bearer-tokens.ts";
import type { CarrierFaults, ProviderRefusals } from "./carrier-faults.ts";
import { createCarrierFaults, sufferFaults } from "./carrier-faults.ts";
import { createEasypostRouter, EASYPOST_REFUSALS } from "./easypost-server.ts";
import type { Tracker } from "./easypost-trackers.ts";
import { EasypostTrackers } from "./easypost-trackers.ts";
import type { EasypostHook } from "./easypost-webhooks.ts";
import { EasypostWebhooks } from "./easypost-webhooks.ts";
import { createFedexRouter, FEDEX_REFUSALS } from "./fedex-server.ts";
import { PushQueue } from "./push-queue.ts";
import type { RateLimit } from "./rate-window.ts";
import { createRateWindow } from "./rate-window.ts";
import type { SandboxCarrierServer } from "./sandbox-carrier.ts";
import { MORE_CARRIERS } from "./sandbox-carriers.ts";
import type { UpsAlertsSnapshot } from "./ups-alerts.ts";
import { UpsAlerts } from "./ups-alerts.ts";
import { createUpsRouter, UPS_REFUSALS } from "./ups-server.ts";

type RateName = "ups" | "fedex" | "easypost" | "easypostIndex";

export interface SandboxCarriersOptions {
  world: World;
  clock: Clock;
  /** Requests per window; defaults: UPS 50/s, FedEx 1,400 per 10 s, EasyPost 50/s (its index 5/s). */
  rateLimits?: Partial<Record<RateName, RateLimit>>;
  tokenLifetimeSeconds?: Partial<Record<"ups" | "fedex", number>>;
  /** How long EasyPost takes to ask the carrier after a tracker was created. */
  easypostFirstAnswerMs?: number;
  /** Waiting times of EasyPost's six retries; UPS never repeats a push. */
  easypostRetryDelaysMs?: readonly number[];
  slowMs?: number;
  /** How often the ticker looks for due scans. */
  tickMs?: number;
  seed?: number;
  fetch?: typeof globalThis.fetch;
}

export interface CarrierRequestRecord extends RequestRecord {
  carrierId: SandboxCarrierId;
}

/** What the carriers were asked to do, as plain JSON; access tokens are not kept, so clients have to ask anew. */
export interface CarriersSnapshot {
  ups: UpsAlertsSnapshot;
  easypost: { hooks: EasypostHook[]; trackers: Tracker[] };
  more?: Record<string, unknown>;
}

export interface SandboxCarriers {
  /** Carries `/ups`, `/fedex` and so on, one path for each carrier; mount it at the root, before any body parser. */
  router: Router;
  faults: CarrierFaults;
  pushes: Readonly<Record<"ups" | "easypost", PushQueue>>;
  tokens: Readonly<Record<"ups" | "fedex", BearerTokens>>;
  upsAlerts: UpsAlerts;
  easypostWebhooks: EasypostWebhooks;
  /** The other carriers by id. */
  more: ReadonlyMap<string, SandboxCarrierServer>;
  /** The newest requests, oldest first, bounded: what tests count to hold polling against the contracts. */
  requests(): CarrierRequestRecord[];
  /** One round of the ticker: queues due webhooks, sends them, resolves when all are answered. */
  tick(): Promise<void>;
  snapshot(): CarriersSnapshot;
  restore(snapshot: CarriersSnapshot): void;
  start(): void;
  stop(): Promise<void>;
}

const EASYPOST_RETRIES_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000];
const PUSH_TIMEOUT_MS = 7_000;
const MAX_REQUEST_RECORDS = 20_000;
const DEFAULT_RATES: Readonly<Record<RateName, RateLimit>> = {
  ups: { requests: 50, perMs: 1_000 },
  fedex: { requests: 1_400, perMs: 10_000 },
  easypost: { requests: 50, perMs: 1_000 },
  easypostIndex: { requests: 5, perMs: 1_000 },
};

function createPushes(options: SandboxCarriersOptions): Record<"ups" | "easypost", PushQueue> {
  const shared = {
    clock: options.clock,
    timeoutMs: PUSH_TIMEOUT_MS,
    ...(options.fetch ? { fetch: options.fetch } : {}),
  };
  const seed = options.seed ?? 1;
  const easypostRetries = options.easypostRetryDelaysMs ?? EASYPOST_RETRIES_MS;
  return {
    ups: new PushQueue({ ...shared, retryDelaysMs: [], seed: seed + 1 }),
    easypost: new PushQueue({ ...shared, retryDelaysMs: easypostRetries, seed: seed + 2 }),
  };
}

/** Keeps who asked what, so that a test can count requests per number and second. */
function createRequestLog(clock: Clock) {
  let records: CarrierRequestRecord[] = [];
  const remember =
    (carrierId: SandboxCarrierId): RequestHandler =>
    (request: Request, response, next) => {
      const path = request.path;
      response.once("close", () => {
        const status = response.headersSent ? response.statusCode : 0;
        records.push({ carrierId, at: clock.now().toISOString(), method: request.method, path, status });
        if (records.length > MAX_REQUEST_RECORDS) records = records.slice(-MAX_REQUEST_RECORDS / 2);
      });
      next();
    };
  return { remember, all: () => [...records] };
}

/** The servers that need nothing but their own file, each with a queue for its webhooks. */
function createMore(options: SandboxCarriersOptions) {
  const { world, clock } = options;
  const servers = new Map<string, SandboxCarrierServer>();
  const queues: PushQueue[] = [];
  Object.values(MORE_CARRIERS).forEach((carrier, index) => {
    const pushes = new PushQueue({
      clock,
      timeoutMs: PUSH_TIMEOUT_MS,
      retryDelaysMs: carrier.retryDelaysMs ?? [],
      seed: (options.seed ?? 1) + 10 + index,
      ...(options.fetch ? { fetch: options.fetch } : {}),
    });
    queues.push(pushes);
    const server = carrier.create({
      ...{ world, clock, pushes },
      rate: (limit) => createRateWindow(clock, limit),
      tokens: (lifetimeSeconds) => createBearerTokens(clock, lifetimeSeconds),
    });
    servers.set(carrier.id, server);
  });
  return { servers, queues };
}

/** What the servers keep, before any route. */
function createParts(options: SandboxCarriersOptions) {
  const { world, clock } = options;
  const pushes = createPushes(options);
  const trackers = new EasypostTrackers(world, options.easypostFirstAnswerMs ?? 1_000);
  return {
    pushes,
    trackers,
    tokens: {
      ups: createBearerTokens(clock, options.tokenLifetimeSeconds?.ups ?? 14_399),
      fedex: createBearerTokens(clock, options.tokenLifetimeSeconds?.fedex ?? 3_599),
    },
    upsAlerts: new UpsAlerts(world, pushes.ups),
    easypostWebhooks: new EasypostWebhooks({ clock, trackers, queue: pushes.easypost }),
    faults: createCarrierFaults(options.seed ?? 1),
    log: createRequestLog(clock),
    more: createMore(options),
  };
}

function createRouter(options: SandboxCarriersOptions, parts: ReturnType<typeof createParts>): Router {
  const { world, clock } = options;
  const { tokens, trackers, easypostWebhooks: webhooks, upsAlerts: alerts, faults, log } = parts;
  const rate = (name: RateName) => createRateWindow(clock, options.rateLimits?.[name] ?? DEFAULT_RATES[name]);
  const router = express.Router();
  const mount = (carrierId: SandboxCarrierId, refusals: ProviderRefusals, server: Router) => {
    const suffer = sufferFaults({ carrierId, faults, refusals, slowMs: options.slowMs ?? 12_000 });
    router.use(`/${carrierId}`, log.remember(carrierId), suffer, server);
  };
  mount("ups", UPS_REFUSALS, createUpsRouter({ world, tokens: tokens.ups, alerts, rate: rate("ups") }));
  mount("fedex", FEDEX_REFUSALS, createFedexRouter({ world, tokens: tokens.fedex, rate: rate("fedex") }));
  const easypost = { world, trackers, webhooks, rate: rate("easypost"), indexRate: rate("easypostIndex") };
  mount("easypost", EASYPOST_REFUSALS, createEasypostRouter(easypost));
  for (const [id, server] of parts.more.servers) mount(id, server.refusals, server.router);
  return router;
}

/** Every carrier as a loopback server over one world. */
export function createSandboxCarriers(options: SandboxCarriersOptions): SandboxCarriers {
  const parts = createParts(options);
  const { upsAlerts, easypostWebhooks, trackers, pushes, faults, tokens, more } = parts;
  async function tick(): Promise<void> {
    upsAlerts.collectDue();
    easypostWebhooks.collectDue();
    for (const server of more.servers.values()) server.collectDue?.();
    await Promise.all([pushes.ups, pushes.easypost, ...more.queues].map((queue) => queue.flush()));
  }
  return {
    router: createRouter(options, parts),
    faults,
    pushes,
    tokens,
    upsAlerts,
    easypostWebhooks,
    more: more.servers,
    requests: parts.log.all,
    snapshot: () => ({
      ups: upsAlerts.snapshot(),
      easypost: { hooks: easypostWebhooks.list(), trackers: trackers.list() },
      more: Object.fromEntries([...more.servers].map(([id, server]) => [id, server.snapshot?.() ?? null])),
    }),
    restore(saved) {
      upsAlerts.restore(saved.ups);
      easypostWebhooks.restore(saved.easypost.hooks);
      trackers.restore(saved.easypost.trackers);
      for (const [id, server] of more.servers) server.restore?.(saved.more?.[id] ?? null);
    },
    tick,
    ...createTicker(tick, options.tickMs ?? 250),
  };
}
