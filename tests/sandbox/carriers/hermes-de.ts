import type { RequestHandler, Response, Router } from "express";
import express from "express";

import { arrivalOf } from "../world/journey.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { SandboxParcel, Scan, ScanKind } from "../world/parcel.ts";
import type { World } from "../world.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { formBody, rawBody } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";

const CREDENTIALS = {
  ...{ clientId: "sandbox.hsi.client", clientSecret: "sandbox-hsi-secret" },
  ...{ username: "sandbox-hermes-user", password: "sandbox-hermes-password" },
};
const RATE = { requests: 10, perMs: 1_000 };
const TOKEN_SECONDS = 3_599;
const MAX_NUMBERS = 10;
const COUNTRIES: Readonly<Record<string, string>> = { DE: "DEU", US: "USA", GB: "GBR", FR: "FRA", AT: "AUT" };

type Words = readonly [code: string, description: string];

const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["0000", "The shipment has been notified to Hermes electronically."],
  accepted: ["1900", "The shipment was accepted after collection."],
  departed: ["3010", "The shipment has left the distribution centre."],
  arrived: ["1510", "The shipment has been sorted at the logistics centre."],
  arrived_destination: ["2000", "The shipment has arrived at the distribution centre."],
  customs_held: ["1730", "Shipment is held by customs."],
  customs_cleared: ["1720", "Customs clearance was successfully completed."],
  weather_delay: ["3750", "The shipment was unable to be delivered due to a route cancellation."],
  out_for_delivery: ["3000", "The shipment has gone out on a delivery route. Delivery is expected today."],
  attempted: ["3731", "The recipient was not present. Hermes will make another delivery attempt."],
  available_for_pickup: ["3410", "The shipment is available for collection from the Hermes ParcelShop."],
  collected: ["3530", "The shipment has been collected by the recipient from the Hermes ParcelShop."],
  refused: ["3710", "The shipment was not accepted when delivery was attempted."],
  returning: ["6081", "The shipment will be returned to the client."],
  returned: ["7500", "The return shipment has arrived at the client."],
  handed_over: ["1810", "The shipment will be handed over to the Hermes partner carrier."],
  declared_lost: ["4630", "The whereabouts of the shipment are unclear. Please submit a shipment search."],
  delivered: ["3500", "The shipment has been delivered."],
};

function refuse(response: Response, status: number, message: string): void {
  response.status(status).json({ status: String(status), message });
}

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) => refuse(response.set("Retry-After", "1"), 429, "Too many requests."),
  server_error: (_request, response) => refuse(response, 503, "The service is unavailable."),
  forbidden: (_request, response) => refuse(response, 403, "The client may not use this service."),
};

function issueToken(tokens: ReturnType<SandboxCarrierParts["tokens"]>): RequestHandler {
  return (request, response) => {
    const form = formBody(request.body);
    const oauth = (status: number, error: string) => response.status(status).json({ error, error_description: error });
    if (form.get("grant_type") !== "password") return void oauth(400, "unsupported_grant_type");
    if (form.get("client_id") !== CREDENTIALS.clientId || form.get("client_secret") !== CREDENTIALS.clientSecret) {
      return void oauth(401, "invalid_client");
    }
    if (form.get("username") !== CREDENTIALS.username || form.get("password") !== CREDENTIALS.password) {
      return void oauth(401, "invalid_grant");
    }
    const lifetime = { expires_in: tokens.lifetimeSeconds, token_type: "Bearer" };
    response.json({ access_token: tokens.issue(), refresh_token: "sandbox", ...lifetime });
  };
}

function toStatus(scan: Scan): unknown {
  const [code, description] = WORDS[scan.kind];
  const { city, country } = scan.place;
  const scanningUnit = { name: "Hermes Germany", city, countryCode: COUNTRIES[country] ?? country };
  return { timestamp: `${scan.local}${scan.offset}`, code, description, scanningUnit };
}

function toShipment(world: World, parcel: SandboxParcel): unknown {
  const arrival = arrivalOf(parcel, world.clock.now());
  const { trackingNumber: shipmentID } = parcel;
  return {
    shipmentID,
    trackingLink: `https://www.myhermes.de/#${shipmentID}`,
    ...(arrival === null ? {} : { deliveryForecast: { fixed: false, date: arrival.expectedOn } }),
    status: world.scans(shipmentID).map(toStatus),
  };
}

function sendInfo({ world }: SandboxCarrierParts): RequestHandler {
  return (request, response) => {
    const numbers = [request.query["shipmentID"] ?? []].flat().map((number) => normaliseNumber(String(number)));
    if (numbers.length === 0 || numbers.length > MAX_NUMBERS) {
      return void response
        .status(400)
        .json({ listOfResultCodes: [{ code: "e010", message: "shipmentID is not valid." }] });
    }
    const parcels = numbers.flatMap((number) => world.parcel(number) ?? []);
    const known = parcels.filter((one) => one.carrierId === "hermes-de" && world.scans(one.trackingNumber).length > 0);
    if (known.length === 0) {
      return void response.status(404).json({ listOfResultCodes: [{ code: "e020", message: "Shipment not found." }] });
    }
    response.json({ shipmentinfo: known.map((parcel) => toShipment(world, parcel)) });
  };
}

function createRouter(parts: SandboxCarrierParts): Router {
  const tokens = parts.tokens(TOKEN_SECONDS);
  const rate = parts.rate(RATE);
  const router = express.Router();
  router.use(rawBody("64kb"));
  router.post("/authorization-facade/oauth2/access_token", issueToken(tokens));
  const requireToken: RequestHandler = (request, response, next) => {
    if (tokens.check(request.get("authorization")) !== "valid") return refuse(response, 401, "The token is not valid.");
    if (rate().allowed) return next();
    REFUSALS.rate_limited(request, response, next);
  };
  router.get("/shipmentinfo", requireToken, sendInfo(parts));
  router.use((_request, response) => refuse(response, 404, "No such resource."));
  return router;
}

/** Hermes Germany, HSI. */
export const hermesDe: SandboxCarrier = {
  id: "hermes-de",
  label: "Hermes",
  company: "Hermes",
  credentials: CREDENTIALS,
  makeNumber: (serial) => `H1000650${String(serial % 1_000_000_000_000).padStart(12, "0")}`,
  create: (parts) => ({ router: createRouter(parts), refusals: REFUSALS }),
};
