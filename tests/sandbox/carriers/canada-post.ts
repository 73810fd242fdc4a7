import express, { type RequestHandler, type Response } from "express";
import { arrivalOf } from "../world/journey.ts";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { SandboxParcel, Scan, ScanKind } from "../world/parcel.ts";
import { basicCredentials } from "./basic-credentials.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";
import { sendXml } from "./send-xml.ts";

const CREDENTIALS = { username: "sandbox-canada-post-user", password: "sandbox-canada-post-password" };
const MEDIA_TYPE = "application/vnd.cpc.track-v2+xml";

/** Event identifier and English words of a scan. */
const WORDS: Readonly<Record<ScanKind, readonly [identifier: string, description: string]>> = {
  label: ["3000", "Electronic information submitted by shipper"],
  accepted: ["2300", "Item picked up by Canada Post"],
  departed: ["0175", "Item in transit"],
  arrived: ["0100", "Item processed"],
  arrived_destination: ["0170", "Item processed"],
  customs_held: ["0810", "Item held by Customs"],
  customs_cleared: ["0900", "International item released from Customs for processing by Canada Post"],
  weather_delay: ["0159", "Delivery may be delayed due to extreme weather conditions"],
  out_for_delivery: ["0174", "Item out for delivery"],
  attempted: ["1479", "Attempted delivery. Notice card left indicating where item can be picked up."],
  available_for_pickup: ["1701", "Item available for pickup at Post Office"],
  collected: ["1498", "Delivered"],
  refused: ["1417", "Item refused by recipient. Item being returned to sender."],
  returning: ["2600", "Item has been returned and is enroute to the Sender"],
  returned: ["1496", "Item successfully returned to sender"],
  handed_over: ["0115", "Item transferred to partner"],
  declared_lost: ["1483", "Item cannot be delivered; more details to be provided"],
  delivered: ["1496", "Item successfully delivered"],
};

function sendMessage(response: Response, status: number, code: string, description: string): void {
  const messages = { "@xmlns": "http://www.canadapost.ca/ws/messages", message: { code, description } };
  sendXml(response.status(status), { messages });
}

/** Seven digits of the shipper, eight of the parcel, and a modulo-10 check digit (weights 3 1 from the left). */
function makeNumber(serial: number): string {
  const body = `7012345${String(serial % 100_000_000).padStart(8, "0")}`;
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** The label of standard time all year round, and none on the shipper's data: both as the real service has them. */
function zoneLabel(scan: Scan): string {
  return scan.kind === "label" ? "" : "EST";
}

function occurrence(scan: Scan): unknown {
  const [identifier, description] = WORDS[scan.kind];
  const [date, time] = scan.local.split("T");
  return {
    "event-identifier": identifier,
    "event-date": date,
    "event-time": time,
    "event-time-zone": zoneLabel(scan),
    "event-description": description,
    "signatory-name": "",
    "event-site": scan.place.city.toUpperCase(),
    "event-province": scan.place.region,
    "event-retail-location-id": "",
    "event-retail-name": "",
  };
}

function trackingDetail(parcel: SandboxParcel, scans: readonly Scan[], now: Date): unknown {
  const arrival = arrivalOf(parcel, now);
  return {
    "@xmlns": "http://www.canadapost.ca/ws/track-v2",
    pin: parcel.trackingNumber,
    "active-exists": "1",
    "archive-exists": "",
    "changed-expected-date": arrival?.rescheduled ? arrival.expectedOn : "",
    "destination-postal-id": parcel.destination.zip,
    "expected-delivery-date": arrival?.promisedOn ?? "",
    "changed-expected-delivery-reason": "",
    "original-pin": "",
    "service-name": "Expedited Parcels",
    "return-pin": "",
    "significant-events": { occurrence: scans.toReversed().map(occurrence) },
  };
}

function requireKey({ rate }: SandboxCarrierParts): RequestHandler {
  const use = rate({ requests: 60, perMs: 60_000 });
  return (request, response, next) => {
    const given = basicCredentials(request);
    if (given?.username !== CREDENTIALS.username || given.password !== CREDENTIALS.password) {
      return sendMessage(response, 401, "E002", "AAA Authentication Failure");
    }
    if (!use().allowed) return sendMessage(response, 500, "Server", "Rejected by SLM Monitor");
    if (request.get("accept") !== MEDIA_TYPE) return void response.status(406).end();
    return /^(?:en|fr)-CA$/.test(request.get("accept-language") ?? "") ? next() : void response.status(406).end();
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const router = express.Router();
  router.get("/vis/track/pin/:pin/detail", requireKey(parts), (request, response) => {
    const parcel = parts.world.parcel(normaliseNumber(String(request.params["pin"])));
    const scans = parcel?.carrierId === "canada-post" ? parts.world.scans(parcel.trackingNumber) : [];
    if (!parcel || scans.length === 0) return sendMessage(response, 404, "004", "No Pin History");
    sendXml(response, { "tracking-detail": trackingDetail(parcel, scans, parts.clock.now()) });
  });
  router.use((_request, response) => void response.status(404).end());
  return {
    router,
    refusals: {
      // A throttled key is told so at HTTP 500.
      rate_limited: (_request, response) => sendMessage(response, 500, "Server", "Rejected by SLM Monitor"),
      server_error: (_request, response) => sendMessage(response, 503, "9999", "Service is currently unavailable"),
      forbidden: (_request, response) =>
        sendMessage(response, 403, "AA004", "You cannot mail on behalf of the requested customer."),
    },
  };
}

export const canadaPost: SandboxCarrier = {
  id: "canada-post",
  label: "Canada Post",
  company: "Canada Post",
  credentials: CREDENTIALS,
  makeNumber,
  create,
};
