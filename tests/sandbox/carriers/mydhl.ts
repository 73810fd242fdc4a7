import type { RequestHandler, Response, Router } from "express";
import express from "express";

import { arrivalOf } from "../world/journey.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { SandboxParcel, Scan, ScanKind } from "../world/parcel.ts";
import type { World } from "../world.ts";
import { readBasic } from "./bearer-tokens.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { waybill } from "./dhl-unified.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";

const CREDENTIALS = { username: "sandbox-mydhl-key", password: "sandbox-mydhl-secret" };
const RATE = { requests: 20, perMs: 1_000 };
const MAX_NUMBERS = 10;

/** What is known from the label alone has no checkpoint of its own. */
type Words = readonly [typeCode: string | null, description: string];

const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: [null, "Shipment information received"],
  accepted: ["PU", "Shipment picked up"],
  departed: ["DF", "Shipment has departed from a DHL facility"],
  arrived: ["AF", "Arrived at DHL Sort Facility"],
  arrived_destination: ["AR", "Arrived at DHL Delivery Facility"],
  customs_held: ["CD", "Further clearance processing is required"],
  customs_cleared: ["CR", "Clearance processing complete"],
  weather_delay: ["WX", "Adverse weather conditions"],
  out_for_delivery: ["WC", "Shipment is out with courier for delivery"],
  attempted: ["NH", "Delivery attempted; recipient not home"],
  available_for_pickup: ["CC", "Awaiting collection by recipient as requested"],
  collected: ["OK", "Delivered"],
  refused: ["RD", "Recipient refused delivery"],
  returning: ["RT", "Shipment is being sent back"],
  returned: ["RT", "Returned to shipper"],
  handed_over: ["TP", "Forwarded to a third party agent"],
  declared_lost: ["DS", "Shipment is destroyed or lost"],
  delivered: ["OK", "Delivered - Signed for by"],
};

interface Problem {
  status: number;
  title: string;
  detail: string;
}

function refuse(response: Response, problem: Problem): void {
  response.status(problem.status).json({ instance: "/mydhlapi/tracking", ...problem });
}

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) =>
    refuse(response.set("Retry-After", "1"), { status: 429, title: "Too Many Requests", detail: "Too many requests." }),
  server_error: (_request, response) =>
    refuse(response, { status: 500, title: "Internal server error", detail: "Process failure occurred." }),
  forbidden: (_request, response) =>
    refuse(response, { status: 403, title: "Forbidden", detail: "The account may not use this service." }),
};

const requireLogin: RequestHandler = (request, response, next) => {
  const basic = readBasic(request.get("authorization"));
  if (basic?.user === CREDENTIALS.username && basic.password === CREDENTIALS.password) return next();
  response.status(401).json({ reasons: [{ msg: "Invalid Credentials" }], details: { msgId: "Id-sandbox" } });
};

function mydhlEvent(scan: Scan): unknown {
  const [typeCode, description] = WORDS[scan.kind];
  const { city, country } = scan.place;
  return {
    date: scan.local.slice(0, 10),
    time: scan.local.slice(11),
    GMTOffset: scan.offset,
    typeCode,
    description,
    serviceArea: [{ code: city.slice(0, 3).toUpperCase(), description: `${city} - ${country}` }],
    signedBy: "",
  };
}

function mydhlShipment(world: World, parcel: SandboxParcel): unknown {
  const arrival = arrivalOf(parcel, world.clock.now());
  return {
    shipmentTrackingNumber: parcel.trackingNumber,
    status: "Success",
    shipmentTimestamp: world.scans(parcel.trackingNumber)[0]?.local,
    productCode: "P",
    description: "EXPRESS WORLDWIDE",
    numberOfPieces: 1,
    ...(arrival === null ? {} : { estimatedDeliveryDate: `${arrival.expectedOn}T23:59:00` }),
    pieces: [],
    events: world.scans(parcel.trackingNumber).toReversed().map(mydhlEvent),
  };
}

function trackShipments({ world }: SandboxCarrierParts): RequestHandler {
  return (request, response) => {
    const numbers = [request.query["shipmentTrackingNumber"] ?? []]
      .flat()
      .map((number) => normaliseNumber(String(number)));
    const readable = numbers.every((number) => /^[A-Z0-9]{1,35}$/.test(number));
    if (numbers.length === 0 || numbers.length > MAX_NUMBERS || !readable) {
      return refuse(response, { status: 400, title: "Bad request", detail: "shipmentTrackingNumber is not valid." });
    }
    if (!["all-checkpoints", "last-checkpoint"].includes(String(request.query["trackingView"] ?? "last-checkpoint"))) {
      return refuse(response, { status: 400, title: "Bad request", detail: "trackingView is not valid." });
    }
    const parcels = numbers.flatMap((number) => world.parcel(number) ?? []);
    const known = parcels.filter((one) => one.carrierId === "mydhl" && world.scans(one.trackingNumber).length > 0);
    if (known.length === 0) {
      return refuse(response, { status: 404, title: "Not Found", detail: "No data found for the given number." });
    }
    response.json({ shipments: known.map((parcel) => mydhlShipment(world, parcel)) });
  };
}

function createRouter(parts: SandboxCarrierParts): Router {
  const rate = parts.rate(RATE);
  const router = express.Router();
  const keepRate: RequestHandler = (request, response, next) =>
    rate().allowed ? next() : REFUSALS.rate_limited(request, response, next);
  router.get("/tracking", requireLogin, keepRate, trackShipments(parts));
  router.use((_request, response) =>
    refuse(response, { status: 404, title: "Not Found", detail: "No such resource." }),
  );
  return router;
}

/** DHL Express, MyDHL API. */
export const mydhl: SandboxCarrier = {
  id: "mydhl",
  label: "DHL Express",
  company: "DHL Express",
  credentials: CREDENTIALS,
  makeNumber: (serial) => waybill("421", serial),
  create: (parts) => ({ router: createRouter(parts), refusals: REFUSALS }),
};
