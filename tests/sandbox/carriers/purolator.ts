import express, { type RequestHandler, type Response } from "express";
import { XMLParser } from "fast-xml-parser";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import { basicCredentials } from "./basic-credentials.ts";
import { isRecord, rawBody } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";
import { sendXml } from "./send-xml.ts";

const CREDENTIALS = { apiKey: "sandbox-purolator-key", password: "sandbox-purolator-password" };
const ACTION = "http://purolator.com/pws/service/v1/TrackPackagesByPin";
const DATATYPES = "http://purolator.com/pws/datatypes/v1";
const INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
const MOST_PINS = 10;

const WORDS: Readonly<Record<ScanKind, readonly [scanType: string, description: string]>> = {
  label: ["Other", "Shipper created a label"],
  accepted: ["ProofOfPickUp", "Picked up by Purolator"],
  departed: ["Other", "Departed sort facility"],
  arrived: ["Other", "Arrived at sort facility"],
  arrived_destination: ["Other", "Arrived at sort facility"],
  customs_held: ["Undeliverable", "Shipment held at customs"],
  customs_cleared: ["Other", "Shipment cleared customs"],
  weather_delay: ["Undeliverable", "Delayed due to severe weather"],
  out_for_delivery: ["OnDelivery", "On vehicle for delivery"],
  attempted: ["Undeliverable", "Attempted delivery - receiver not available"],
  available_for_pickup: ["Undeliverable", "Shipment available for pickup"],
  collected: ["Delivery", "Shipment delivered"],
  refused: ["Undeliverable", "Shipment refused by receiver"],
  returning: ["Undeliverable", "Unable to deliver - item returned to sender"],
  returned: ["Delivery", "Shipment returned to sender"],
  handed_over: ["Other", "Shipment in transit"],
  declared_lost: ["Undeliverable", "Shipment lost"],
  delivered: ["Delivery", "Shipment delivered"],
};

function sendEnvelope(response: Response, body: Readonly<Record<string, unknown>>): void {
  const context = { "@xmlns:h": DATATYPES, "h:ResponseReference": "sandbox" };
  sendXml(response, {
    "s:Envelope": {
      "@xmlns:s": "http://schemas.xmlsoap.org/soap/envelope/",
      "s:Header": { "h:ResponseContext": context },
      "s:Body": body,
    },
  });
}

function sendFault(response: Response, status: number, faultstring: string): void {
  sendEnvelope(response.status(status), { "s:Fault": { faultcode: "s:Client", faultstring } });
}

/** Twelve digits, the last one a modulo-10 check digit over the doubled even positions. */
function makeNumber(serial: number): string {
  const body = `331${String(42_000_000 + (serial % 1_000_000)).padStart(8, "0")}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 2), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

function scanOf(scan: Scan, pin: string): unknown {
  const [ScanType, Description] = WORDS[scan.kind];
  const [ScanDate = "", clock = ""] = scan.local.split("T");
  const { city, region } = scan.place;
  return {
    ScanType,
    PIN: { Value: pin },
    Depot: { Name: `${city.toUpperCase()}${region === "" ? "" : `, ${region}`}` },
    ScanDate,
    ScanTime: clock.replaceAll(":", ""),
    Description,
    Comment: "",
    SummaryScanIndicator: "false",
  };
}

const NIL = { "@i:nil": "true" };

function informationOf({ world }: SandboxCarrierParts, pin: string): unknown {
  const parcel = world.parcel(normaliseNumber(pin));
  const scans = parcel?.carrierId === "purolator" ? world.scans(parcel.trackingNumber) : [];
  const Scan = scans.toReversed().map((scan) => scanOf(scan, pin));
  if (Scan.length > 0) return { PIN: { Value: pin }, Scans: { Scan }, ResponseInformation: NIL };
  const Description = "Tracking information was not found for this PIN.";
  const Errors = { Error: { Code: "1300003", Description, AdditionalInformation: "" } };
  return { PIN: { Value: pin }, Scans: "", ResponseInformation: { Errors } };
}

const parser = new XMLParser({ parseTagValue: false, removeNSPrefix: true, isArray: (name) => name === "PIN" });

function walk(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

/** The PINs of a request, or null when it is none. */
function pinsOf(body: unknown): string[] | null {
  if (!Buffer.isBuffer(body)) return null;
  const envelope: unknown = parser.parse(body);
  const version = walk(envelope, "Envelope", "Header", "RequestContext", "Version");
  const pins = walk(envelope, "Envelope", "Body", "TrackPackagesByPinRequest", "PINs", "PIN");
  if (version !== "1.2" || !Array.isArray(pins)) return null;
  return pins.map((pin: unknown) => String(walk(pin, "Value")));
}

function track(parts: SandboxCarrierParts): RequestHandler {
  const use = parts.rate({ requests: 10, perMs: 1_000 });
  return (request, response) => {
    const given = basicCredentials(request);
    if (given?.username !== CREDENTIALS.apiKey || given.password !== CREDENTIALS.password) {
      return sendFault(response, 401, "The key and password could not be authenticated.");
    }
    if (!use().allowed) return sendFault(response, 429, "Too many requests.");
    if (!request.is("text/xml") || request.get("soapaction") !== ACTION) {
      return sendFault(response, 500, "The action of the message is not supported.");
    }
    const pins = pinsOf(request.body);
    if (!pins || pins.length === 0 || pins.length > MOST_PINS) {
      return sendFault(response, 500, "The message could not be deserialised.");
    }
    const TrackPackagesByPinResponse = {
      "@xmlns": DATATYPES,
      "@xmlns:i": INSTANCE,
      ResponseInformation: { Errors: "", InformationalMessages: NIL },
      TrackingInformationList: { TrackingInformation: pins.map((pin) => informationOf(parts, pin)) },
    };
    sendEnvelope(response, { TrackPackagesByPinResponse });
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const router = express.Router();
  router.post("/PWS/V1/Tracking/TrackingService.asmx", rawBody("256kb"), track(parts));
  router.use((_request, response) => void response.status(404).type("text").send("The resource cannot be found."));
  return {
    router,
    refusals: {
      rate_limited: (_request, response) => sendFault(response, 429, "Too many requests."),
      server_error: (_request, response) => sendFault(response, 500, "An internal error occurred."),
      forbidden: (_request, response) => sendFault(response, 403, "The key is not authorized for this service."),
    },
  };
}

export const purolator: SandboxCarrier = {
  id: "purolator",
  label: "Purolator",
  company: "Purolator",
  credentials: CREDENTIALS,
  makeNumber,
  create,
};
