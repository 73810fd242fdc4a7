import { randomUUID } from "node:crypto";

import type { Request, RequestHandler, Response, Router } from "express";
import express from "express";

import type { World } from "../world.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { BearerTokens } from "./bearer-tokens.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { SANDBOX_CREDENTIALS } from "./credentials.ts";
import { fedexNotFound, fedexResult } from "./fedex-answer.ts";
import type { RateDecision } from "./rate-window.ts";
import { formBody, isRecord, jsonBody, rawBody } from "./read-body.ts";

/** Most numbers in one question. */
const MAX_NUMBERS = 30;

/** Every FedEx answer starts with its own transaction id and, when the caller gave one, the caller's. */
function envelope(request: Request): Record<string, string> {
  const own = request.get("x-customer-transaction-id");
  return { transactionId: randomUUID(), ...(own ? { customerTransactionId: own } : {}) };
}

interface FedexError {
  status: number;
  code: string;
  message: string;
}

function fedexError(request: Request, response: Response, { status, code, message }: FedexError): void {
  response.status(status).json({ ...envelope(request), errors: [{ code, message }] });
}

const RETRY_LATER = "Please check back at a later time.";

/** FedEx's bodies for faults that any endpoint can answer with. */
export const FEDEX_REFUSALS: ProviderRefusals = {
  rate_limited: (request, response) =>
    fedexError(request, response.set("Retry-After", "10"), {
      status: 429,
      code: "TOO.MANY.REQUESTS",
      message: "We have received too many requests in a short duration. Please wait a while to try again.",
    }),
  server_error: (request, response) =>
    fedexError(request, response, {
      status: 503,
      code: "SERVICE.UNAVAILABLE.ERROR",
      message: `The service is currently unavailable and we are working to resolve the issue. ${RETRY_LATER}`,
    }),
  forbidden: (request, response) =>
    fedexError(request, response, {
      status: 403,
      code: "FORBIDDEN.ERROR",
      message: "We could not authorize your credentials. Please check your permissions and try again.",
    }),
};

export interface FedexServer {
  world: World;
  tokens: BearerTokens;
  rate: () => RateDecision;
}

/** `POST /oauth/token`: everything in the form body; the lifetime is a number here. */
function issueToken({ tokens }: FedexServer): RequestHandler {
  return (request, response) => {
    const form = formBody(request.body);
    const { clientId, clientSecret } = SANDBOX_CREDENTIALS.fedex;
    if (!request.is("application/x-www-form-urlencoded") || form.get("grant_type") !== "client_credentials") {
      return fedexError(request, response, {
        status: 400,
        code: "BAD.REQUEST.ERROR",
        message: "Missing or duplicate parameters. Please modify your request and try again.",
      });
    }
    if (form.get("client_id") !== clientId || form.get("client_secret") !== clientSecret) {
      return fedexError(request, response, {
        status: 401,
        code: "NOT.AUTHORIZED.ERROR",
        message: "The given client credentials were not valid. Please modify your request and try again.",
      });
    }
    response.json({
      access_token: tokens.issue(),
      token_type: "bearer",
      expires_in: tokens.lifetimeSeconds,
      scope: "CXS",
    });
  };
}

function requireToken(server: FedexServer): RequestHandler {
  return (request, response, next) => {
    switch (server.tokens.check(request.get("authorization"))) {
      case "valid":
        return server.rate().allowed ? next() : FEDEX_REFUSALS.rate_limited(request, response, next);
      case "expired":
        return fedexError(request, response, {
          status: 401,
          code: "NOT.AUTHORIZED.ERROR",
          message: "Access token expired. Please modify your request and try again.",
        });
      case "unknown":
        return fedexError(request, response, {
          status: 401,
          code: "NOT.AUTHORIZED.ERROR",
          message: "The given JWT is invalid. Please modify your request and try again.",
        });
    }
  };
}

const invalid = (code: string, message: string): FedexError => ({ status: 400, code, message });

/** The asked numbers, or why the question is refused. */
function readNumbers(body: unknown): string[] | FedexError {
  if (!isRecord(body)) return invalid("INVALID.INPUT.EXCEPTION", "Invalid field value in the input");
  if (typeof body["includeDetailedScans"] !== "boolean") {
    return invalid("INVALID.INPUT.EXCEPTION", "Invalid field value in the input: includeDetailedScans");
  }
  const infos = body["trackingInfo"];
  if (!Array.isArray(infos) || infos.length === 0)
    return invalid("TRACKING.TRACKINGNUMBER.EMPTY", "Please provide tracking number.");
  if (infos.length > MAX_NUMBERS) {
    return invalid("TRACKING.TRACKINGINFO.TOOMANY", `Please limit your inquiry to ${MAX_NUMBERS} tracking numbers.`);
  }
  const numbers = infos.map((info: unknown) => {
    const numberInfo = isRecord(info) ? info["trackingNumberInfo"] : undefined;
    const number = isRecord(numberInfo) ? numberInfo["trackingNumber"] : undefined;
    return typeof number === "string" ? normaliseNumber(number) : "";
  });
  return numbers.includes("") ? invalid("TRACKING.TRACKINGNUMBER.EMPTY", "Please provide tracking number.") : numbers;
}

function trackNumbers({ world }: FedexServer): RequestHandler {
  return (request, response) => {
    if (!request.is("application/json")) {
      const message = "The requested media type is not supported. Please modify your request and try again.";
      return fedexError(request, response, { status: 415, code: "UNSUPPORTED.MEDIA.TYPE", message });
    }
    const body = jsonBody(request.body);
    const numbers = readNumbers(body);
    if (!Array.isArray(numbers)) return fedexError(request, response, numbers);
    const detailed = isRecord(body) && body["includeDetailedScans"] === true;
    const completeTrackResults = numbers.map((number) => {
      const parcel = world.parcel(number);
      return parcel === null || parcel.carrierId !== "fedex"
        ? fedexNotFound(number)
        : fedexResult(world, parcel, detailed);
    });
    response.json({ ...envelope(request), output: { completeTrackResults } });
  };
}

/** The FedEx endpoints under one router; mount it where `FEDEX_BASE_URL` points. */
export function createFedexRouter(server: FedexServer): Router {
  const router = express.Router();
  router.use(rawBody("256kb"));
  router.post("/oauth/token", issueToken(server));
  router.post("/track/v1/trackingnumbers", requireToken(server), trackNumbers(server));
  router.use((request, response) =>
    fedexError(request, response, {
      status: 404,
      code: "NOT.FOUND.ERROR",
      message: "The resource you requested is no longer available. Please modify your request and try again.",
    }),
  );
  return router;
}
