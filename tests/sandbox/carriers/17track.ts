import { createHash } from "node:crypto";
import type { RequestHandler, Response } from "express";
import express from "express";
import type { World } from "../world.ts";
import { arrivalOf } from "../world/journey.ts";
import { seventeenTrackEvent, seventeenTrackStatus } from "./17track-words.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { type FollowedNumber, FollowedNumbers } from "./followed-numbers.ts";
import type { RateDecision } from "./rate-window.ts";
import { isRecord, jsonBody, rawBody } from "./read-body.ts";
import { s10Number } from "./s10-number.ts";
import type { SandboxCarrier, SandboxCarrierParts } from "./sandbox-carrier.ts";

const API_KEY = "SANDBOX17TRACK00000000000000000A";
const QUOTA = 10_000;
/** The real service needs minutes; a demo has one. */
const FIRST_ANSWER_MS = 1_000;
const CHINA_POST = 3011;

function fail(response: Response, status: number, error: { code: number; message: string }): void {
  response.status(status).json({ code: error.code, data: { errors: [error] } });
}

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) => fail(response, 429, { code: 429, message: "Too many requests." }),
  server_error: (_request, response) =>
    fail(response, 500, { code: -18010003, message: "Internal service error, please retry later." }),
  forbidden: (_request, response) =>
    fail(response, 403, { code: -18010001, message: "The IP address is not in the white list." }),
};

type Item = Readonly<Record<string, unknown>>;
type Verdict = { accepted: object } | { rejected: { code: number; message: string } };

/** The API key in `17token`, three calls a second, and a list of at most 40 numbers. */
function guard(rate: () => RateDecision): RequestHandler {
  return (request, response, next) => {
    if (request.get("17token") !== API_KEY) {
      return fail(response, 401, { code: -18010002, message: "The security key is invalid." });
    }
    return rate().allowed ? next() : REFUSALS.rate_limited(request, response, next);
  };
}

/** Judges every number of the list by itself, as the service does. */
function eachNumber(judge: (number: string, item: Item) => Verdict): RequestHandler {
  return (request, response) => {
    const items = jsonBody(request.body);
    if (!Array.isArray(items) || items.length === 0) {
      return fail(response, 200, { code: -18010013, message: "Submitted data is invalid." });
    }
    if (items.length > 40) {
      return fail(response, 200, { code: -18010014, message: "Tracking numbers exceed the limit of 40." });
    }
    const verdicts = items.map((item: unknown) => {
      const number = isRecord(item) && typeof item["number"] === "string" ? item["number"] : "";
      const valid = /^[A-Za-z0-9-]{5,50}$/.test(number) && isRecord(item);
      const error = { code: -18010012, message: `The format of '${number}' is invalid.` };
      return { number, verdict: valid ? judge(number, item) : { rejected: error } };
    });
    response.json({
      code: 0,
      data: {
        accepted: verdicts.flatMap(({ verdict }) => ("accepted" in verdict ? [verdict.accepted] : [])),
        rejected: verdicts.flatMap(({ number, verdict }) =>
          "rejected" in verdict ? [{ number, error: verdict.rejected }] : [],
        ),
      },
    });
  };
}

function register(numbers: FollowedNumbers) {
  return (number: string, { carrier = CHINA_POST }: Item): Verdict => {
    if (!Number.isInteger(carrier)) {
      return { rejected: { code: -18019910, message: `The carrier value ${String(carrier)} is not correct.` } };
    }
    if (numbers.count() >= QUOTA) return { rejected: { code: -18019908, message: "Quota is not enough for use." } };
    const followed = numbers.follow(number, String(carrier));
    const message = `The tracking number ${number} has been registered, don't need to repeat registration.`;
    if (!followed) return { rejected: { code: -18019901, message } };
    return { accepted: { origin: 1, number: followed.number, carrier, email: null, tag: null, lang: null } };
  };
}

function trackInfo(numbers: FollowedNumbers, world: World) {
  return (number: string): Verdict => {
    const followed = numbers.find(number);
    const unregistered = `The tracking number '${number}' does not register, please register first.`;
    if (!followed) return { rejected: { code: -18019902, message: unregistered } };
    if (!numbers.isAsked(followed)) {
      return { rejected: { code: -18019909, message: "No tracking information at this time." } };
    }
    return { accepted: render(followed, numbers, world) };
  };
}

/** One number with everything that is known of it, newest scan first. */
function render(followed: FollowedNumber, numbers: FollowedNumbers, world: World): object {
  const scans = numbers.scans(followed);
  const parcel = world.parcel(followed.number);
  const expectedOn = parcel ? (arrivalOf(parcel, world.clock.now())?.expectedOn ?? null) : null;
  const events = scans.map(seventeenTrackEvent).toReversed();
  const day = expectedOn === null ? null : `${expectedOn}T00:00:00`;
  const provider = { key: Number(followed.carrier), name: parcel?.company ?? "China Post" };
  return {
    number: followed.number,
    carrier: Number(followed.carrier),
    param: null,
    tag: null,
    track_info: {
      latest_status: seventeenTrackStatus(scans.at(-1)),
      latest_event: events[0] ?? null,
      time_metrics: { estimated_delivery_date: { source: "17TRACK", from: day, to: day } },
      milestone: [],
      misc_info: { service_type: null, local_number: null, local_provider: null, local_key: 0 },
      tracking: {
        providers_hash: 1,
        providers: [{ provider, service_type: null, latest_sync_status: "Success", events_hash: 1, events }],
      },
    },
  };
}

function create({ world, rate, pushes }: SandboxCarrierParts) {
  const numbers = new FollowedNumbers(world, FIRST_ANSWER_MS);
  const router = express.Router();
  router.use("/track/v2.2", rawBody("256kb"), guard(rate({ requests: 3, perMs: 1_000 })));
  router.post("/track/v2.2/register", eachNumber(register(numbers)));
  router.post("/track/v2.2/gettrackinfo", eachNumber(trackInfo(numbers, world)));
  router.post("/track/v2.2/getquota", (_request, response) => {
    const used = numbers.count();
    response.json({ code: 0, data: { quota_total: QUOTA, quota_used: used, quota_remain: QUOTA - used } });
  });
  router.use((_request, response) => fail(response, 404, { code: 404, message: "Not found." }));
  return {
    router,
    refusals: REFUSALS,
    /** The webhook is entered in the account's settings; what signs is the API key and nothing else. */
    registerHook: (url: string) => void (numbers.hook = { url, secret: API_KEY }),
    collectDue() {
      for (const { followed } of numbers.takeNews()) {
        if (!numbers.hook) continue;
        const { url, secret } = numbers.hook;
        const body = JSON.stringify({ event: "TRACKING_UPDATED", data: render(followed, numbers, world) });
        const sign = createHash("sha256").update(`${body}/${secret}`).digest("hex");
        pushes.push({ url, body, headers: { "content-type": "application/json", sign } });
      }
    },
    snapshot: () => numbers.snapshot(),
    restore: (saved: unknown) => numbers.restore(saved),
  };
}

/** 17TRACK: register once, ask for ever; the first scans come some time after the registration. */
export const seventeenTrack: SandboxCarrier = {
  id: "17track",
  label: "17TRACK",
  company: "China Post",
  credentials: { apiKey: API_KEY },
  makeNumber: (serial) => s10Number("LT", serial, "CN"),
  // 10, 30 and 60 minutes in truth.
  retryDelaysMs: [1_000, 3_000, 6_000],
  create,
};
