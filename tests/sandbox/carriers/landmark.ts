import express, { type RequestHandler, type Response } from "express";
import { XMLParser } from "fast-xml-parser";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { SandboxParcel, Scan, ScanKind } from "../world/parcel.ts";
import { isRecord, rawBody } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";
import { sendXml } from "./send-xml.ts";

const CREDENTIALS = {
  username: "sandbox-landmark-user",
  password: "sandbox-landmark-password",
  customerNumber: "2421",
};

/** Event code and words of a scan. Landmark has no code of its own for weather: the carrier's words come with 275. */
const WORDS: Readonly<Record<ScanKind, readonly [code: string, status: string]>> = {
  label: ["50", "Shipment Data Uploaded"],
  accepted: ["225", "Package scanned at carrier facility"],
  departed: ["225", "Outgoing scan at facility"],
  arrived: ["155", "Received at international processing center"],
  arrived_destination: ["275", "Arrival distribution office"],
  customs_held: ["135", "Customs Issue"],
  customs_cleared: ["125", "Customs Cleared"],
  weather_delay: ["275", "Item in transit with carrier, delayed by severe weather"],
  out_for_delivery: ["300", "Item out for delivery"],
  attempted: ["400", "Attempted delivery"],
  available_for_pickup: ["410", "Item available for pickup"],
  collected: ["500", "Item picked up by recipient"],
  refused: ["900", "Delivery failed"],
  returning: ["550", "Return received"],
  returned: ["570", "Return received"],
  handed_over: ["275", "Item in transit with carrier"],
  declared_lost: ["800", "Claim Issued"],
  delivered: ["500", "Item successfully delivered"],
};

function sendError(response: Response, ErrorCode: string, ErrorMessage: string): void {
  const Result = { Success: "false", ResultMessage: "See Errors element for error details" };
  sendXml(response, { TrackResponse: { Result, Errors: { Error: { ErrorCode, ErrorMessage } } } });
}

/** Of Landmark's two spellings of a moment this is the one with seconds. */
function event(scan: Scan): unknown {
  const [EventCode, Status] = WORDS[scan.kind];
  const { city, region, country } = scan.place;
  const Location = [city, region, country].filter((part) => part !== "").join(", ");
  return { Status, DateTime: scan.local.replace("T", " "), Location, EventCode };
}

function trackResponse(parcel: SandboxParcel, scans: readonly Scan[]): Record<string, unknown> {
  const Package = {
    // The last mile's own number would stand first once there is one.
    TrackingNumber: "",
    LandmarkTrackingNumber: parcel.trackingNumber,
    PackageReference: "",
    Events: { Event: scans.map(event) },
  };
  const ShipmentDetails = { EndDeliveryCarrier: "To Be Routed" };
  return { TrackResponse: { Result: { Success: "true", ShipmentDetails, Packages: { Package } } } };
}

const parser = new XMLParser({ parseTagValue: false });

/** The fields of a `TrackRequest`, or null when the body is none. */
function trackRequest(body: unknown): Record<string, unknown> | null {
  if (!Buffer.isBuffer(body)) return null;
  const parsed: unknown = parser.parse(body);
  const request = isRecord(parsed) ? parsed["TrackRequest"] : null;
  return isRecord(request) ? request : null;
}

function isOurLogin(request: Record<string, unknown>): boolean {
  const login = request["Login"];
  const given = isRecord(login) ? [login["Username"], login["Password"], request["ClientID"]] : [];
  return given.join("\n") === Object.values(CREDENTIALS).join("\n");
}

function track({ world, rate }: SandboxCarrierParts): RequestHandler {
  const use = rate({ requests: 10, perMs: 1_000 });
  return (request, response) => {
    if (!request.is("application/xml")) return sendError(response, "ContentType", "The request must be XML.");
    const asked = trackRequest(request.body);
    if (!asked) return sendError(response, "Schema", "The request is not a valid TrackRequest.");
    if (!isOurLogin(asked)) {
      return sendError(response, "Login", "The username/password combination provided is invalid.");
    }
    if (!use().allowed) return sendError(response.status(429), "Limit", "Too many requests.");
    if (asked["RetrievalType"] !== "Historical") return sendError(response, "Schema", "RetrievalType is not valid.");
    const parcel = world.parcel(normaliseNumber(String(asked["TrackingNumber"])));
    const scans = parcel?.carrierId === "landmark" ? world.scans(parcel.trackingNumber) : [];
    if (!parcel || scans.length === 0) {
      return sendError(response, "TrackingNumber", "No shipments were found for this tracking number.");
    }
    sendXml(response, trackResponse(parcel, scans));
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const router = express.Router();
  router.post("/Track.php", rawBody("64kb"), track(parts));
  router.use((_request, response) => void response.status(404).type("text").send("File not found."));
  return {
    router,
    refusals: {
      rate_limited: (_request, response) => sendError(response.status(429), "Limit", "Too many requests."),
      server_error: (_request, response) => sendError(response.status(500), "System", "An unexpected error occurred."),
      forbidden: (_request, response) => sendError(response.status(403), "Access", "This client may not use Track."),
    },
  };
}

export const landmark: SandboxCarrier = {
  id: "landmark",
  label: "Landmark Global",
  company: "Landmark Global",
  credentials: CREDENTIALS,
  makeNumber: (serial) => `LTN${String(55_000_000 + (serial % 1_000_000))}N1`,
  create,
};
