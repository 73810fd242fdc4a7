import { createHmac, randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";
import express from "express";
import type { World } from "../world.ts";
import { arrivalOf } from "../world/journey.ts";
import { aftershipCheckpoint, aftershipTag } from "./aftership-words.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { type FollowedNumber, FollowedNumbers } from "./followed-numbers.ts";
import type { RateDecision } from "./rate-window.ts";
import { isRecord, jsonBody, rawBody } from "./read-body.ts";
import { s10Number } from "./s10-number.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";

const CREDENTIALS = { apiKey: "asat_sandbox0000000000000000000000", webhookSecret: "sandbox-aftership-webhook-secret" };
const FIRST_ANSWER_MS = 1_000;
const MOST_NUMBERS = 50;

interface Refusal {
  code: number;
  type: string;
  message: string;
}

/** The HTTP status is the code itself, or 400 for AfterShip's finer codes. */
function fail(response: Response, meta: Refusal, data: object = {}): void {
  response.status(meta.code < 1_000 ? meta.code : 400).json({ meta, data });
}

const TOO_MANY = { code: 429, type: "TooManyRequests", message: "You have exceeded the API call rate limit." };
const NOT_FOUND = { code: 404, type: "NotFound", message: "The URI requested is invalid." };

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) => fail(response, TOO_MANY),
  server_error: (_request, response) =>
    fail(response, { code: 500, type: "InternalError", message: "Something went wrong on AfterShip's end." }),
  forbidden: (_request, response) =>
    fail(response, { code: 403, type: "Forbidden", message: "Access to this resource is not allowed." }),
};

/** The key in `as-api-key`, and ten requests a second, counted in the headers. */
function guard(rate: () => RateDecision): RequestHandler {
  return (request, response, next) => {
    if (request.get("as-api-key") !== CREDENTIALS.apiKey) {
      return fail(response, { code: 401, type: "Unauthorized", message: "The API key is invalid." });
    }
    const { allowed, limit, remaining, resetSeconds } = rate();
    response.set({ "x-ratelimit-limit": String(limit), "x-ratelimit-remaining": String(remaining) });
    return allowed ? next() : fail(response.set("retry-after", String(resetSeconds)), TOO_MANY);
  };
}

type Parts = { numbers: FollowedNumbers; world: World };

function create({ numbers, world }: Parts): RequestHandler {
  return (request, response) => {
    const body = jsonBody(request.body);
    const { tracking_number: number, slug = null } = isRecord(body) ? body : {};
    if (typeof number !== "string" || !/^[A-Za-z0-9 -]{4,60}$/.test(number)) {
      return fail(response, { code: 4005, type: "BadRequest", message: "The value of `tracking_number` is invalid." });
    }
    if (slug !== null && (typeof slug !== "string" || !/^[a-z0-9-]+$/.test(slug))) {
      return fail(response, { code: 4010, type: "BadRequest", message: "The value of `slug` is invalid." });
    }
    const followed = numbers.follow(number, slug ?? "royal-mail");
    if (followed)
      return void response.status(201).json({ meta: { code: 201 }, data: render(followed, { numbers, world }) });
    const { id, carrier } = numbers.find(number) ?? { id: "", carrier: "" };
    const refusal = { code: 4003, type: "BadRequest", message: "Tracking already exists." };
    fail(response, refusal, { id, tracking_number: number, slug: carrier });
  };
}

function search({ numbers, world }: Parts): RequestHandler {
  return (request, response) => {
    const asked = String(request.query["tracking_numbers"] ?? "");
    const wanted = asked === "" ? [] : asked.split(",");
    if (wanted.length > MOST_NUMBERS) {
      return fail(response, { code: 4008, type: "BadRequest", message: "The value of `tracking_numbers` is invalid." });
    }
    const found = wanted.flatMap((number) => numbers.find(number) ?? []);
    const pagination = { total: found.length, next_cursor: null, has_next_page: false };
    const trackings = found.map((followed) => render(followed, { numbers, world }));
    response.json({ meta: { code: 200 }, data: { pagination, trackings } });
  };
}

/** The tracking as AfterShip writes it now, oldest checkpoint first. */
function render(followed: FollowedNumber, { numbers, world }: Parts): object {
  const scans = numbers.scans(followed);
  const parcel = world.parcel(followed.number);
  const expectedOn = parcel && scans.length > 0 ? (arrivalOf(parcel, world.clock.now())?.expectedOn ?? null) : null;
  return {
    id: followed.id,
    tracking_number: followed.number,
    slug: followed.carrier,
    active: true,
    ...aftershipTag(scans.at(-1)),
    return_to_sender: scans.some(({ kind }) => kind === "returning"),
    expected_delivery: null,
    latest_estimated_delivery: expectedOn && { type: "specific", source: "Courier", datetime: expectedOn },
    order_promised_delivery_date: null,
    shipment_type: null,
    shipment_package_count: null,
    source: "api",
    title: followed.number,
    checkpoints: scans.map((scan) => aftershipCheckpoint(scan, followed.carrier)),
  };
}

function open({ world, rate, pushes }: SandboxCarrierParts) {
  const parts = { numbers: new FollowedNumbers(world, FIRST_ANSWER_MS), world };
  const { numbers } = parts;
  const router = express.Router();
  router.use(rawBody("256kb"), guard(rate({ requests: 10, perMs: 1_000 })));
  router.route("/tracking/2026-07/trackings").post(create(parts)).get(search(parts));
  router.use((_request, response) => fail(response, NOT_FOUND));
  return {
    router,
    refusals: REFUSALS,
    /** The address is entered under Settings → Webhooks; the secret is AfterShip's own and shown there. */
    registerHook: (url: string) => void (numbers.hook = { url, secret: CREDENTIALS.webhookSecret }),
    collectDue() {
      for (const { followed } of numbers.takeNews()) {
        if (!numbers.hook) continue;
        const { url, secret } = numbers.hook;
        const ts = Math.floor(world.clock.now().getTime() / 1_000);
        const event = { event: "tracking_update", event_id: randomUUID(), is_tracking_first_tag: false, ts };
        const body = JSON.stringify({ ...event, msg: render(followed, parts) });
        const signature = createHmac("sha256", secret).update(body).digest("base64");
        const headers = { "content-type": "application/json", "aftership-hmac-sha256": signature };
        pushes.push({ url, body, headers });
      }
    },
    snapshot: () => numbers.snapshot(),
    restore: (saved: unknown) => numbers.restore(saved),
  };
}

/** AfterShip: told once, then asked for; the first checkpoints come some time after the number. */
export const aftership: SandboxCarrier = {
  id: "aftership",
  label: "AfterShip",
  company: "Royal Mail",
  credentials: CREDENTIALS,
  makeNumber: (serial) => s10Number("TT", serial, "GB"),
  // Up to 14 with growing waits in truth.
  retryDelaysMs: [1_000, 2_000, 4_000, 8_000, 16_000],
  create: open,
};
