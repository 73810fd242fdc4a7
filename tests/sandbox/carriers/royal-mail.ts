import type { RequestHandler, Response, Router } from "express";
import express from "express";

import { arrivalOf } from "../world/journey.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { SandboxParcel, Scan, ScanKind } from "../world/parcel.ts";
import type { World } from "../world.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";

const CREDENTIALS = { clientId: "sandbox-royal-mail-id", clientSecret: "sandbox-royal-mail-secret" };
const RATE = { requests: 10, perMs: 1_000 };
const MAX_NUMBERS = 30;

type Words = readonly [code: string | null, name: string, category: string];

const TRANSIT = "IN TRANSIT";

const WORDS: Readonly<Record<ScanKind, Words>> = {
  label: ["EVAIP", "Sender preparing item", "IN PREPARATION"],
  accepted: ["EVOCO", "We've received your item", TRANSIT],
  departed: ["EVODO", "Item despatched", TRANSIT],
  arrived: ["EVORI", "Item arrived", TRANSIT],
  arrived_destination: ["EVDAV", "Item received at the delivery office", TRANSIT],
  customs_held: [null, "Item held by customs", TRANSIT],
  customs_cleared: [null, "Item cleared customs", TRANSIT],
  weather_delay: [null, "Delayed by the weather", TRANSIT],
  out_for_delivery: ["EVGPD", "Due to be delivered today", TRANSIT],
  attempted: ["EVKNA", "Delivery attempted - no answer", "ATTEMPTED DELIVERY"],
  available_for_pickup: ["EVPLA", "Available for collection", "AVAILABLE FOR COLLECTION"],
  collected: ["EVPLC", "Collected", "DELIVERED"],
  refused: [null, "Item refused", "ATTEMPTED DELIVERY"],
  returning: [null, "Return to sender", TRANSIT],
  returned: [null, "Item returned to sender", "DELIVERED"],
  handed_over: [null, "Item passed to overseas postal service", TRANSIT],
  declared_lost: [null, "Item declared lost", TRANSIT],
  delivered: ["EVKSP", "Delivered and signed", "DELIVERED"],
};

function refuse(response: Response, status: number, [code, description]: [string, string]): void {
  const error = {
    errorCode: code,
    errorDescription: description,
    errorCause: description,
    errorResolution: "See the guide",
  };
  response.status(status).json({ httpCode: String(status), httpMessage: description, errors: [error] });
}

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) => refuse(response, 429, ["E0010", "Too many requests"]),
  server_error: (_request, response) => refuse(response, 500, ["E0009", "Internal server error"]),
  forbidden: (_request, response) =>
    void response.status(403).json({ httpCode: "403", httpMessage: "Forbidden", moreInformation: "Not subscribed." }),
};

/** The gateway knows the client; the service wants its terms accepted with every call. */
const requireClient: RequestHandler = (request, response, next) => {
  const known = request.get("X-IBM-Client-Id") === CREDENTIALS.clientId;
  if (!known || request.get("X-IBM-Client-Secret") !== CREDENTIALS.clientSecret) {
    const moreInformation = "Client id not registered.";
    response.status(401).json({ httpCode: "401", httpMessage: "Unauthorized", moreInformation });
    return;
  }
  if (request.get("X-Accept-RMG-Terms") === "yes") return next();
  refuse(response, 400, ["E0004", "Failed header validation for X-Accept-RMG-Terms"]);
};

function toEvent(scan: Scan) {
  const [eventCode, eventName] = WORDS[scan.kind];
  return { eventCode, eventName, eventDateTime: `${scan.local}${scan.offset}`, locationName: scan.place.city };
}

function summaryOf(number: string, scan: Scan): unknown {
  const newest = toEvent(scan);
  return {
    uniqueItemId: `0B0${number}`,
    oneDBarcode: number,
    productName: "Royal Mail Tracked 24",
    lastEventCode: newest.eventCode,
    lastEventName: newest.eventName,
    lastEventDateTime: newest.eventDateTime,
    lastEventLocationName: newest.locationName,
    statusCategory: WORDS[scan.kind][2],
  };
}

/** A parcel of this carrier that has scans, or null. */
function findParcel(world: World, number: string): { parcel: SandboxParcel; scans: Scan[] } | null {
  const parcel = world.parcel(normaliseNumber(number));
  const scans = parcel?.carrierId === "royal-mail" ? world.scans(parcel.trackingNumber) : [];
  return parcel !== null && scans.length > 0 ? { parcel, scans } : null;
}

const NOT_RECOGNISED = ["E1142", "Barcode reference isn't recognised"] satisfies [string, string];

function sendHistory({ world }: SandboxCarrierParts): RequestHandler {
  return (request, response) => {
    const found = findParcel(world, String(request.params["id"]));
    const newest = found?.scans.at(-1);
    if (!found || !newest) return refuse(response, 404, NOT_RECOGNISED);
    const { trackingNumber } = found.parcel;
    const arrival = arrivalOf(found.parcel, world.clock.now());
    response.json({
      mailPieces: {
        mailPieceId: trackingNumber,
        carrierShortName: "RM",
        summary: summaryOf(trackingNumber, newest),
        ...(arrival === null ? {} : { estimatedDelivery: { date: arrival.expectedOn } }),
        events: found.scans.toReversed().map(toEvent),
      },
    });
  };
}

function sendSummaries({ world }: SandboxCarrierParts): RequestHandler {
  return (request, response) => {
    const ids = String(request.query["mailPieceId"] ?? "").split(",");
    if (ids.length > MAX_NUMBERS || ids.includes(""))
      return refuse(response, 400, ["E0004", "mailPieceId is not valid"]);
    const mailPieces = ids.map((id) => {
      const newest = findParcel(world, id)?.scans.at(-1);
      const base = { mailPieceId: id, carrierShortName: "RM" };
      const [errorCode, errorDescription] = NOT_RECOGNISED;
      if (!newest) return { ...base, status: "404", error: { errorCode, errorDescription } };
      return { ...base, status: "200", summary: summaryOf(normaliseNumber(id), newest) };
    });
    response.json({ mailPieces });
  };
}

function createRouter(parts: SandboxCarrierParts): Router {
  const rate = parts.rate(RATE);
  const router = express.Router();
  const keepRate: RequestHandler = (request, response, next) =>
    rate().allowed ? next() : REFUSALS.rate_limited(request, response, next);
  router.use("/mailpieces/v2", requireClient, keepRate);
  router.get("/mailpieces/v2/summary", sendSummaries(parts));
  router.get("/mailpieces/v2/:id/events", sendHistory(parts));
  router.use((_request, response) => refuse(response, 404, ["E0001", "No such resource"]));
  return router;
}

/** S10: two letters, eight digits, a check digit (weights 8 6 4 2 3 5 9 7) and the country. */
function makeNumber(serial: number): string {
  const digits = `24${String(serial % 1_000_000).padStart(6, "0")}`;
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const rest = 11 - ([...digits].reduce((sum, digit, index) => sum + Number(digit) * (weights[index] ?? 0), 0) % 11);
  return `RM${digits}${rest === 10 ? 0 : rest === 11 ? 5 : rest}GB`;
}

/** Royal Mail, Tracking API v2. */
export const royalMail: SandboxCarrier = {
  id: "royal-mail",
  label: "Royal Mail",
  company: "Royal Mail",
  credentials: CREDENTIALS,
  makeNumber,
  create: (parts) => ({ router: createRouter(parts), refusals: REFUSALS }),
};
