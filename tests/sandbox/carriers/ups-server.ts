import type { RequestHandler, Response, Router } from "express";
import express from "express";

import type { World } from "../world.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { BearerTokens } from "./bearer-tokens.ts";
import { readBasic } from "./bearer-tokens.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { SANDBOX_CREDENTIALS } from "./credentials.ts";
import type { RateDecision } from "./rate-window.ts";
import { formBody, jsonBody, rawBody } from "./read-body.ts";
import type { UpsAlerts } from "./ups-alerts.ts";
import { upsAnswer, upsNotFound } from "./ups-answer.ts";

function upsError(response: Response, status: number, error: { code: string; message: string }): void {
  response.status(status).json({ response: { errors: [error] } });
}

/** UPS's bodies for faults that any endpoint can answer with. */
export const UPS_REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) =>
    upsError(response.set("Retry-After", "2"), 429, { code: "10429", message: "Too Many Requests" }),
  server_error: (_request, response) =>
    upsError(response, 503, {
      code: "10004",
      message: "Something went wrong while processing your request, please try again later",
    }),
  forbidden: (_request, response) => upsError(response, 403, { code: "10403", message: "Blocked Merchant" }),
};

export interface UpsServer {
  world: World;
  tokens: BearerTokens;
  alerts: UpsAlerts;
  rate: () => RateDecision;
}

/** `POST /security/v1/oauth/token`: client credentials in a Basic header, form body; numbers come as strings. */
function issueToken(server: UpsServer): RequestHandler {
  return (request, response) => {
    const basic = readBasic(request.get("authorization"));
    const { clientId, clientSecret } = SANDBOX_CREDENTIALS.ups;
    if (basic === null)
      return upsError(response, 400, { code: "10400", message: "Invalid/Missing Authorization Header" });
    if (basic.user !== clientId) return upsError(response, 401, { code: "10401", message: "ClientId is Invalid" });
    if (basic.password !== clientSecret)
      return upsError(response, 401, { code: "10401", message: "Invalid Client Secret" });
    if (formBody(request.body).get("grant_type") !== "client_credentials") {
      return upsError(response, 400, { code: "10400", message: "Unsupported grant type" });
    }
    response.json({
      token_type: "Bearer",
      issued_at: String(server.world.clock.now().getTime()),
      client_id: clientId,
      access_token: server.tokens.issue(),
      scope: "public",
      expires_in: String(server.tokens.lifetimeSeconds),
      refresh_count: "0",
      status: "approved",
    });
  };
}

function requireToken(server: UpsServer): RequestHandler {
  return (request, response, next) => {
    switch (server.tokens.check(request.get("authorization"))) {
      case "valid":
        return server.rate().allowed ? next() : UPS_REFUSALS.rate_limited(request, response, next);
      case "expired":
        return upsError(response, 401, { code: "251004", message: "Bearer Token expired" });
      case "unknown":
        return upsError(response, 401, { code: "250002", message: "Invalid Authentication Information" });
    }
  };
}

/** Both headers are mandatory; the codes differ between tracking (TV…) and Track Alert (VSS…). */
function requireTransaction(codes: { transId: string; transactionSrc: string }): RequestHandler {
  return (request, response, next) => {
    if (!request.get("transId")) return upsError(response, 400, { code: codes.transId, message: "Missing transId" });
    if (!request.get("transactionSrc"))
      return upsError(response, 400, { code: codes.transactionSrc, message: "Missing transactionSrc" });
    next();
  };
}

function trackDetails({ world }: UpsServer): RequestHandler {
  return (request, response) => {
    const number = normaliseNumber(String(request.params["number"]));
    if (!/^[A-Z0-9]{7,34}$/.test(number))
      return upsError(response, 400, { code: "TV1002", message: "Invalid inquiry number" });
    const parcel = world.parcel(number);
    response.json(parcel === null || parcel.carrierId !== "ups" ? upsNotFound(number) : upsAnswer(world, parcel));
  };
}

function subscribePackages({ alerts }: UpsServer, version: "v1" | "v2"): RequestHandler {
  return (request, response) => {
    if (!request.is("application/json"))
      return upsError(response, 400, { code: "10007", message: "Requested Content Type is not supported" });
    const outcome = alerts.subscribe(version, jsonBody(request.body));
    if (outcome.kind === "subscribed") {
      response.json({
        validTrackingNumbers: outcome.valid,
        ...(outcome.invalid.length > 0 ? { invalidTrackingNumbers: outcome.invalid } : {}),
      });
      return;
    }
    const { code, message, invalid } = outcome;
    response.status(400).json({ invalidTrackingNumbers: invalid, response: { errors: [{ code, message }] } });
  };
}

/** The UPS endpoints under one router; mount it where `UPS_BASE_URL` points. */
export function createUpsRouter(server: UpsServer): Router {
  const router = express.Router();
  router.use(rawBody("256kb"));
  router.post("/security/v1/oauth/token", issueToken(server));
  const tracked = requireTransaction({ transId: "TV1001", transactionSrc: "TV1003" });
  router.get("/api/track/v1/details/:number", requireToken(server), tracked, trackDetails(server));
  const alerted = requireTransaction({ transId: "VSS002", transactionSrc: "VSS004" });
  for (const version of ["v1", "v2"] as const) {
    const path = `/api/track/${version}/subscription/:type(standard|enhanced)/package`;
    router.post(path, requireToken(server), alerted, subscribePackages(server, version));
  }
  router.use((_request, response) =>
    upsError(response, 404, { code: "404", message: "The requested resource was not found." }),
  );
  return router;
}
