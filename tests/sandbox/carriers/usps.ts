import type { RequestHandler, Response, Router } from "express";
import express from "express";

import { normaliseNumber } from "../world/normalise-number.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import type { RateDecision } from "./rate-window.ts";
import { isRecord, jsonBody, rawBody } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";
import { uspsAnswer } from "./usps-answer.ts";
import { UspsSubscriptions } from "./usps-subscriptions.ts";

const CREDENTIALS = { clientId: "sandbox-usps-key", clientSecret: "sandbox-usps-secret" };
/** USPS's 60 calls an hour; the sandbox's hour has passed after a minute, as its parcels hurry too. */
const QUOTA = { requests: 60, perMs: 60_000 };
const TOKEN_SECONDS = 28_799;

function uspsError(response: Response, status: number, message: string): void {
  response.status(status).json({ apiVersion: "/tracking/v3", error: { code: String(status), message, errors: [] } });
}

function oauthError(response: Response, status: number, [code, description]: [string, string]): void {
  response.status(status).json({ error: code, error_description: description });
}

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) => uspsError(response.set("Retry-After", "30"), 429, "Too many requests."),
  server_error: (_request, response) => uspsError(response, 503, "The service is unavailable."),
  forbidden: (_request, response) => uspsError(response, 403, "Access to the tracking data is not allowed."),
};

/** `POST /oauth2/v3/token`; a call for a token counts against the quota like any other. */
function issueToken(parts: SandboxCarrierParts, tokens: ReturnType<SandboxCarrierParts["tokens"]>): RequestHandler {
  return (request, response) => {
    const body = request.is("application/json") ? jsonBody(request.body) : undefined;
    if (!isRecord(body)) return oauthError(response, 400, ["invalid_request", "The request is not readable."]);
    if (body["grant_type"] !== "client_credentials") {
      return oauthError(response, 400, ["unsupported_grant_type", "The grant type is not supported."]);
    }
    if (body["client_id"] !== CREDENTIALS.clientId || body["client_secret"] !== CREDENTIALS.clientSecret) {
      return oauthError(response, 401, ["invalid_client", "Client authentication failed."]);
    }
    response.json({
      access_token: tokens.issue(),
      token_type: "Bearer",
      issued_at: parts.clock.now().getTime(),
      expires_in: tokens.lifetimeSeconds,
      status: "approved",
      scope: "tracking",
    });
  };
}

function trackNumber({ world }: SandboxCarrierParts): RequestHandler {
  return (request, response) => {
    const number = normaliseNumber(String(request.params["number"]));
    if (request.query["expand"] !== undefined && !/^(?:SUMMARY|DETAIL)$/.test(String(request.query["expand"]))) {
      return uspsError(response, 400, "The value of expand is not valid.");
    }
    const parcel = world.parcel(number);
    const answer = parcel?.carrierId === "usps" ? uspsAnswer(world, parcel) : null;
    if (answer === null) return uspsError(response, 404, "The tracking number could not be found.");
    response.json(answer);
  };
}

function subscribeNumbers(subscriptions: UspsSubscriptions): RequestHandler {
  return (request, response) => {
    const outcome = subscriptions.subscribe(request.is("application/json") ? jsonBody(request.body) : undefined);
    if ("problem" in outcome) return uspsError(response, 400, outcome.problem);
    response.status(201).json({ subscriptionId: outcome.id, status: "ENABLED" });
  };
}

function createRouter(parts: SandboxCarrierParts, subscriptions: UspsSubscriptions): Router {
  const tokens = parts.tokens(TOKEN_SECONDS);
  const quota = parts.rate(QUOTA);
  const router = express.Router();
  router.use(rawBody("256kb"), keepQuota(quota));
  router.post("/oauth2/v3/token", issueToken(parts, tokens));
  const requireToken: RequestHandler = (request, response, next) =>
    tokens.check(request.get("authorization")) === "valid"
      ? next()
      : uspsError(response, 401, "The access token is invalid or has expired.");
  router.get("/tracking/v3/tracking/:number", requireToken, trackNumber(parts));
  router.post("/subscriptions-tracking/v3/subscriptions", requireToken, subscribeNumbers(subscriptions));
  router.use((_request, response) => uspsError(response, 404, "The resource could not be found."));
  return router;
}

function keepQuota(quota: () => RateDecision): RequestHandler {
  return (request, response, next) => (quota().allowed ? next() : REFUSALS.rate_limited(request, response, next));
}

/** Intelligent Mail package barcode: 21 digits and a check digit, weights 3 1 from the right. */
function makeNumber(serial: number): string {
  const body = `940550011037${String(serial % 1_000_000_000).padStart(9, "0")}`;
  const sum = [...body].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** USPS, Tracking API v3. */
export const usps: SandboxCarrier = {
  id: "usps",
  label: "USPS",
  company: "USPS",
  credentials: CREDENTIALS,
  makeNumber,
  retryDelaysMs: [1_000, 5_000],
  create(parts) {
    const subscriptions = new UspsSubscriptions(parts.world, parts.pushes);
    return {
      router: createRouter(parts, subscriptions),
      refusals: REFUSALS,
      collectDue: () => subscriptions.collectDue(),
      snapshot: () => subscriptions.snapshot(),
      restore: (saved) => subscriptions.restore(saved),
    };
  },
};
