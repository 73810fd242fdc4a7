import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";
import express from "express";
import type { World } from "../world.ts";
import { arrivalOf } from "../world/journey.ts";
import type { Scan } from "../world/parcel.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { type FollowedNumber, FollowedNumbers } from "./followed-numbers.ts";
import type { RateDecision } from "./rate-window.ts";
import { isRecord, jsonBody, rawBody } from "./read-body.ts";
import { s10Number } from "./s10-number.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";
import { ship24Event, ship24Status } from "./ship24-words.ts";

const CREDENTIALS = { apiKey: "apik_sandbox00000000000000000000", webhookSecret: "sandbox-ship24-webhook-secret" };
const FIRST_ANSWER_MS = 1_000;
const COURIERS: readonly unknown[] = ["jp-post", "us-post", "ups", "fedex", "gb-post", "cn-post", "fr-post"];

function fail(response: Response, status: number, error: { code: string; message: string }): void {
  response.status(status).json({ errors: [error], data: null });
}

const REFUSALS: ProviderRefusals = {
  // The real one is no JSON either.
  rate_limited: (_request, response) => void response.status(429).type("text").send("Too Many Requests"),
  server_error: (_request, response) =>
    fail(response, 500, { code: "internal_error", message: "Something went wrong on our side." }),
  forbidden: (_request, response) =>
    fail(response, 403, { code: "no_active_subscription", message: "No active subscription." }),
};

/** `Authorization: Bearer <key>`, and a rate that the headers tell. */
function guard(rate: () => RateDecision): RequestHandler {
  return (request, response, next) => {
    const key = /^Bearer (\S+)$/.exec(request.get("authorization") ?? "")?.[1];
    if (key === undefined) {
      return fail(response, 400, { code: "auth_missing_header", message: "The Authorization header is missing." });
    }
    if (key !== CREDENTIALS.apiKey) {
      return fail(response, 401, { code: "auth_invalid_api_key", message: "The provided API key is invalid." });
    }
    const { allowed, limit, remaining, resetSeconds } = rate();
    response.set({ "RateLimit-Limit": String(limit), "RateLimit-Remaining": String(remaining) });
    if (allowed) return next();
    response.set("Retry-After", String(resetSeconds));
    return REFUSALS.rate_limited(request, response, next);
  };
}

type Parts = { numbers: FollowedNumbers; world: World };

function invalid(response: Response, message: string): void {
  fail(response, 400, { code: "validation_error", message });
}

/** The same number again gives the tracker that there is. */
function createTracker({ numbers, world }: Parts): RequestHandler {
  return (request, response) => {
    const body = jsonBody(request.body);
    const { trackingNumber: number, courierCode = [] } = isRecord(body) ? body : {};
    if (typeof number !== "string" || !/^[A-Za-z0-9-]{5,50}$/.test(number)) {
      return invalid(response, "The trackingNumber provided seems invalid.");
    }
    const couriers: unknown[] = Array.isArray(courierCode) ? courierCode : [courierCode];
    if (couriers.some((courier) => !COURIERS.includes(courier))) {
      return invalid(response, "Please make sure that every courierCode is the code of a supported courier.");
    }
    const followed = numbers.find(number) ?? numbers.follow(number, String(couriers[0] ?? "jp-post"));
    response.status(201).json({ data: { tracker: followed && renderTracker(followed, world) } });
  };
}

function results(parts: Parts): RequestHandler {
  return (request, response) => {
    const followed = parts.numbers.find(String(request.params["number"]));
    if (!followed) return fail(response, 404, { code: "tracker_not_found", message: "Tracker not found." });
    const scans = parts.numbers.scans(followed);
    response.json({ data: { trackings: [render(followed, { ...parts, scans, events: scans })] } });
  };
}

function listTrackers(request: Parameters<RequestHandler>[0], response: Response): void {
  const { page, limit } = request.query;
  const known = /^[1-9]\d*$/.test(String(page)) && /^[1-9]\d{0,2}$/.test(String(limit));
  if (!known) return invalid(response, "Please make sure that page and limit are positive integers.");
  response.json({ data: { trackers: [] } });
}

function renderTracker({ id, number, createdAt }: FollowedNumber, world: World): object {
  const made = new Date(Math.min(createdAt, world.clock.now().getTime())).toISOString();
  return { trackerId: id, trackingNumber: number, isSubscribed: true, isTracked: true, createdAt: made };
}

type Rendering = Parts & { scans: readonly Scan[]; events: readonly Scan[] };

/** A tracking with the given events, newest first, and the state that all scans make. */
function render(followed: FollowedNumber, { world, scans, events }: Rendering): object {
  const parcel = world.parcel(followed.number);
  const expectedOn = parcel && scans.length > 0 ? (arrivalOf(parcel, world.clock.now())?.expectedOn ?? null) : null;
  return {
    tracker: renderTracker(followed, world),
    shipment: {
      shipmentId: `shipment-${followed.id}`,
      ...ship24Status(scans.at(-1)),
      originCountryCode: parcel?.origin.country ?? null,
      destinationCountryCode: parcel?.destination.country ?? null,
      delivery: { estimatedDeliveryDate: expectedOn && `${expectedOn}T00:00:00`, service: null, signedBy: null },
      trackingNumbers: [{ tn: followed.number }],
    },
    events: events.map((scan) => ship24Event(scan, followed.number)).toReversed(),
    statistics: { timestamps: {} },
  };
}

function open({ world, rate, pushes }: SandboxCarrierParts) {
  const parts = { numbers: new FollowedNumbers(world, FIRST_ANSWER_MS), world };
  const { numbers } = parts;
  const router = express.Router();
  router.use(rawBody("256kb"), guard(rate({ requests: 20, perMs: 1_000 })));
  router.route("/public/v1/trackers").post(createTracker(parts)).get(listTrackers);
  router.get("/public/v1/trackers/search/:number/results", results(parts));
  router.use((_request, response) => fail(response, 404, { code: "not_found", message: "Not found." }));
  return {
    router,
    refusals: REFUSALS,
    /** The address is entered under Integrations → Webhooks; the secret is Ship24's own and shown there. */
    registerHook: (url: string) => void (numbers.hook = { url, secret: CREDENTIALS.webhookSecret }),
    collectDue() {
      for (const { followed, scans, fresh } of numbers.takeNews()) {
        if (!numbers.hook) continue;
        const { url, secret } = numbers.hook;
        const generatedAt = world.clock.now().toISOString();
        const metadata = { generatedAt, messageId: randomUUID(), topic: "tracking/events" };
        const tracking = render(followed, { ...parts, scans, events: fresh });
        const body = JSON.stringify({ trackings: [{ metadata, ...tracking }] });
        pushes.push({ url, body, headers: { "content-type": "application/json", authorization: `Bearer ${secret}` } });
      }
    },
    snapshot: () => numbers.snapshot(),
    restore: (saved: unknown) => numbers.restore(saved),
  };
}

/** Ship24: a tracker per number; webhooks tell new events only, and clocks have no zone. */
export const ship24: SandboxCarrier = {
  id: "ship24",
  label: "Ship24",
  company: "Japan Post (EN)",
  credentials: CREDENTIALS,
  makeNumber: (serial) => s10Number("LM", serial, "JP"),
  retryDelaysMs: [1_000, 2_000, 4_000],
  create: open,
};
