import express, { type RequestHandler } from "express";
import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";

const CREDENTIALS = { customerNumber: "sandbox-yanwen-1000042" };
const MOST_NUMBERS = 30;

/** Checkpoint, its words, and the level of the parcel as a whole. */
const WORDS: Readonly<Record<ScanKind, readonly [status: string, message: string, level: string]>> = {
  label: ["OR10", "Order processed by shipper", "2"],
  accepted: ["PU10", "Yanwen Acceptance", "3"],
  departed: ["LH20", "Port of departure - Departure", "3"],
  arrived: ["SC20", "Processed at sorting centre", "3"],
  arrived_destination: ["LH30", "Port of destination - Arrival", "3"],
  customs_held: ["IC20", "Held by import customs", "9"],
  customs_cleared: ["IC50", "Import customs clearance completed", "3"],
  weather_delay: ["LH25", "Delayed by weather", "9"],
  out_for_delivery: ["LM25", "Out for delivery", "4"],
  attempted: ["LM50", "Delivery failed, nobody at home", "8"],
  available_for_pickup: ["LM30", "Ready for pickup", "5"],
  collected: ["LM40", "Delivered, collected by recipient", "6"],
  refused: ["LM50", "Delivery failed, refused", "8"],
  returning: ["LM54", "Return shipment inbound confirmation", "8"],
  returned: ["LM90", "Returned", "0"],
  handed_over: ["LH35", "Handed over to the last mile", "3"],
  declared_lost: ["LM50", "Delivery failed, parcel lost", "9"],
  delivered: ["LM40", "Delivered", "6"],
};

/** S10 with the country "YP", which is nobody's: eight digits, weights 8 6 4 2 3 5 9 7, and a check digit. */
function makeNumber(serial: number): string {
  const digits = String(10_000_000 + (serial % 1_000_000));
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0);
  const rest = 11 - (sum % 11);
  return `UH${digits}${rest === 10 ? 0 : rest === 11 ? 5 : rest}YP`;
}

function checkpointOf(scan: Scan): unknown {
  const [tracking_status, message] = WORDS[scan.kind];
  // "-05:00" is written "-05".
  const time_zone = scan.offset.replace(/:00$/, "");
  const location = scan.kind === "label" ? "" : scan.place.city;
  return { time_stamp: scan.local, time_zone, tracking_status, message, location, is_last_mile_checkpoint: 0 };
}

function resultOf({ world }: SandboxCarrierParts, asked: string): unknown {
  const parcel = world.parcel(normaliseNumber(asked));
  const scans = parcel?.carrierId === "yanwen" ? world.scans(parcel.trackingNumber) : [];
  const newest = scans.at(-1);
  if (!parcel || !newest) return { tracking_number: asked, checkpoints: [], tracking_status: null };
  const [level3, , level1] = WORDS[newest.kind];
  return {
    tracking_number: asked,
    waybill_number: parcel.trackingNumber,
    exchange_number: null,
    checkpoints: scans.map(checkpointOf),
    tracking_status: level3,
    tracking_status_waybill: { level1, level2: level1, level3 },
    last_mile_tracking_expected: true,
    origin_country: parcel.origin.country,
    destination_country: parcel.destination.country,
  };
}

const failure = (message: string) => ({ code: 1, message, result: null });

function track(parts: SandboxCarrierParts): RequestHandler {
  const use = parts.rate({ requests: 20, perMs: 1_000 });
  return (request, response) => {
    if (request.get("authorization") !== CREDENTIALS.customerNumber) {
      return void response.json(failure("Unauthorized: the Authorization header is not a known account"));
    }
    if (!use().allowed) return void response.status(429).json(failure("Too many requests"));
    const asked = request.query["nums"];
    const numbers = typeof asked === "string" ? asked.split(",").filter((number) => number !== "") : [];
    if (numbers.length === 0 || numbers.length > MOST_NUMBERS) {
      return void response.json(failure("The number of waybills must be at least 1 and at most 30"));
    }
    response.json({ code: 0, message: "success", result: numbers.map((number) => resultOf(parts, number)) });
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const router = express.Router();
  router.get("/api/tracking", track(parts));
  router.use((_request, response) => void response.status(404).json(failure("No such resource")));
  return {
    router,
    refusals: {
      rate_limited: (_request, response) => void response.status(429).json(failure("Too many requests")),
      server_error: (_request, response) => void response.status(500).json(failure("Internal error")),
      forbidden: (_request, response) => void response.json(failure("Forbidden: this account may not query tracking")),
    },
  };
}

export const yanwen: SandboxCarrier = {
  id: "yanwen",
  label: "Yanwen",
  company: "Yanwen",
  credentials: CREDENTIALS,
  makeNumber,
  create,
};
