import type { Request, RequestHandler, Response } from "express";
import express from "express";

import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { rawBody } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";
import { timeInZone } from "./scan-time.ts";
import { readSoap, sendFault, sendSoap } from "./soap-server.ts";

const CREDENTIALS = { accountNumber: "19869502", password: "255562" };
const LANGUAGES = new Set(["fr_FR", "en_GB", "es_ES", "de_DE"]);

/** Chronopost's code and English words for a scan. */
const WORDS: Readonly<Record<ScanKind, readonly [code: string, label: string]>> = {
  label: ["DC", "Shipment in preparation to be shipped"],
  accepted: ["DB", "Shipment handed over by shipper"],
  departed: ["SC", "Sorted at departure location"],
  arrived: ["TS", "Shipment in transit"],
  arrived_destination: ["EI", "Shipment arrived in the country of destination"],
  customs_held: ["SK", "Shipment waiting for additional information"],
  customs_cleared: ["SJ", "Customs problem solved, shipment in transit"],
  weather_delay: ["A2", "Shipment delayed at the delivery location"],
  out_for_delivery: ["TA", "Shipment in delivery to the consignee"],
  attempted: ["P", "Delivery failed, consignee absent"],
  available_for_pickup: ["AB", "Shipment available at the pickup point"],
  collected: ["D", "Delivered"],
  refused: ["SK", "Shipment refused by the consignee"],
  returning: ["R", "Shipment returned to shipper"],
  // What comes back to the shipper is "delivered" in Chronopost's words too.
  returned: ["D", "Delivered"],
  handed_over: ["TP", "Shipment in transit"],
  declared_lost: ["SK", "Shipment under investigation"],
  delivered: ["D", "Delivered"],
};

const NAMESPACE = "http://cxf.tracking.soap.chronopost.fr/";

function answerWith(response: Response, operation: string, result: Record<string, unknown>): void {
  sendSoap(response, 200, { [`ns2:${operation}Response`]: { "@xmlns:ns2": NAMESPACE, return: result } });
}

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) => void response.status(429).set("Retry-After", "60").type("text").send(""),
  server_error: (_request, response) =>
    answerWith(response, "trackSkybillV2", { errorCode: 1, errorMessage: "System Error" }),
  forbidden: (_request, response) => void response.status(403).type("text").send("Forbidden"),
};

function event(scan: Scan) {
  const [code, eventLabel] = WORDS[scan.kind];
  const { local, offset } = timeInZone(scan, "Europe/Paris");
  return {
    code,
    eventDate: `${local}${offset}`,
    eventLabel,
    highPriority: code === "D",
    NPC: "",
    officeLabel: scan.kind === "label" ? "Web Services" : scan.place.city.toUpperCase(),
    zipCode: scan.kind === "label" ? "" : scan.place.zip,
  };
}

type Fields = Readonly<Record<string, string>>;

/** Asks for no account, and tells no scan of a number that it does not know. */
function trackSkybill({ world }: SandboxCarrierParts, fields: Fields, response: Response): void {
  const number = normaliseNumber(fields["skybillNumber"] ?? "");
  if (number === "" || !LANGUAGES.has(fields["language"] ?? "")) {
    return answerWith(response, "trackSkybillV2", { errorCode: 2, errorMessage: "Invalid parameter" });
  }
  const scans = world.parcel(number)?.carrierId === "chronopost" ? world.scans(number) : [];
  answerWith(response, "trackSkybillV2", {
    errorCode: 0,
    listEventInfoComp: { events: scans.map(event), skybillNumber: number },
  });
}

function trackReference(fields: Fields, response: Response): void {
  const known = fields["accountNumber"] === CREDENTIALS.accountNumber && fields["password"] === CREDENTIALS.password;
  const refused = { errorCode: 3, errorMessage: "The account number or the password is invalid" };
  answerWith(response, "trackWithSenderRef", known ? { errorCode: 0 } : refused);
}

function serve(parts: SandboxCarrierParts): RequestHandler {
  return (request: Request, response) => {
    const question = readSoap(request);
    switch (question?.operation) {
      case "trackSkybillV2":
        return trackSkybill(parts, question.fields, response);
      case "trackWithSenderRef":
        return trackReference(question.fields, response);
      default:
        return sendFault(response, { code: "soap:Client", text: "Message part was not recognized." });
    }
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const router = express.Router();
  router.use(rawBody("64kb"));
  router.post("/tracking-cxf/TrackingServiceWS", serve(parts));
  router.use((_request, response) => void response.status(404).type("text").send("No service was found."));
  return { router, refusals: REFUSALS };
}

/** A postal number: two letters, eight digits, a modulo-11 check digit, the country. */
function makeNumber(serial: number): string {
  const digits = String(serial % 100_000_000).padStart(8, "0");
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const rest = 11 - ([...digits].reduce((sum, digit, index) => sum + Number(digit) * (weights[index] ?? 0), 0) % 11);
  return `XY${digits}${rest === 10 ? 0 : rest === 11 ? 5 : rest}FR`;
}

export const chronopost: SandboxCarrier = {
  id: "chronopost",
  label: "Chronopost",
  company: "Chronopost",
  credentials: CREDENTIALS,
  makeNumber,
  create,
};
