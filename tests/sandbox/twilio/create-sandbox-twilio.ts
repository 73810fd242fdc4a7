import type { RequestHandler, Router } from "express";
import express from "express";

import type { Clock } from "#app/lib/clock.ts";

import { PushQueue } from "../carriers/push-queue.ts";
import type { RateLimit } from "../carriers/rate-window.ts";
import { createRateWindow } from "../carriers/rate-window.ts";
import { rawBody } from "../carriers/read-body.ts";
import type { RequestRecord } from "../request-log.ts";
import { createRequestLog } from "../request-log.ts";
import type { ResendFaults } from "../resend/resend-faults.ts";
import { createResendFaults } from "../resend/resend-faults.ts";
import { createTicker } from "../world/ticker.ts";
import { fetchAccount, fetchService, listNumbers, updateNumber } from "./account-endpoints.ts";
import { TWILIO_ACCOUNT } from "./account.ts";
import type { InboundTexts } from "./inbound-texts.ts";
import { createInboundTexts, readTwiml } from "./inbound-texts.ts";
import type { TextServer } from "./message-endpoints.ts";
import { createMessage, fetchMessage, listMessages } from "./message-endpoints.ts";
import { createOptOuts } from "./opt-outs.ts";
import type { SentText, SentTexts } from "./sent-texts.ts";
import { createSentTexts } from "./sent-texts.ts";
import type { TextCallbacks } from "./text-callbacks.ts";
import { createTextCallbacks } from "./text-callbacks.ts";
import { AUTHENTICATE, badRequest, notFound, sendError, TOO_MANY_REQUESTS } from "./twilio-error.ts";

export interface SandboxTwilioOptions {
  clock: Clock;
  /** Default 100 requests per second, for the whole account. */
  rateLimit?: RateLimit;
  /** Silence of the faults `hang` and `late_answer`; default a minute. */
  hangMs?: number;
  seed?: number;
  /** Number prefixes that the account's geographic permissions leave out; none by default. */
  closedPrefixes?: readonly string[];
  callbackRetryDelaysMs?: readonly number[];
  tickMs?: number;
  fetch?: typeof globalThis.fetch;
}

export interface TwilioSnapshot {
  texts: SentText[];
  stopped: string[];
  webhooks: Record<string, string>;
}

