import { createHash, randomUUID } from "node:crypto";
import express, { type RequestHandler, type Response } from "express";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import { formBody, isRecord, rawBody } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";

const CREDENTIALS = { clientId: "SANDBOX01", clientSecret: "sandbox-sf-express-check-word" };
const MOST_NUMBERS = 10;

/** The shipper's data come without an operation code. */
const WORDS: Readonly<Record<ScanKind, readonly [opCode: string | null, remark: string]>> = {
  label: [null, "Shipment information received"],
  accepted: ["54", "SF Express has picked up the shipment"],
  departed: ["36", "The shipment has left for the next stop"],
  arrived: ["31", "The shipment has arrived at the transit hub"],
  arrived_destination: ["130", "The shipment has arrived at the SF station"],
  customs_held: ["18", "The shipment is held by customs"],
  customs_cleared: ["606", "Customs clearance completed"],
  weather_delay: ["77", "The shipment is delayed by bad weather"],
  out_for_delivery: ["44", "Out for delivery"],
  attempted: ["70", "Delivery failed: nobody at the address"],
  available_for_pickup: ["125", "Ready for collection from the locker"],
  collected: ["128", "Collected from the locker"],
  refused: ["33", "Delivery failed: refused by the recipient"],
  returning: ["648", "The shipment is being returned"],
  returned: ["648", "The shipment has been returned to the sender"],
  handed_over: ["627", "Handed over to a third-party carrier"],
  declared_lost: ["870", "Abnormal: the shipment is lost"],
  delivered: ["80", "Delivered, thank you for using SF Express"],
};

function sendCode(response: Response, apiResultCode: string, apiErrorMsg: string): void {
  response.json({ apiErrorMsg, apiResponseID: randomUUID(), apiResultCode, apiResultData: null });
}

function sendResult(response: Response, result: Readonly<Record<string, unknown>>): void {
  const apiResultData = JSON.stringify(result);
  response.json({ apiErrorMsg: "", apiResponseID: randomUUID(), apiResultCode: "A1000", apiResultData });
}

function routeOf(scan: Scan): unknown {
  const [opCode, remark] = WORDS[scan.kind];
  const acceptAddress = scan.kind === "label" ? "" : scan.place.city;
  return { acceptTime: scan.local.replace("T", " "), acceptAddress, remark, ...(opCode === null ? {} : { opCode }) };
}

function routesOf({ world }: SandboxCarrierParts, mailNo: string): unknown {
  const parcel = world.parcel(normaliseNumber(mailNo));
  const scans = parcel?.carrierId === "sf-express" ? world.scans(parcel.trackingNumber) : [];
  return { mailNo, routes: scans.map(routeOf) };
}

/** As Java's `URLEncoder` does it. */
function javaEncode(text: string): string {
  const escaped = encodeURIComponent(text).replace(/[!'()~]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return escaped.replaceAll("%20", "+");
}

function isSigned(form: URLSearchParams): boolean {
  const text = `${form.get("msgData")}${form.get("timestamp")}${CREDENTIALS.clientSecret}`;
  return form.get("msgDigest") === createHash("md5").update(javaEncode(text)).digest("base64");
}

/** The numbers of the question, or null when it is none. */
function numbersOf(form: URLSearchParams): string[] | null {
  try {
    const question: unknown = JSON.parse(form.get("msgData") ?? "");
    const numbers = isRecord(question) && question["trackingType"] === "1" ? question["trackingNumber"] : null;
    return Array.isArray(numbers) ? numbers.map(String) : null;
  } catch {
    return null;
  }
}

const FIELDS = ["partnerID", "requestID", "serviceCode", "timestamp", "msgDigest", "msgData"];

function service(parts: SandboxCarrierParts): RequestHandler {
  const use = parts.rate({ requests: 30, perMs: 1_000 });
  return (request, response) => {
    const form = formBody(request.body);
    if (!request.is("application/x-www-form-urlencoded") || FIELDS.some((name) => !form.get(name))) {
      return sendCode(response, "A1001", "Required parameters cannot be empty.");
    }
    if (form.get("partnerID") !== CREDENTIALS.clientId || form.get("serviceCode") !== "EXP_RECE_SEARCH_ROUTES") {
      return sendCode(response, "A1004", "No permission for the requested service.");
    }
    if (!isSigned(form)) return sendCode(response, "A1006", "Invalid digital signature.");
    if (!use().allowed) return sendCode(response, "A1005", "Rate limit control.");
    const numbers = numbersOf(form);
    if (!numbers || numbers.length === 0) {
      const errorMsg = "AWB number for query is not received.";
      return sendResult(response, { success: false, errorCode: "8013", errorMsg, msgData: null });
    }
    if (numbers.length > MOST_NUMBERS) {
      const errorMsg = "The query AWB number exceeds the limit.";
      return sendResult(response, { success: false, errorCode: "8003", errorMsg, msgData: null });
    }
    const routeResps = numbers.map((number) => routesOf(parts, number));
    sendResult(response, { success: true, errorCode: "S0000", errorMsg: null, msgData: { routeResps } });
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const router = express.Router();
  router.post("/std/service", rawBody("256kb"), service(parts));
  router.use((_request, response) => void response.status(404).type("text").send("Not Found"));
  return {
    router,
    refusals: {
      rate_limited: (_request, response) => sendCode(response, "A1005", "Rate limit control."),
      server_error: (_request, response) => sendCode(response, "A1099", "System exception."),
      forbidden: (_request, response) => sendCode(response, "A1003", "Invalid IP."),
    },
  };
}

export const sfExpress: SandboxCarrier = {
  id: "sf-express",
  label: "SF Express",
  company: "SF Express",
  credentials: CREDENTIALS,
  makeNumber: (serial) => `SF1${String(420_000_000_000 + serial).padStart(12, "0")}`,
  create,
};
