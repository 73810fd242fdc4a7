import type { Request, RequestHandler, Response } from "express";
import express from "express";

import { arrivalOf } from "../world/journey.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import type { BearerTokens } from "./bearer-tokens.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { formBody, rawBody } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";

const CREDENTIALS = {
  clientId: "amzn1.application-oa2-client.sandbox",
  clientSecret: "amzn1.oa2-cs.v1.sandbox",
  refreshToken: "Atzr|sandbox-refresh-token",
  country: "US",
};

type Words = readonly [eventCode: string, status: string, way?: "RETURNS"];

/** Amazon's code for a scan, its state when this is the newest one, and the way the parcel goes. */
const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["ReadyForReceive", "PreTransit"],
  accepted: ["PickupDone", "InTransit"],
  departed: ["Departed", "InTransit"],
  arrived: ["ArrivedAtCarrierFacility", "InTransit"],
  arrived_destination: ["ArrivedAtCarrierFacility", "InTransit"],
  customs_held: ["ArrivedAtCarrierFacility", "InTransit"],
  customs_cleared: ["Departed", "InTransit"],
  weather_delay: ["RecipientRequestedAlternateDeliveryTiming", "InTransit"],
  out_for_delivery: ["OutForDelivery", "OutForDelivery"],
  attempted: ["DeliveryAttempted", "DeliveryAttempted"],
  available_for_pickup: ["AvailableForPickup", "AwaitingCustomerPickup"],
  collected: ["Delivered", "Delivered"],
  refused: ["Rejected", "Rejected"],
  returning: ["ReturnInitiated", "Undeliverable"],
  returned: ["Delivered", "Delivered", "RETURNS"],
  handed_over: ["Departed", "InTransit"],
  declared_lost: ["Lost", "Lost"],
  delivered: ["Delivered", "Delivered"],
};

interface AmazonFailure {
  status: number;
  code: string;
  message: string;
  details?: string;
}

function fail(response: Response, { status, code, message, details = "" }: AmazonFailure): void {
  response.status(status).json({ errors: [{ code, message, details }] });
}

const DENIED = "Access to requested resource is denied.";

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) =>
    fail(response, {
      status: 429,
      code: "QuotaExceeded",
      message: "You exceeded your quota for the requested resource.",
    }),
  server_error: (_request, response) =>
    fail(response, { status: 500, code: "InternalFailure", message: "We encountered an internal error." }),
  forbidden: (_request, response) => fail(response, { status: 403, code: "Unauthorized", message: DENIED }),
};

function issueToken(tokens: BearerTokens): RequestHandler {
  return (request, response) => {
    const form = formBody(request.body);
    const refuse = (error: string, description: string) =>
      void response.status(error === "invalid_client" ? 401 : 400).json({ error, error_description: description });
    if (form.get("grant_type") !== "refresh_token") return refuse("unsupported_grant_type", "Use refresh_token.");
    const known =
      form.get("client_id") === CREDENTIALS.clientId && form.get("client_secret") === CREDENTIALS.clientSecret;
    if (!known) return refuse("invalid_client", "Client authentication failed");
    if (form.get("refresh_token") !== CREDENTIALS.refreshToken) {
      return refuse("invalid_grant", "The request has an invalid grant parameter : refresh_token");
    }
    response.json({ access_token: tokens.issue(), token_type: "bearer", expires_in: tokens.lifetimeSeconds });
  };
}

function requireToken(tokens: BearerTokens, rate: () => { allowed: boolean }): RequestHandler {
  return (request, response, next) => {
    const token = request.get("x-amz-access-token");
    const state = token === undefined ? "unknown" : tokens.check(`Bearer ${token}`);
    if (state === "valid") return rate().allowed ? next() : REFUSALS.rate_limited(request, response, next);
    const details = `The access token you provided ${state === "expired" ? "has expired." : "is revoked, malformed or invalid."}`;
    fail(response, { status: 403, code: "Unauthorized", message: DENIED, details });
  };
}

function event(scan: Scan) {
  const [eventCode, , way = "FORWARD"] = WORDS[scan.kind];
  const { city, region, country, zip } = scan.place;
  const location =
    scan.kind === "label" ? null : { city, stateOrRegion: region, countryCode: country, postalCode: zip };
  return { eventCode, location, eventTime: scan.at, shipmentType: way };
}

function track({ world }: SandboxCarrierParts) {
  return (request: Request, response: Response) => {
    const { trackingId, carrierId } = request.query;
    if (typeof trackingId !== "string" || carrierId !== "AMZN_US") {
      return fail(response, { status: 400, code: "InvalidInput", message: "trackingId and carrierId are required." });
    }
    const number = normaliseNumber(trackingId);
    const parcel = world.parcel(number);
    const scans = parcel?.carrierId === "amazon-shipping" ? world.scans(number) : [];
    const newest = scans.at(-1);
    if (!parcel || !newest) {
      return fail(response, { status: 404, code: "NotFound", message: "The tracking ID is not known." });
    }
    const arrival = arrivalOf(parcel, world.clock.now());
    response.json({
      payload: {
        trackingId: number,
        alternateLegTrackingId: null,
        eventHistory: scans.toReversed().map(event),
        promisedDeliveryDate: arrival === null ? null : `${arrival.promisedOn}T23:59:59Z`,
        summary: { status: WORDS[newest.kind][1], trackingDetailCodes: { forward: [], returns: [] } },
      },
    });
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const tokens = parts.tokens(3_600);
  const router = express.Router();
  router.use(rawBody("16kb"));
  router.post("/auth/o2/token", issueToken(tokens));
  router.get("/shipping/v2/tracking", requireToken(tokens, parts.rate({ requests: 80, perMs: 1_000 })), track(parts));
  router.use((_request, response) => fail(response, { status: 404, code: "NotFound", message: "Resource not found." }));
  return { router, refusals: REFUSALS };
}

export const amazonShipping: SandboxCarrier = {
  id: "amazon-shipping",
  label: "Amazon Shipping",
  company: "Amazon",
  credentials: CREDENTIALS,
  makeNumber: (serial) => `TBA3${String(serial % 100_000_000_000).padStart(11, "0")}`,
  create,
};
