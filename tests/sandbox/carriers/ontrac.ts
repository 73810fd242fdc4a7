import express, { type RequestHandler, type Response } from "express";
import { arrivalOf } from "../world/journey.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";
import { sendXml } from "./send-xml.ts";

const CREDENTIALS = { accountNumber: "37", password: "sandbox-ontrac-password" };
const MOST_PACKAGES = 100;

const WORDS: Readonly<Record<ScanKind, readonly [status: string, description: string]>> = {
  label: ["XX", "ORDER INFORMATION CREATED"],
  accepted: ["PU", "THE PACKAGE WAS PICKED UP"],
  departed: ["OS", "PACKAGE EN ROUTE"],
  arrived: ["RD", "PACKAGE RECEIVED AT THE FACILITY"],
  arrived_destination: ["PS", "PACKAGE SCANNED AT DELIVERY FACILITY"],
  // OnTrac delivers within the United States: customs is a delay to it.
  customs_held: ["LM", "DELAYED. DELIVERY DATE UPDATED."],
  customs_cleared: ["OS", "PACKAGE EN ROUTE"],
  weather_delay: ["BW", "WEATHER DELAY. SEE SERVICE ALERTS."],
  out_for_delivery: ["OD", "OUT FOR DELIVERY"],
  attempted: ["CO", "BUSINESS CLOSED. PLEASE PROVIDE HOURS."],
  available_for_pickup: ["HP", "HELD FOR PICKUP AT THE LOCAL FACILITY"],
  collected: ["CL", "DELIVERED"],
  refused: ["CR", "REFUSED OR RETURNED. CONTACT SENDER."],
  returning: ["RS", "RETURNED. CONTACT SENDER."],
  returned: ["RS", "RETURNED. CONTACT SENDER."],
  handed_over: ["OS", "PACKAGE EN ROUTE"],
  declared_lost: ["LC", "CANNOT DELIVER. CONTACT SENDER."],
  delivered: ["OK", "DELIVERED"],
};

function sendError(response: Response, Error: string): void {
  sendXml(response, { OnTracTrackingResult: { Shipments: "", Error } });
}

/** "D" counts as 4; the even positions from the left are doubled; the sum is filled up to ten. */
function makeNumber(serial: number): string {
  const body = `100100${String(serial % 10_000_000).padStart(7, "0")}`;
  const sum = [4, ...[...body].map(Number)].reduce(
    (total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 2),
    0,
  );
  return `D${body}${(10 - (sum % 10)) % 10}`;
}

function eventOf(scan: Scan): unknown {
  const [Status, Description] = WORDS[scan.kind];
  const { city, region, zip } = scan.place;
  return {
    Status,
    Description,
    EventTime: scan.local,
    Facility: city,
    City: city.toUpperCase(),
    State: region,
    Zip: zip,
  };
}

function shipmentOf({ world, clock }: SandboxCarrierParts, asked: string): unknown {
  const parcel = world.parcel(normaliseNumber(asked));
  const scans = parcel?.carrierId === "ontrac" ? world.scans(parcel.trackingNumber) : [];
  if (!parcel || scans.length === 0) {
    return { Events: "", Tracking: asked, Exp_Del_Date: "0001-01-01T00:00:00", Error: "Invalid Tracking Number" };
  }
  const arrival = arrivalOf(parcel, clock.now());
  return {
    Events: { Event: scans.toReversed().map(eventOf) },
    Tracking: parcel.trackingNumber,
    Exp_Del_Date: `${arrival?.expectedOn ?? "0001-01-01"}T00:00:00`,
    ShipDate: `${scans[0]?.local.slice(0, 10)}T00:00:00`,
    Delivered: String(scans.some(({ kind }) => kind === "delivered" || kind === "collected")),
    Service: "C",
    POD: "",
    Error: "",
  };
}

function track(parts: SandboxCarrierParts): RequestHandler {
  const use = parts.rate({ requests: 500, perMs: 60_000 });
  return (request, response) => {
    const { pw, tn, requestType } = request.query;
    if (request.params["account"] !== CREDENTIALS.accountNumber || pw !== CREDENTIALS.password) {
      return sendError(response, "Invalid Username or Password");
    }
    if (!use().allowed) return sendError(response.status(429), "Too many calls");
    if (requestType !== "track") return sendError(response, "Invalid Shipment Information (Invalid Data Format)");
    const numbers = typeof tn === "string" ? tn.split(",").filter((number) => number !== "") : [];
    if (numbers.length === 0) return sendError(response, "Invalid Tracking String");
    if (numbers.length > MOST_PACKAGES) {
      return sendError(response, "Outside the Bounds of the Array (batch of shipments over 100)");
    }
    const Shipment = numbers.map((number) => shipmentOf(parts, number));
    sendXml(response, {
      OnTracTrackingResult: { Shipments: { Shipment }, Note: "Results Provided by OnTrac", Error: "" },
    });
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const router = express.Router();
  router.get("/V7/:account/shipments", track(parts));
  router.use((_request, response) => void response.status(404).type("text").send("Endpoint not found."));
  return {
    router,
    refusals: {
      rate_limited: (_request, response) => sendError(response.status(429), "Too many calls"),
      server_error: (_request, response) => sendError(response, "Service Temporarily Unavailable"),
      forbidden: (_request, response) => sendError(response.status(403), "The account is not active"),
    },
  };
}

export const ontrac: SandboxCarrier = {
  id: "ontrac",
  label: "OnTrac",
  company: "OnTrac",
  credentials: CREDENTIALS,
  makeNumber,
  create,
};
