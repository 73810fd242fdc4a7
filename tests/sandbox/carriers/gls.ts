import type { RequestHandler, Response } from "express";
import express from "express";

import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import { readBasic, type BearerTokens } from "./bearer-tokens.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { formBody, rawBody } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";
import { timeInZone } from "./scan-time.ts";

const CREDENTIALS = { clientId: "gls-sandbox-app", clientSecret: "gls-sandbox-secret" };
const MAX_PARCELS = 10;

/** GLS's code and words for a scan, and its state when this is the newest one. */
const WORDS: Readonly<Record<ScanKind, readonly [code: string, description: string, status: string]>> = {
  label: ["INTIAL.PREADVICE", "The parcel data was entered into the GLS IT system.", "PREADVICE"],
  accepted: ["INTIAL.NORMAL", "The parcel was handed over to GLS.", "INTRANSIT"],
  departed: ["OUTBOD.NORMAL", "The parcel has left the parcel center.", "INTRANSIT"],
  arrived: ["INBOUD.NORMAL", "The parcel has reached the parcel center.", "INTRANSIT"],
  arrived_destination: ["INBOUD.NORMAL", "The parcel has reached the parcel center.", "INTRANSIT"],
  customs_held: ["INBOUD.CUSTOMS", "The parcel is with customs.", "INTRANSIT"],
  customs_cleared: ["OUTBOD.NORMAL", "The parcel was cleared by customs.", "INTRANSIT"],
  weather_delay: ["INBOUD.WEATHER", "The parcel is delayed by the weather.", "INWAREHOUSE"],
  out_for_delivery: ["OUTDEL.NORMAL", "The parcel is expected to be delivered during the day.", "INDELIVERY"],
  attempted: ["NOTDEL.ABSENT", "The parcel could not be delivered: the consignee was absent.", "NOTDELIVERED"],
  available_for_pickup: ["DELIVD.PARCELSHOP", "The parcel has been delivered at the ParcelShop.", "DELIVEREDPS"],
  collected: ["DELIVD.DEL_BY_PSAPP", "The parcel was collected at the ParcelShop.", "DELIVERED"],
  refused: ["NOTDEL.REFUSED", "The parcel was refused.", "NOTDELIVERED"],
  returning: ["OUTBOD.NORMAL", "The parcel is being returned to the sender.", "INTRANSIT"],
  returned: ["DELIVD.NORMAL", "The parcel was returned to the sender.", "FINAL"],
  handed_over: ["OUTBOD.NORMAL", "The parcel was handed over to a partner.", "INTRANSIT"],
  declared_lost: ["NOTDEL.LOST", "The parcel is lost.", "NOTDELIVERED"],
  delivered: ["DELIVD.NORMAL", "The parcel has been delivered.", "DELIVERED"],
};

/** The body of the gateway in front of the service. */
function gatewayFault(response: Response, status: number, [errorcode, faultstring]: readonly [string, string]): void {
  response.status(status).json({ fault: { faultstring, detail: { errorcode } } });
}

function problem(response: Response, status: number, [title, detail]: readonly [string, string]): void {
  response.status(status).json({ type: "about:blank", title, status, detail });
}

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) =>
    gatewayFault(response, 429, [
      "policies.ratelimit.QuotaViolation",
      "Rate limit quota violation. Quota limit exceeded.",
    ]),
  server_error: (_request, response) => problem(response, 500, ["Internal Server Error", "Something went wrong"]),
  forbidden: (_request, response) =>
    gatewayFault(response, 403, ["oauth.v2.InvalidApiKeyForGivenResource", "Invalid ApiKey for given resource"]),
};

function issueToken(tokens: BearerTokens): RequestHandler {
  return (request, response) => {
    const basic = readBasic(request.get("authorization"));
    if (formBody(request.body).get("grant_type") !== "client_credentials") {
      return void response.status(400).json({ error: "invalid_request", error_description: "grant_type is required" });
    }
    if (basic?.user !== CREDENTIALS.clientId || basic.password !== CREDENTIALS.clientSecret) {
      return void response
        .status(401)
        .json({ error: "invalid_client", error_description: "Client credentials are invalid" });
    }
    response.json({ access_token: tokens.issue(), token_type: "Bearer", expires_in: tokens.lifetimeSeconds });
  };
}

function requireToken(tokens: BearerTokens, rate: () => { allowed: boolean }): RequestHandler {
  return (request, response, next) => {
    switch (tokens.check(request.get("authorization"))) {
      case "valid":
        return rate().allowed ? next() : REFUSALS.rate_limited(request, response, next);
      case "expired":
        return gatewayFault(response, 401, ["steps.jwt.TokenExpired", "The Token has expired: policy(Verify-JWT)"]);
      case "unknown":
        return gatewayFault(response, 401, ["steps.jwt.InvalidToken", "Invalid token: policy(Verify-JWT)"]);
    }
  };
}

/** "2024-10-07T10:46:14+0200", in the time of GLS's head office wherever the scan was. */
function glsTime(scan: Scan): string {
  const { local, offset } = timeInZone(scan, "Europe/Berlin");
  return `${local}${offset.replace(":", "")}`;
}

function parcelOf({ world }: SandboxCarrierParts, requested: string) {
  const scans = world.parcel(requested)?.carrierId === "gls" ? world.scans(requested) : [];
  const newest = scans.at(-1);
  if (!newest) return { requested, errorCode: "E_404_01", errorMessage: "Resource Not Found" };
  const events = scans.toReversed().map((scan) => ({
    code: WORDS[scan.kind][0],
    city: scan.kind === "label" ? "" : scan.place.city,
    postalCode: scan.kind === "label" ? "" : scan.place.zip,
    country: scan.place.country,
    description: WORDS[scan.kind][1],
    eventDateTime: glsTime(scan),
  }));
  return { requested, unitno: requested, status: WORDS[newest.kind][2], statusDateTime: glsTime(newest), events };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const tokens = parts.tokens(3_600);
  const router = express.Router();
  router.use(rawBody("16kb"));
  router.post("/oauth2/v2/token", issueToken(tokens));
  router.get(
    "/track-and-trace-v1/tracking/simple/trackids/:ids",
    // The real quota is 500 a day; a demo's day is a minute.
    requireToken(tokens, parts.rate({ requests: 500, perMs: 60_000 })),
    (request, response) => {
      const numbers = String(request.params["ids"]).split(",").map(normaliseNumber);
      if (numbers.length > MAX_PARCELS) {
        const detail = `Provided references of size '${numbers.length}' is more than allowed limit of ${MAX_PARCELS}`;
        return problem(response, 400, ["Bad Request", detail]);
      }
      response.json({ parcels: numbers.map((number) => parcelOf(parts, number)) });
    },
  );
  router.use((_request, response) => problem(response, 404, ["Not Found", "No static resource."]));
  return { router, refusals: REFUSALS };
}

export const gls: SandboxCarrier = {
  id: "gls",
  label: "GLS",
  company: "GLS",
  credentials: CREDENTIALS,
  /** Eleven digits: depot, then the parcel. */
  makeNumber: (serial) => `3630${String(serial % 10_000_000).padStart(7, "0")}`,
  create,
};
