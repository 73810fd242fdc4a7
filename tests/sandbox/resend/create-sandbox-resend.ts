import type { RequestHandler, Router } from "express";
import express from "express";

import type { Clock } from "#app/lib/clock.ts";

import { PushQueue } from "../carriers/push-queue.ts";
import type { RateLimit } from "../carriers/rate-window.ts";
import { createRateWindow } from "../carriers/rate-window.ts";
import { rawBody } from "../carriers/read-body.ts";
import type { RequestRecord } from "../request-log.ts";
import { createRequestLog } from "../request-log.ts";
import { createTicker } from "../world/ticker.ts";
import { RESEND_ACCOUNT } from "./account.ts";
import { addDomainRoutes, renderDomainEvent } from "./domain-endpoints.ts";
import type { SavedKey } from "./idempotency-keys.ts";
import { createIdempotencyKeys } from "./idempotency-keys.ts";
import type { WebhookTarget } from "./mail-webhooks.ts";
import { createMailWebhooks } from "./mail-webhooks.ts";
import { listEmails, retrieveEmail } from "./read-endpoints.ts";
import { RATE_LIMITED, resendError, sendError } from "./resend-error.ts";
import type { ResendFaults } from "./resend-faults.ts";
import { createResendFaults } from "./resend-faults.ts";
import type { SendServer } from "./send-endpoints.ts";
import { sendBatch, sendEmail } from "./send-endpoints.ts";
import type { SenderDomain, SenderDomains } from "./sender-domains.ts";
import { createSenderDomains } from "./sender-domains.ts";
import type { SentMail, SentMails } from "./sent-mails.ts";
import { createSentMails } from "./sent-mails.ts";
import type { Suppression, Suppressions } from "./suppressions.ts";
import { addSuppressionRoutes, createSuppressions } from "./suppressions.ts";

export interface SandboxResendOptions {
  clock: Clock;
  /** Verified sender domains besides the account's own. */
  domains?: readonly string[];
  /** Default 5 requests per second, for the whole account. */
  rateLimit?: RateLimit;
  /** Silence of the faults `hang` and `late_answer`; default a minute. */
  hangMs?: number;
  seed?: number;
  webhook?: WebhookTarget | null;
  webhookRetryDelaysMs?: readonly number[];
  tickMs?: number;
  fetch?: typeof globalThis.fetch;
}

export interface ResendSnapshot {
  mails: SentMail[];
  keys: SavedKey[];
  domains?: SenderDomain[];
  suppressions?: Suppression[];
}

