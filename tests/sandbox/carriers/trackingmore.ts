import { createHmac } from "node:crypto";
import type { RequestHandler, Response } from "express";
import express from "express";
import type { World } from "../world.ts";
import { arrivalOf } from "../world/journey.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { type FollowedNumber, FollowedNumbers } from "./followed-numbers.ts";
import type { RateDecision } from "./rate-window.ts";
import { isRecord, jsonBody, rawBody } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";
import { trackingmoreCheckpoint, trackingmoreStatus } from "./trackingmore-words.ts";

const CREDENTIALS = { apiKey: "sandbox-trackingmore-key-0000000000", webhookSecret: "sandbox-trackingmore-secret" };
const FIRST_ANSWER_MS = 1_000;
const MOST_NUMBERS = 40;
const COURIERS: readonly unknown[] = [
  "yunexpress",
  "4px",
  "yanwen",
  "china-post",
  "usps",
  "ups",
  "fedex",
  "royal-mail",
];
const OK = { code: 200, type: "Success", message: "Request response is successful" };

interface Meta {
  code: number;
  type: string;
  message: string;
}

/** The HTTP status is the code itself, or 400 for the finer codes. */
function fail(response: Response, meta: Meta): void {
  response.status(meta.code < 1_000 ? meta.code : 400).json({ meta, data: [] });
}

const TOO_MANY = {
  code: 429,
  type: "TooManyRequests",
  message: "Exceeded API request limits, please try again later.",
};
const UNPAID = { code: 403, type: "Forbidden", message: "Access prohibited." };
const TOO_LONG = { code: 4103, type: "BadRequest", message: "The maximum quantity is 40 shipments per call." };

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) => fail(response.set("retry-after", "120"), TOO_MANY),
  server_error: (_request, response) => fail(response, { code: 511, type: "ServerError", message: "Server error." }),
  forbidden: (_request, response) => fail(response, UNPAID),
};

/** The key in `Tracking-Api-Key`, and the given rate. */
function guard(rate: () => RateDecision): RequestHandler {
  return (request, response, next) => {
    if (request.get("tracking-api-key") !== CREDENTIALS.apiKey) {
      const message = "Authentication failed or user does not have permission for the requested operation.";
      return fail(response, { code: 401, type: "Unauthorized", message });
    }
    return rate().allowed ? next() : REFUSALS.rate_limited(request, response, next);
  };
}

type Parts = { numbers: FollowedNumbers; world: World };

/** Judges each of up to 40 numbers by itself; the carrier has to be named. */
function createBatch({ numbers }: Parts): RequestHandler {
  return (request, response) => {
    const items = jsonBody(request.body);
    if (!Array.isArray(items) || items.length > MOST_NUMBERS) return fail(response, TOO_LONG);
    const success: object[] = [];
    const error: object[] = [];
    for (const item of items as unknown[]) {
      const { tracking_number: number, courier_code: courier } = isRecord(item) ? item : {};
      const entry = { tracking_number: number, courier_code: courier };
      const refuse = (errorCode: number, errorMessage: string) => error.push({ ...entry, errorCode, errorMessage });
      if (typeof number !== "string" || !/^[A-Za-z0-9-]{4,50}$/.test(number)) {
        refuse(4110, "The value of tracking_number is invalid.");
      } else if (!COURIERS.includes(courier)) refuse(4120, "The value of courier_code is invalid.");
      else {
        const followed = numbers.follow(number, String(courier));
        if (followed) success.push({ id: followed.id, ...entry });
        else refuse(4101, "Tracking No. already exists.");
      }
    }
    response.json({ meta: OK, data: { success, error } });
  };
}

function getTrackings(parts: Parts): RequestHandler {
  return (request, response) => {
    const asked = String(request.query["tracking_numbers"] ?? "");
    const wanted = asked === "" ? [] : asked.split(",");
    if (wanted.length > MOST_NUMBERS) return fail(response, TOO_LONG);
    const found = wanted.flatMap((number) => parts.numbers.find(number) ?? []);
    response.json({ meta: OK, data: found.map((followed) => render(followed, parts)) });
  };
}

/** The tracking as TrackingMore writes it now, newest checkpoint first. */
function render(followed: FollowedNumber, { numbers, world }: Parts): object {
  const scans = numbers.scans(followed);
  const parcel = world.parcel(followed.number);
  const expectedOn = parcel && scans.length > 0 ? (arrivalOf(parcel, world.clock.now())?.expectedOn ?? null) : null;
  const { status, substatus } = trackingmoreStatus(scans.at(-1));
  const trackinfo = scans.map(trackingmoreCheckpoint).toReversed();
  return {
    id: followed.id,
    tracking_number: followed.number,
    courier_code: followed.carrier,
    delivery_status: numbers.isAsked(followed) ? status : "pending",
    substatus: numbers.isAsked(followed) ? substatus : null,
    scheduled_delivery_date: expectedOn,
    service_type: null,
    origin_info: { courier_code: followed.carrier, trackinfo },
    destination_info: { courier_code: null, trackinfo: [] },
  };
}

function open({ world, rate, pushes }: SandboxCarrierParts) {
  const parts = { numbers: new FollowedNumbers(world, FIRST_ANSWER_MS), world };
  const { numbers } = parts;
  const asking = guard(rate({ requests: 10, perMs: 1_000 }));
  const router = express.Router();
  router.use(rawBody("256kb"));
  router.post("/v4/trackings/batch", guard(rate({ requests: 3, perMs: 1_000 })), createBatch(parts));
  router.get("/v4/trackings/get", asking, getTrackings(parts));
  router.post("/v4/couriers/detect", asking, (_request, response) => {
    response.json({ meta: OK, data: [{ courier_name: "YunExpress", courier_code: "yunexpress" }] });
  });
  router.use((_request, response) => fail(response, { code: 404, type: "NotFound", message: "Page does not exist." }));
  return {
    router,
    refusals: REFUSALS,
    /** The address is entered under Developer → Webhook; the secret is TrackingMore's own and shown there. */
    registerHook: (url: string) => void (numbers.hook = { url, secret: CREDENTIALS.webhookSecret }),
    collectDue() {
      for (const { followed } of numbers.takeNews()) {
        if (!numbers.hook) continue;
        const { url, secret } = numbers.hook;
        const body = JSON.stringify({ meta: OK, data: render(followed, parts) });
        const signature = createHmac("sha256", secret).update(body).digest("base64");
        pushes.push({ url, body, headers: { "content-type": "application/json", signature } });
      }
    },
    snapshot: () => numbers.snapshot(),
    restore: (saved: unknown) => numbers.restore(saved),
  };
}

/** TrackingMore: told once under a named carrier, then asked for; clocks have no zone. */
export const trackingmore: SandboxCarrier = {
  id: "trackingmore",
  label: "TrackingMore",
  company: "YunExpress",
  credentials: CREDENTIALS,
  makeNumber: (serial) => `YT26${String(serial % 1_000_000_000_000).padStart(14, "0")}`,
  // Up to 14 with doubling waits in truth.
  retryDelaysMs: [1_000, 2_000, 4_000, 8_000],
  create: open,
};
