import type { Request, RequestHandler, Response, Router } from "express";
import express from "express";
import { XMLBuilder, XMLParser } from "fast-xml-parser";

import { normaliseNumber } from "../world/normalise-number.ts";
import type { SandboxParcel, Scan, ScanKind } from "../world/parcel.ts";
import type { World } from "../world.ts";
import { readBasic } from "./bearer-tokens.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { isRecord } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";

const CREDENTIALS = {
  ...{ clientId: "sandbox-parcel-de-key", clientSecret: "sandbox-parcel-de-secret" },
  ...{ username: "sandbox-zt-user", password: "sandbox-zt-password" },
};
const RATE = { requests: 3, perMs: 1_000 };
const MAX_NUMBERS = 20;
const XML = { ignoreAttributes: false, attributeNamePrefix: "@", parseAttributeValue: false } as const;

type Words = readonly [code: string, ice: string, text: string];

const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["VA", "PRENT", "The instruction data for this shipment have been provided by the sender"],
  accepted: ["AE", "PCKDU", "The shipment has been picked up"],
  departed: ["AA", "LDTMV", "The shipment has been processed in the parcel center of origin"],
  arrived: ["EE", "ULFMV", "The shipment has been processed in the parcel center"],
  arrived_destination: ["EE", "ULFMV", "The shipment has been processed in the destination parcel center"],
  customs_held: ["", "HLDCC", "The shipment is being prepared for customs clearance"],
  customs_cleared: ["", "CSTCL", "The customs clearance is complete"],
  weather_delay: ["", "DELAY", "The shipment is delayed by the weather"],
  out_for_delivery: ["PO", "SRTED", "The shipment has been loaded onto the delivery vehicle"],
  attempted: ["ZN", "NTDEL", "The shipment could not be delivered, the recipient was not present"],
  available_for_pickup: ["HI", "NTDEL", "The shipment is ready for pick-up at the retail outlet"],
  collected: ["ZU", "DLVRD", "The recipient has picked up the shipment from the retail outlet"],
  refused: ["", "REFSD", "The recipient refused the shipment"],
  returning: ["SR", "RTRND", "The shipment is being returned to the sender"],
  returned: ["ZU", "DLVRD", "The return shipment has been delivered"],
  handed_over: ["AA", "LDTMV", "The shipment has been handed over to the delivery partner"],
  declared_lost: ["", "LOSTD", "The shipment could not be found"],
  delivered: ["ZU", "DLVRD", "The shipment has been successfully delivered"],
};

/** The gateway before the service speaks JSON. */
function refuse(response: Response, status: number, title: string): void {
  response.status(status).type("application/problem+json").json({ status, title, detail: title });
}

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) => refuse(response.set("Retry-After", "1"), 429, "Too many requests"),
  server_error: (_request, response) => refuse(response, 503, "Service unavailable"),
  forbidden: (_request, response) => refuse(response, 403, "Forbidden"),
};

const requireKey: RequestHandler = (request, response, next) => {
  const basic = readBasic(request.get("authorization"));
  const known = request.get("DHL-API-Key") === CREDENTIALS.clientId && basic?.password === CREDENTIALS.clientSecret;
  if (known && basic?.user === CREDENTIALS.clientId) return next();
  refuse(response, 401, "Unauthorized");
};

/** The attributes of the question; null when it is not readable. */
function readQuestion(request: Request): Record<string, unknown> | null {
  const { xml } = request.query;
  if (typeof xml !== "string" || xml.length > 10_000) return null;
  const parsed: unknown = new XMLParser(XML).parse(xml);
  const data = isRecord(parsed) ? parsed["data"] : undefined;
  return isRecord(data) ? data : null;
}

function send(response: Response, data: unknown): void {
  const builder = new XMLBuilder({ ...XML, suppressEmptyNode: true, suppressBooleanAttributes: false });
  response.type("application/xml").send(`<?xml version="1.0" encoding="UTF-8"?>${builder.build({ data })}`);
}

