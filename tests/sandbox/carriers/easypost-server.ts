import type { RequestHandler, Response, Router } from "express";
import express from "express";

import type { World } from "../world.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import { readBasic } from "./bearer-tokens.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { SANDBOX_CREDENTIALS } from "./credentials.ts";
import type { EasypostTrackers } from "./easypost-trackers.ts";
import type { EasypostHook, EasypostWebhooks } from "./easypost-webhooks.ts";
import type { RateDecision } from "./rate-window.ts";
import { isRecord, jsonBody, rawBody } from "./read-body.ts";

function easypostError(response: Response, status: number, error: { code: string; message: string }): void {
  response.status(status).json({ error: { ...error, errors: [] } });
}

/** EasyPost's bodies for faults that any endpoint can answer with. */
export const EASYPOST_REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) =>
    easypostError(response.set("Retry-After", "1"), 429, {
      code: "RATE_LIMITED",
      message:
        "You have been temporarily rate-limited due to excessive resource consumption. Please try again shortly.",
    }),
  server_error: (_request, response) =>
    easypostError(response, 500, {
      code: "INTERNAL_SERVER_ERROR",
      message: "We're sorry, something went wrong. If the problem persists please contact support.",
    }),
  forbidden: (_request, response) =>
    easypostError(response, 403, {
      code: "FORBIDDEN",
      message: "This api key is not authorized to access this resource.",
    }),
};

export interface EasypostServer {
  world: World;
  trackers: EasypostTrackers;
  webhooks: EasypostWebhooks;
  rate: () => RateDecision;
  /** Index endpoints have a tighter limit of their own. */
  indexRate: () => RateDecision;
}

/** The API key is the user name of Basic authentication; the newer clients send it as a bearer token. */
function requireKey({ rate }: EasypostServer): RequestHandler {
  return (request, response, next) => {
    const header = request.get("authorization");
    const key = readBasic(header)?.user ?? /^Bearer (\S+)$/.exec(header ?? "")?.[1];
    if (key === undefined) {
      return easypostError(response, 401, {
        code: "UNAUTHORIZED",
        message: "Please provide an API key to access this resource.",
      });
    }
    if (key !== SANDBOX_CREDENTIALS.easypost.apiKey) {
      return easypostError(response, 401, {
        code: "APIKEY.INACTIVE",
        message: "This api key is no longer active. Please use a different api key or reactivate this key.",
      });
    }
    return rate().allowed ? next() : EASYPOST_REFUSALS.rate_limited(request, response, next);
  };
}

const notFound = (response: Response) =>
  easypostError(response, 404, { code: "NOT_FOUND", message: "The requested resource could not be found." });

/** A nested `{tracker: {…}}` body; the flat form is accepted as EasyPost does. */
function unwrap(body: unknown, name: string): Record<string, unknown> {
  if (!isRecord(body)) return {};
  const nested = body[name];
  return isRecord(nested) ? nested : body;
}

function createTracker({ trackers, world }: EasypostServer): RequestHandler {
  return (request, response) => {
    const { tracking_code: code, carrier } = unwrap(jsonBody(request.body), "tracker");
    if (typeof code !== "string" || !/^[A-Za-z0-9 -]{4,40}$/.test(code)) {
      return easypostError(response, 422, {
        code: "TRACKER.CREATE.ERROR",
        message: "Unable to create tracker: tracking_code is invalid.",
      });
    }
    if (carrier !== undefined && carrier !== null && (typeof carrier !== "string" || carrier === "")) {
      return easypostError(response, 422, {
        code: "TRACKER.CREATE.ERROR",
        message: "Unable to create tracker: carrier is invalid.",
      });
    }
    const detected = world.parcel(code)?.company ?? "USPS";
    const tracker = trackers.create(normaliseNumber(code), typeof carrier === "string" ? carrier : detected);
    response.status(201).json(trackers.render(tracker));
  };
}

function listTrackers({ trackers, indexRate }: EasypostServer): RequestHandler {
  return (request, response, next) => {
    if (!indexRate().allowed) return EASYPOST_REFUSALS.rate_limited(request, response, next);
    const { tracking_code: code, carrier, before_id: beforeId, page_size: size } = request.query;
    const pageSize = Math.min(100, Math.max(1, Math.trunc(Number(size ?? 30)) || 30));
    const all = trackers.list();
    const start = typeof beforeId === "string" ? all.findIndex((tracker) => tracker.id === beforeId) + 1 : 0;
    const matching = all
      .slice(start)
      .filter((tracker) => code === undefined || tracker.trackingCode === code)
      .filter((tracker) => carrier === undefined || tracker.carrier === carrier);
    response.json({
      trackers: matching.slice(0, pageSize).map((tracker) => trackers.render(tracker)),
      has_more: matching.length > pageSize,
    });
  };
}

function retrieveTracker({ trackers }: EasypostServer): RequestHandler {
  return (request, response) => {
    const tracker = trackers.find(String(request.params["id"]));
    return tracker === null ? notFound(response) : void response.json(trackers.render(tracker));
  };
}

function renderHook(hook: EasypostHook): unknown {
  return {
    id: hook.id,
    object: "Webhook",
    mode: "production",
    url: hook.url,
    created_at: hook.createdAt,
    disabled_at: null,
  };
}

function createHook({ webhooks }: EasypostServer): RequestHandler {
  return (request, response) => {
    const { url, webhook_secret: secret } = unwrap(jsonBody(request.body), "webhook");
    if (typeof url !== "string" || !/^https?:/.test(url) || !URL.canParse(url)) {
      return easypostError(response, 422, {
        code: "WEBHOOK.CREATE.ERROR",
        message: "Unable to create webhook: url is invalid.",
      });
    }
    response
      .status(201)
      .json(renderHook(webhooks.create(url, typeof secret === "string" && secret !== "" ? secret : null)));
  };
}

function updateHook({ webhooks }: EasypostServer): RequestHandler {
  return (request, response) => {
    const id = String(request.params["id"]);
    const { webhook_secret: secret } = unwrap(jsonBody(request.body), "webhook");
    const hook = typeof secret === "string" ? webhooks.update(id, secret) : webhooks.find(id);
    return hook === null ? notFound(response) : void response.json(renderHook(hook));
  };
}

/** The EasyPost endpoints under one router; its paths carry `/v2` as the public host's do. */
export function createEasypostRouter(server: EasypostServer): Router {
  const { webhooks } = server;
  const router = express.Router();
  router.use(rawBody("256kb"), requireKey(server));
  router.route("/v2/trackers").post(createTracker(server)).get(listTrackers(server));
  router.get("/v2/trackers/:id", retrieveTracker(server));
  router
    .route("/v2/webhooks")
    .post(createHook(server))
    .get((_request, response) => void response.json({ webhooks: webhooks.list().map(renderHook) }));
  router
    .route("/v2/webhooks/:id")
    .get((request, response) => {
      const hook = webhooks.find(request.params.id);
      return hook === null ? notFound(response) : void response.json(renderHook(hook));
    })
    .patch(updateHook(server))
    .put(updateHook(server))
    .delete((request, response) => (webhooks.remove(request.params.id) ? void response.json({}) : notFound(response)));
  router.use((_request, response) => notFound(response));
  return router;
}
