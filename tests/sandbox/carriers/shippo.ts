import type { RequestHandler, Response } from "express";
import express from "express";
import type { World } from "../world.ts";
import { arrivalOf } from "../world/journey.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { FollowedNumbers } from "./followed-numbers.ts";
import type { RateDecision } from "./rate-window.ts";
import { isRecord, jsonBody, rawBody } from "./read-body.ts";
import { s10Number } from "./s10-number.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";
import { shippoStatus } from "./shippo-words.ts";

const API_KEY = "shippo_live_sandbox0000000000000000";
const CARRIERS: readonly unknown[] = ["usps", "ups", "fedex", "dhl_express", "royal_mail", "canada_post"];

const detail = (response: Response, status: number, words: string) =>
  void response.status(status).json({ detail: words });

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) =>
    detail(response.set("Retry-After", "1"), 429, "Request was throttled. Expected available in 1 second."),
  server_error: (_request, response) => detail(response, 500, "Internal server error."),
  forbidden: (_request, response) => detail(response, 403, "You do not have permission to perform this action."),
};

/** `Authorization: ShippoToken <token>`, and a rate per minute that differs by method. */
function guard(rates: Readonly<Record<string, () => RateDecision>>): RequestHandler {
  return (request, response, next) => {
    const token = /^ShippoToken (\S+)$/.exec(request.get("authorization") ?? "")?.[1];
    if (token === undefined) return detail(response, 401, "Authentication credentials were not provided.");
    if (token !== API_KEY) return detail(response, 401, "Invalid token.");
    return rates[request.method]?.().allowed === false ? REFUSALS.rate_limited(request, response, next) : next();
  };
}

/** A live token may not use the mock carrier. */
function isCarrier(response: Response, carrier: unknown): boolean {
  if (CARRIERS.includes(carrier)) return true;
  response.status(400).json({ carrier: [`The carrier ${String(carrier)} is not supported.`] });
  return false;
}

/** The track as Shippo writes it now, oldest scan first; it asks the carrier at once. */
function render(number: string, carrier: string, world: World): object {
  const scans = world.scans(number);
  const parcel = world.parcel(number);
  const expectedOn = parcel && scans.length > 0 ? (arrivalOf(parcel, world.clock.now())?.expectedOn ?? null) : null;
  const history = scans.map(shippoStatus);
  // A date dressed as an instant, as Shippo sends it.
  const eta = expectedOn && `${expectedOn}T00:00:00Z`;
  return {
    messages: [],
    carrier,
    tracking_number: number,
    transaction: null,
    original_eta: eta,
    eta,
    servicelevel: { token: null, name: null },
    metadata: null,
    tracking_status: history.at(-1) ?? null,
    tracking_history: history,
    test: false,
  };
}

/** Every request follows the number once more: a webhook for each. The sandbox keeps one, which is what a client wants. */
function follow(numbers: FollowedNumbers, world: World): RequestHandler {
  return (request, response) => {
    const body = jsonBody(request.body);
    const { carrier, tracking_number: number } = isRecord(body) ? body : {};
    if (!isCarrier(response, carrier)) return;
    if (typeof number !== "string" || number === "") {
      return void response.status(400).json({ tracking_number: ["This field is required."] });
    }
    numbers.follow(number, String(carrier));
    response.status(201).json(render(number, String(carrier), world));
  };
}

function show(world: World): RequestHandler {
  return (request, response) => {
    const { carrier, number } = request.params;
    if (isCarrier(response, carrier)) response.json(render(String(number), String(carrier), world));
  };
}

function open({ world, rate, pushes }: SandboxCarrierParts) {
  const numbers = new FollowedNumbers(world, 0);
  const router = express.Router();
  const rates = { GET: rate({ requests: 500, perMs: 60_000 }), POST: rate({ requests: 750, perMs: 60_000 }) };
  router.use(rawBody("256kb"), guard(rates));
  router.post("/tracks", follow(numbers, world));
  router.get("/tracks/:carrier/:number", show(world));
  router.use((_request, response) => detail(response, 404, "Not found."));
  return {
    router,
    refusals: REFUSALS,
    /** The address is entered under Settings → API → Webhooks; nothing is signed unless Shippo has been asked to. */
    registerHook: (url: string, secret: string) => void (numbers.hook = { url, secret }),
    collectDue() {
      for (const { followed } of numbers.takeNews()) {
        if (!numbers.hook) continue;
        const { number, carrier } = followed;
        const body = JSON.stringify({
          event: "track_updated",
          test: false,
          carrier,
          data: render(number, carrier, world),
        });
        pushes.push({ url: numbers.hook.url, body, headers: { "content-type": "application/json" } });
      }
    },
    snapshot: () => numbers.snapshot(),
    restore: (saved: unknown) => numbers.restore(saved),
  };
}

/** Shippo: the carrier has to be named, tracks are told at once, and webhooks have to be asked for number by number. */
export const shippo: SandboxCarrier = {
  id: "shippo",
  label: "Shippo",
  company: "USPS",
  credentials: { apiKey: API_KEY },
  makeNumber: (serial) => s10Number("LZ", serial, "US"),
  retryDelaysMs: [1_000, 2_000],
  create: open,
};
