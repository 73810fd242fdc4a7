import type { Request, RequestHandler, Response } from "express";
import express from "express";
import { Temporal } from "temporal-polyfill";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import { basicCredentials } from "./basic-credentials.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";

const CREDENTIALS = {
  apiKey: "sandbox-australia-post-key",
  password: "sandbox-australia-post-password",
  accountNumber: "1000012345",
};
const MOST_NUMBERS = 10;

const WORDS: Readonly<Record<ScanKind, readonly [description: string, itemStatus: string]>> = {
  label: ["Shipping information received by Australia Post", "Initiated"],
  accepted: ["Received by Australia Post", "In transit"],
  departed: ["Departed facility", "In transit"],
  arrived: ["Arrived at facility", "In transit"],
  arrived_destination: ["Item processed at facility", "In transit"],
  customs_held: ["Held by customs", "Possible delay"],
  customs_cleared: ["Item cleared by Customs", "In transit"],
  weather_delay: ["Delayed by severe weather", "Possible delay"],
  out_for_delivery: ["Onboard for delivery", "In transit"],
  attempted: ["Attempted delivery - Customer to be re-delivered", "To be Re-Delivered"],
  available_for_pickup: ["Awaiting collection at the post office", "Awaiting collection"],
  collected: ["Delivered - Collected by customer", "Delivered"],
  refused: ["Refused by recipient", "Cannot be delivered"],
  returning: ["Returning to sender", "In transit"],
  returned: ["Returned to sender", "Delivered"],
  handed_over: ["Transferred to delivery partner", "In transit"],
  declared_lost: ["Article lost", "Cannot be delivered"],
  delivered: ["Delivered", "Delivered"],
};

function sendErrors(response: Response, status: number, error: Readonly<Record<string, string>>): void {
  response.status(status).json({ errors: [error] });
}

const TOO_MANY = { message: "Too many requests", error_code: "API_002", error_name: "Too many requests" };

/** S10: eight digits with the weights 8 6 4 2 3 5 9 7 and a check digit. */
function makeNumber(serial: number): string {
  const digits = String(42_000_000 + (serial % 1_000_000));
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0);
  const rest = 11 - (sum % 11);
  return `ET${digits}${rest === 10 ? 0 : rest === 11 ? 5 : rest}AU`;
}

/** Wherever the scan is, the time is told as it is in Sydney. */
function eventOf(scan: Scan): Record<string, unknown> {
  const sydney = Temporal.Instant.from(scan.at).toZonedDateTimeISO("Australia/Sydney");
  const date = sydney.toString({ smallestUnit: "second", timeZoneName: "never" });
  const { city, region, country } = scan.place;
  const location =
    `${city}${region === "" ? "" : ` ${region}`}${country === "AU" ? "" : ` (${country})`}`.toUpperCase();
  return { ...(scan.kind === "label" ? {} : { location }), description: WORDS[scan.kind][0], date };
}

function resultOf({ world }: SandboxCarrierParts, asked: string): unknown {
  const parcel = world.parcel(normaliseNumber(asked));
  const scans = parcel?.carrierId === "australia-post" ? world.scans(parcel.trackingNumber) : [];
  const newest = scans.at(-1);
  if (!newest) return { tracking_id: asked, errors: [{ code: "ESB-10001", name: "Invalid tracking ID" }] };
  const status = WORDS[newest.kind][1];
  const events = scans.toReversed().map(eventOf);
  const item = { article_id: asked, product_type: "International Express", events, status };
  return { tracking_id: asked, status, trackable_items: [item] };
}

function refuse(request: Request, response: Response): boolean {
  const given = basicCredentials(request);
  if (given?.username !== CREDENTIALS.apiKey || given.password !== CREDENTIALS.password) {
    const message = "Authentication credentials are missing or not valid.";
    sendErrors(response, 401, { code: "API_001", name: "Unauthorized", message });
  } else if (request.get("account-number") !== CREDENTIALS.accountNumber) {
    const message = "The account number is not linked to the API key.";
    sendErrors(response, 403, { code: "40403", name: "FORBIDDEN", message });
  } else return false;
  return true;
}

function track(parts: SandboxCarrierParts): RequestHandler {
  const use = parts.rate({ requests: 10, perMs: 60_000 });
  return (request, response) => {
    if (refuse(request, response)) return;
    if (!use().allowed) return sendErrors(response, 429, TOO_MANY);
    const asked = request.query["tracking_ids"];
    const numbers = typeof asked === "string" ? asked.split(",").filter((number) => number !== "") : [];
    if (numbers.length === 0) {
      const message = "The tracking_ids parameter is missing.";
      return sendErrors(response, 400, { code: "51100", name: "TRACKING_IDS_MISSING", message });
    }
    if (numbers.length > MOST_NUMBERS) {
      const message = "The request must contain 10 or less AP article ids, consignment ids, or barcode ids.";
      return sendErrors(response, 400, { code: "51101", name: "TOO_MANY_AP_TRACKING_IDS", message });
    }
    response.json({ tracking_results: numbers.map((number) => resultOf(parts, number)) });
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const router = express.Router();
  router.get("/shipping/v1/track", track(parts));
  router.use((_request, response) =>
    sendErrors(response, 404, { code: "404", name: "NOT_FOUND", message: "Not found" }),
  );
  const system = { code: "ESB-20010", name: "System Error", message: "An internal technical error occurred." };
  const foreign = { code: "40403", name: "FORBIDDEN", message: "The account number is not linked to the API key." };
  return {
    router,
    refusals: {
      rate_limited: (_request, response) => sendErrors(response, 429, TOO_MANY),
      server_error: (_request, response) => sendErrors(response, 500, system),
      forbidden: (_request, response) => sendErrors(response, 403, foreign),
    },
  };
}

export const australiaPost: SandboxCarrier = {
  id: "australia-post",
  label: "Australia Post",
  company: "Australia Post",
  credentials: CREDENTIALS,
  makeNumber,
  create,
};