export interface SandboxTwilio {
  /** Twilio's paths (`/2010-04-01/…`, `/v1/Services/…`): mount it where `TWILIO_BASE_URL` points. */
  router: Router;
  /** Everything that was accepted; `texts.outbound()` is what exactly-once tests count. */
  texts: SentTexts;
  /** `rate_limited` 429, `server_error` 500, `hang`, `late_answer`, `accepted_then_reset`, in shares of the sends. */
  faults: ResendFaults;
  pushes: PushQueue;
  inbound: InboundTexts;
  /** Every request that reached the server, oldest first, bounded: what rate tests count. */
  requests(): RequestRecord[];
  snapshot(): TwilioSnapshot;
  restore(snapshot: TwilioSnapshot): void;
  tick(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/** Twilio repeats a callback only when no connection could be made; the sandbox is kinder, so that a demo survives restarts. */
const RETRIES_MS = [1_000, 3_000, 9_000];

/** HTTP Basic: account SID and auth token, or a standard API key, which may not read the account itself. */
const requireKey: RequestHandler = (request, response, next) => {
  const encoded = /^Basic (\S+)$/.exec(request.get("authorization") ?? "")?.[1] ?? "";
  const [user = "", ...rest] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  const password = rest.join(":");
  const { accountSid, authToken, apiKeySid, apiKeySecret } = TWILIO_ACCOUNT;
  const owner = user === accountSid && password === authToken;
  const key = user === apiKeySid && password === apiKeySecret;
  if (owner || (key && !/^\/2010-04-01\/Accounts\/[^/]+\.json$/.test(request.path))) return next();
  sendError(response.set({ "www-authenticate": 'Basic realm="Twilio API"' }), AUTHENTICATE);
};

/** Another account's path is not there, as far as this key is concerned. */
const requireAccount: RequestHandler = (request, response, next) => {
  const account = /^\/2010-04-01\/Accounts\/([^/.]+)/.exec(request.path)?.[1];
  if (account === undefined || account === TWILIO_ACCOUNT.accountSid) return next();
  sendError(response, notFound(request.path));
};

/** Twilio reads forms, and nothing else. */
const requireForm: RequestHandler = (request, response, next) => {
  if (request.method !== "POST" || request.is("application/x-www-form-urlencoded")) return next();
  sendError(response, badRequest(20001, "The request must be application/x-www-form-urlencoded"));
};

function limitRate(clock: Clock, limit: RateLimit): RequestHandler {
  const decide = createRateWindow(clock, limit);
  return (_request, response, next) => {
    if (decide().allowed) return next();
    sendError(response, TOO_MANY_REQUESTS);
  };
}

function createRouter(server: TextServer, inbound: InboundTexts, edge: readonly RequestHandler[]): Router {
  const router = express.Router();
  router.use(...edge, requireKey, requireAccount, rawBody("1mb"), requireForm);
  const account = "/2010-04-01/Accounts/:account";
  router.route(`${account}/Messages.json`).post(createMessage(server)).get(listMessages(server));
  router.get(`${account}/Messages/:file`, fetchMessage(server));
  router.get(`${account}/IncomingPhoneNumbers.json`, listNumbers(inbound));
  router.post(`${account}/IncomingPhoneNumbers/:file`, updateNumber(inbound));
  router.get("/v1/Services/:sid", fetchService(inbound));
  router.get("/2010-04-01/Accounts/:file", fetchAccount);
  router.use((request, response) => sendError(response, notFound(request.path)));
  return router;
}

/** The app's answers to inbound texts are TwiML: what it says goes back to the person. */
function answerWith(texts: SentTexts, send: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (url, init) => {
    const answer = await send(url, init);
    const fields = new URLSearchParams(String(init?.body ?? ""));
    const [from, to] = [fields.get("To"), fields.get("From")];
    if (!answer.ok || fields.get("SmsStatus") !== "received" || from === null || to === null) return answer;
    for (const body of readTwiml(await answer.clone().text())) {
      const content = { contentSid: null, contentVariables: {}, statusCallback: null, messagingServiceSid: null };
      texts.add({ ...content, from, to, body, validitySeconds: 36_000, smartEncoded: false }, "outbound-reply");
    }
    return answer;
  };
}

/** Twilio as a loopback server that the real SDK talks to; it keeps every message it accepted. */
export function createSandboxTwilio(options: SandboxTwilioOptions): SandboxTwilio {
  const { clock } = options;
  const texts = createSentTexts(clock);
  const faults = createResendFaults(options.seed ?? 1);
  const optOuts = createOptOuts();
  const pushes = new PushQueue({
    clock,
    timeoutMs: 15_000,
    retryDelaysMs: options.callbackRetryDelaysMs ?? RETRIES_MS,
    seed: (options.seed ?? 1) + 1,
    fetch: answerWith(texts, options.fetch ?? globalThis.fetch),
  });
  const callbacks: TextCallbacks = createTextCallbacks(clock, pushes);
  const inbound = createInboundTexts({ texts, optOuts, callbacks });
  const log = createRequestLog(clock);
  const rules = { closedPrefixes: options.closedPrefixes ?? [], isStopped: optOuts.isStopped };
  const hangMs = options.hangMs ?? 60_000;
  const server: TextServer = { clock, texts, faults, rules, hangMs, onAccepted: callbacks.accepted };
  const limit = limitRate(clock, options.rateLimit ?? { requests: 100, perMs: 1_000 });
  async function tick(): Promise<void> {
    callbacks.collectDue();
    await pushes.flush();
  }
  return {
    router: createRouter(server, inbound, [log.remember, limit]),
    ...{ texts, faults, pushes, inbound, requests: log.all, tick },
    snapshot: () => ({ texts: texts.all(), stopped: optOuts.snapshot(), webhooks: inbound.snapshot() }),
    restore(saved) {
      texts.restore(saved.texts);
      optOuts.restore(saved.stopped);
      inbound.restore(saved.webhooks);
    },
    ...createTicker(tick, options.tickMs ?? 250),
  };
}