export interface SandboxResend {
  /** Resend's paths (`/emails` …): mount it where `RESEND_BASE_URL` points, before any body parser. */
  router: Router;
  mails: SentMails;
  domains: SenderDomains;
  /** Addresses that get nothing. */
  suppressions: Suppressions;
  faults: ResendFaults;
  pushes: PushQueue;
  /** Where signed webhooks go; null switches them off. */
  configureWebhook(target: WebhookTarget | null): void;
  /** Every request that reached the server, oldest first, bounded: what rate tests count. */
  requests(): RequestRecord[];
  /** Mails and idempotency keys, as plain JSON: a sandbox that forgot its keys would send twice what Resend would not. */
  snapshot(): ResendSnapshot;
  restore(snapshot: ResendSnapshot): void;
  tick(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/** Svix's schedule is hours long; here it is shortened so that a demo shows it. */
const WEBHOOK_RETRIES_MS = [0, 1_000, 3_000, 9_000, 27_000, 60_000];

/** Resend's edge refuses clients without a name before the API sees them. */
const requireUserAgent: RequestHandler = (request, response, next) => {
  if (request.get("user-agent")) return next();
  response.status(403).type("text").send("error code: 1010");
};

const requireKey: RequestHandler = (request, response, next) => {
  const key = /^Bearer (\S+)$/.exec(request.get("authorization") ?? "")?.[1];
  if (key === undefined)
    return sendError(response, resendError(401, "missing_api_key", "Missing API key in the authorization header."));
  const sending = request.method === "POST" && /^\/emails(\/batch)?$/.test(request.path);
  if (key === RESEND_ACCOUNT.apiKey || (key === RESEND_ACCOUNT.sendingKey && sending)) return next();
  const error =
    key === RESEND_ACCOUNT.sendingKey
      ? resendError(401, "restricted_api_key", "This API key is restricted to only send emails.")
      : resendError(403, "invalid_api_key", "API key is invalid.");
  sendError(response, error);
};

/** Counts every request of the account and tells the state in the headers, on refusals too. */
function limitRate(clock: Clock, limit: RateLimit): RequestHandler {
  const decide = createRateWindow(clock, limit);
  return (_request, response, next) => {
    const { allowed, limit: size, remaining, resetSeconds } = decide();
    response.set({
      "ratelimit-limit": String(size),
      "ratelimit-remaining": String(remaining),
      "ratelimit-reset": String(resetSeconds),
      "ratelimit-policy": `${limit.requests};w=${Math.max(1, Math.ceil(limit.perMs / 1000))}`,
    });
    if (allowed) return next();
    sendError(response.set({ "retry-after": String(resetSeconds) }), RATE_LIMITED);
  };
}

const readBody = rawBody("55mb");

/** Reads the body; one beyond the size that Resend takes is refused in its own format. */
const boundedBody: RequestHandler = (request, response, next) => {
  readBody(request, response, (error?: unknown) => {
    const type = typeof error === "object" && error !== null && "type" in error ? error.type : null;
    if (type !== "entity.too.large") return next(error);
    sendError(response, resendError(413, "validation_error", "The request body is too large."));
  });
};

type Books = Pick<SandboxResend, "domains" | "suppressions">;

function createRouter(server: SendServer, { domains, suppressions }: Books, edge: readonly RequestHandler[]): Router {
  const router = express.Router();
  router.use(...edge, boundedBody);
  router.route("/emails").post(sendEmail(server)).get(listEmails(server.mails));
  router.post("/emails/batch", sendBatch(server));
  router.get("/emails/:id", retrieveEmail(server.mails));
  addDomainRoutes(router, domains);
  addSuppressionRoutes(router, suppressions);
  router.all(
    [
      ...["/emails", "/emails/batch", "/emails/:id", "/domains", "/domains/:id", "/domains/:id/verify"],
      ...["/suppressions", "/suppressions/:id"],
    ],
    (_request, response) =>
      sendError(response, resendError(405, "method_not_allowed", "This endpoint does not support this method.")),
  );
  router.use((_request, response) =>
    sendError(response, resendError(404, "not_found", "The requested endpoint does not exist.")),
  );
  return router;
}

function createPushes(options: SandboxResendOptions): PushQueue {
  return new PushQueue({
    clock: options.clock,
    timeoutMs: 15_000,
    retryDelaysMs: options.webhookRetryDelaysMs ?? WEBHOOK_RETRIES_MS,
    seed: (options.seed ?? 1) + 1,
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
}

/** Resend as a loopback server that the real SDK talks to; it keeps every mail it accepted. */
export function createSandboxResend(options: SandboxResendOptions): SandboxResend {
  const { clock } = options;
  const suppressions = createSuppressions(clock);
  const mails = createSentMails(clock, (address) => suppressions.find(address) !== null);
  const faults = createResendFaults(options.seed ?? 1);
  const pushes = createPushes(options);
  const webhooks = createMailWebhooks(clock, pushes);
  webhooks.configure(options.webhook ?? null);
  const log = createRequestLog(clock);
  const domains = createSenderDomains(clock, [...RESEND_ACCOUNT.domains, ...(options.domains ?? [])]);
  const server: SendServer = {
    mails,
    faults,
    keys: createIdempotencyKeys(clock),
    isVerified: (name) => domains.all().some((domain) => domain.name === name && domain.status === "verified"),
    hangMs: options.hangMs ?? 60_000,
    onAccepted: webhooks.accepted,
  };
  const limit = limitRate(clock, options.rateLimit ?? { requests: 5, perMs: 1_000 });
  async function tick(): Promise<void> {
    for (const domain of domains.settle()) webhooks.domainUpdated(renderDomainEvent(domain));
    webhooks.collectDue();
    await pushes.flush();
  }
  return {
    router: createRouter(server, { domains, suppressions }, [log.remember, requireUserAgent, requireKey, limit]),
    ...{ mails, domains, suppressions },
    faults,
    pushes,
    configureWebhook: webhooks.configure,
    requests: log.all,
    snapshot: () => ({
      mails: mails.all(),
      keys: server.keys.snapshot(),
      domains: domains.all(),
      suppressions: suppressions.all(),
    }),
    restore(saved) {
      mails.restore(saved.mails);
      server.keys.restore(saved.keys);
      domains.restore(saved.domains ?? []);
      suppressions.restore(saved.suppressions ?? []);
    },
    tick,
    ...createTicker(tick, options.tickMs ?? 250),
  };
}
