import type { RequestHandler, Response } from "express";
import express from "express";

import { arrivalOf } from "../world/journey.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";

const CREDENTIALS = { apiKey: "postnl-sandbox-key", customerNumber: "10020030" };
const LANGUAGES = new Set(["NL", "EN", "CN", "DE", "FR"]);
/** What the feed tells: the last two hours. */
const FEED_MS = 2 * 60 * 60 * 1000;

type Words = readonly [event: string, description: string, status: string, phase: string];

/** PostNL's event and words for a scan, and the status and phase that follow from it. */
const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["A01", "Shipment expected, but not yet arrived at PostNL", "1", "1"],
  accepted: ["B01", "Shipment received by PostNL", "2", "1"],
  departed: ["J06", "Shipment sorted in sorting centre", "5", "2"],
  arrived: ["J01", "Shipment has been sorted", "5", "2"],
  arrived_destination: ["J27", "Shipment sorted by the depot", "5", "2"],
  customs_held: ["X63", "Shipment delayed due to sample check at customs clearance", "9", "3"],
  customs_cleared: ["X61", "Import declaration completed successfully", "9", "3"],
  weather_delay: ["Y65", "Sorry, shipment delayed due to extreme weather conditions", "99", "99"],
  out_for_delivery: ["J05", "Driver is en route", "7", "3"],
  attempted: ["K14", "We missed you; we'll try again", "7", "3"],
  available_for_pickup: ["J02", "Shipment to be collected at PostNL outlet", "12", "4"],
  collected: ["I02", "Shipment collected at PostNL outlet", "22", "4"],
  refused: ["Y03", "Shipment refused by addressee", "8", "3"],
  returning: ["H20", "Shipment returned to sender", "8", "3"],
  returned: ["J63", "Return shipment delivered", "11", "4"],
  handed_over: ["Q13", "Parcel placed on transport", "5", "2"],
  declared_lost: ["Y71", "Shipment missing", "8", "3"],
  delivered: ["I01", "Shipment delivered", "11", "4"],
};

function fail(response: Response, status: number, [errorcode, faultstring]: readonly [string, string]): void {
  response.status(status).json({ fault: { faultstring, detail: { errorcode } } });
}

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) =>
    fail(response, 429, ["policies.ratelimit.SpikeArrestViolation", "Spike arrest violation"]),
  server_error: (_request, response) => fail(response, 500, ["internal", "Internal server error"]),
  forbidden: (_request, response) => fail(response, 403, ["forbidden", "Not allowed for this customer"]),
};

/** "07-03-2018 23:20:05": the clock of the place, day first. */
function dayFirst(local: string): string {
  const [date = "", clock = ""] = local.split("T");
  return `${date.split("-").toReversed().join("-")} ${clock}`;
}

function status(scan: Scan) {
  const [, StatusDescription, StatusCode, PhaseCode] = WORDS[scan.kind];
  return { TimeStamp: dayFirst(scan.local), StatusCode, StatusDescription, PhaseCode, PhaseDescription: "" };
}

function event(scan: Scan) {
  const [Code, Description] = WORDS[scan.kind];
  const empty = { DestinationLocationCode: {}, LocationCode: "888888", RouteCode: {}, RouteName: {} };
  return { Code, Description, ...empty, TimeStamp: dayFirst(scan.local) };
}

function answerFor({ world }: SandboxCarrierParts, barcode: string, detail: boolean) {
  const parcel = world.parcel(barcode);
  const scans = parcel?.carrierId === "postnl" ? world.scans(barcode) : [];
  const newest = scans.at(-1);
  if (!parcel || !newest) return { Warnings: [{ Code: "2", Description: "No shipment found" }] };
  const arrival = arrivalOf(parcel, world.clock.now());
  const pieces = parcel.pieces ?? [barcode];
  const shipment = {
    MainBarcode: pieces[0],
    Barcode: barcode,
    ShipmentAmount: String(pieces.length),
    ShipmentCounter: String(pieces.indexOf(barcode) + 1),
    Customer: { CustomerCode: "SHOP", CustomerNumber: CREDENTIALS.customerNumber, Name: "Sandbox" },
    ProductCode: "003085",
    ProductDescription: "Standard shipment",
    ...(arrival ? { DeliveryDate: arrival.expectedOn } : {}),
    Status: status(newest),
  };
  if (!detail) return { CurrentStatus: { Shipment: shipment } };
  const newestFirst = scans.toReversed();
  return {
    CompleteStatus: { Shipment: { ...shipment, Event: newestFirst.map(event), OldStatus: newestFirst.map(status) } },
  };
}

/** Parcels of this customer with a scan in the last two hours. */
function updated({ world, clock }: SandboxCarrierParts) {
  const since = clock.now().getTime() - FEED_MS;
  const own = world.list().filter((parcel) => parcel.carrierId === "postnl");
  return own.flatMap(({ trackingNumber, createdAt }) => {
    const newest = world.scans(trackingNumber).at(-1);
    if (!newest || Date.parse(newest.at) < since) return [];
    const { TimeStamp: _dutch, ...told } = status(newest);
    const customer = { CustomerNumber: CREDENTIALS.customerNumber, CustomerCode: "SHOP" };
    const Status = { Timestamp: newest.local, ...told };
    return [{ Barcode: trackingNumber, CreationDate: createdAt.slice(0, 19), ...customer, Status }];
  });
}

const requireKey: RequestHandler = (request, response, next) => {
  if (request.get("apikey") === CREDENTIALS.apiKey) return next();
  fail(response, 401, ["oauth.v2.InvalidApiKey", "Invalid ApiKey"]);
};

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const router = express.Router();
  const rate = parts.rate({ requests: 20, perMs: 1_000 });
  router.use(requireKey, (request, response, next) =>
    rate().allowed ? next() : REFUSALS.rate_limited(request, response, next),
  );
  router.get("/shipment/v2/status/barcode/:barcode", (request, response) => {
    const { detail = "false", language = "NL" } = request.query;
    if ((detail !== "true" && detail !== "false") || !LANGUAGES.has(String(language))) {
      return fail(response, 400, ["request", "Invalid request"]);
    }
    response.json(answerFor(parts, normaliseNumber(request.params.barcode), detail === "true"));
  });
  router.get("/shipment/v2/status/:customer/updatedshipments", (request, response) => {
    if (request.params.customer === CREDENTIALS.customerNumber) response.json(updated(parts));
    else REFUSALS.forbidden(request, response, () => undefined);
  });
  router.use((_request, response) => fail(response, 404, ["notfound", "Resource not found"]));
  return { router, refusals: REFUSALS };
}

export const postnl: SandboxCarrier = {
  id: "postnl",
  label: "PostNL",
  company: "PostNL",
  credentials: CREDENTIALS,
  /** `3S`, the customer code, then the parcel. */
  makeNumber: (serial) => `3SSHOP${String(serial % 1_000_000_000).padStart(9, "0")}`,
  create,
};