const failure = (code: string, error: string) => ({ "@name": "piece-shipment-list", "@code": code, "@error": error });

/** `17.03.2016 11:44`, without a zone and without seconds. */
function germanTime(scan: Scan): string {
  const { local } = scan;
  return `${local.slice(8, 10)}.${local.slice(5, 7)}.${local.slice(0, 4)} ${local.slice(11, 16)}`;
}

function toEvent(scan: Scan, index: number, scans: readonly Scan[]): unknown {
  const [code, ice, words] = WORDS[scan.kind];
  const back = scans.slice(0, index + 1).some((earlier) => earlier.kind === "returning");
  // In a hurried journey two scans may fall into one minute: the words tell them apart.
  const text = `${back ? "Return: " : ""}${words}, ${scan.place.city}`;
  return {
    ...{ "@name": "piece-event", "@event-timestamp": germanTime(scan), "@event-status": text, "@event-text": text },
    ...{ "@ice": ice, "@ric": "OTHER", "@event-location": scan.place.city, "@event-country": scan.place.country },
    ...{ "@standard-event-code": code, "@ruecksendung": String(back) },
  };
}

function toShipment(world: World, parcel: SandboxParcel): unknown {
  const { trackingNumber } = parcel;
  return {
    ...{ "@name": "piece-shipment", "@error-status": "0", "@piece-id": `sandbox-${trackingNumber}` },
    ...{ "@piece-code": trackingNumber, "@searched-piece-code": trackingNumber, "@product-name": "DHL PAKET" },
    data: { "@name": "piece-event-list", data: world.scans(trackingNumber).map(toEvent) },
  };
}

function answerQuestion({ world }: SandboxCarrierParts): RequestHandler {
  return (request, response) => {
    const question = readQuestion(request);
    if (question?.["@request"] !== "d-get-piece-detail") return send(response, failure("99", "Unknown request"));
    if (question["@appname"] !== CREDENTIALS.username || question["@password"] !== CREDENTIALS.password) {
      return send(response, failure("5", "Login failed"));
    }
    const numbers = String(question["@piece-code"] ?? "")
      .split(";")
      .map(normaliseNumber);
    if (numbers.length > MAX_NUMBERS) return send(response, failure("7", "Too many numbers"));
    const parcels = numbers.flatMap((number) => world.parcel(number) ?? []);
    const known = parcels.filter(
      (one) => one.carrierId === "dhl-parcel-de" && world.scans(one.trackingNumber).length > 0,
    );
    if (known.length === 0) return send(response, failure("100", "No data found"));
    const data = known.map((parcel) => toShipment(world, parcel));
    send(response, { "@name": "piece-shipment-list", "@code": "0", "@request-id": "sandbox", data });
  };
}

function createRouter(parts: SandboxCarrierParts): Router {
  const rate = parts.rate(RATE);
  const router = express.Router();
  const keepRate: RequestHandler = (request, response, next) =>
    rate().allowed ? next() : REFUSALS.rate_limited(request, response, next);
  router.get("/parcel/de/tracking/v0/shipments", requireKey, keepRate, answerQuestion(parts));
  router.use((_request, response) => refuse(response, 404, "Not Found"));
  return router;
}

/** Identcode of 20 digits: prefix, serial and a check digit, weights 3 1 from the right (GS1). */
function makeNumber(serial: number): string {
  const body = `0034043416109${String(serial % 1_000_000).padStart(6, "0")}`;
  const sum = [...body].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** DHL Paket, "Sendungsverfolgung". */
export const dhlParcelDe: SandboxCarrier = {
  id: "dhl-parcel-de",
  label: "DHL Paket",
  company: "DHL Parcel",
  credentials: CREDENTIALS,
  makeNumber,
  create: (parts) => ({ router: createRouter(parts), refusals: REFUSALS }),
};
