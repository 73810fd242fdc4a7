import { createHash } from "node:crypto";
import { equalBytes } from "#app/lib/crypto.server.ts";
import type {
  Carrier,
  CarrierError,
  CarrierPush,
  CarrierReading,
  CarrierRequest,
  CarrierResponse,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { askInBatches, joinReadings, isSameNumber } from "../batches.ts";
import { type Advice, explainConnection } from "../explain-connection.ts";
import { partnerCode } from "../partner-codes.ts";
import { decodeJson } from "../read-json.ts";
import { anySecret, header } from "../read-push.ts";
import { answer } from "./17track-schema.ts";
import { SEVENTEEN_TRACK_CARRIERS } from "./17track-status.ts";
import { readSeventeenTrack } from "./read-17track.ts";

const BASE_URL = "https://api.17track.net";
const BATCH_SIZE = 40;

/** 17TRACK: an aggregator that is told a number once (a unit of the quota) and asked for it ever after, at no cost. */
export const seventeenTrack: Carrier = {
  id: "17track",
  displayName: "17TRACK",
  kind: "aggregator",
  shopifyCompany: null,
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 1,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "17TRACK Tracking API v2.2: 40 numbers per call, 3 calls a second; a question about new numbers takes up to three " +
      "calls (ask, register, ask), so one question a second keeps to it",
  },
  credentialFields: [{ name: "apiKey", secret: true, required: true, maxLength: 200 }],
  trackingPage: (trackingNumber) => `https://t.17track.net/en#nums=${encodeURIComponent(trackingNumber)}`,
  read: readSeventeenTrack,
  track,
  testConnection,
  push: seventeenTrackPush(),
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(requests, BATCH_SIZE, (batch) => askBatch(session, batch));
}

/** Asks, and registers what is not registered yet. The answer to a registration never has scans: they come minutes later. */
async function askBatch(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  const known = await call(session, "gettrackinfo", requests.map(toQuestion));
  const strangers = requestsWith(requests, known, "not_registered");
  if (strangers.length === 0) return known;
  const registered = await call(session, "register", strangers.map(toRegistration));
  // Somebody else has registered it since we asked.
  const raced = requestsWith(requests, registered, "conflict");
  const asked = raced.length === 0 ? null : await call(session, "gettrackinfo", raced.map(toQuestion));
  return joinReadings([without(known, "not_registered"), without(registered, "conflict"), ...(asked ? [asked] : [])]);
}

function requestsWith(requests: readonly TrackRequest[], { errors }: CarrierReading, kind: CarrierError["kind"]) {
  const numbers = errors.filter((error) => error.kind === kind).map((error) => error.trackingNumber ?? "");
  return requests.filter((request) => numbers.some((number) => isSameNumber(number, request.trackingNumber)));
}

function without({ shipments, errors }: CarrierReading, kind: CarrierError["kind"]): CarrierReading {
  return { shipments, errors: errors.filter((error) => error.kind !== kind || !error.trackingNumber) };
}

/** Without a carrier: a number is found under whichever it was registered. */
const toQuestion = ({ trackingNumber }: TrackRequest) => ({ number: trackingNumber });

function toRegistration({ trackingNumber, carrierHint }: TrackRequest) {
  const carrier = partnerCode(SEVENTEEN_TRACK_CARRIERS, carrierHint);
  return { number: trackingNumber, ...(carrier === null ? {} : { carrier: Number(carrier) }) };
}

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const response = await session.http.request(toRequest(session, "getquota", []));
  const reading = readSeventeenTrack({ ...response, httpStatus: response.status });
  if (isUsedUp(response)) return USED_UP;
  const [error] = reading.errors;
  const words = error?.carrierCode === undefined ? undefined : REFUSALS[error.carrierCode];
  return explainConnection(reading, {
    auth: words ?? {
      cause: "key",
      words: "17TRACK refused the API key. Copy the security key from Settings → Security at api.17track.net.",
    },
    not_found: "The address does not answer like 17TRACK.",
  });
}

const USED_UP: CarrierError = {
  kind: "rate_limited",
  retryable: false,
  cause: "plan",
  message:
    "17TRACK accepts the key, but its quota is used up: no new number can be followed. Buy more at api.17track.net.",
};

function isUsedUp(response: CarrierResponse): boolean {
  const decoded = decodeJson(response);
  const read = decoded.ok ? answer.safeParse(decoded.value) : null;
  return read?.data?.data?.quota_remain === "0";
}

const REFUSALS: Readonly<Record<string, Advice>> = {
  "-18010001": {
    cause: "ip",
    words: "17TRACK accepts the key, but not calls from our IP address. Clear the IP whitelist at api.17track.net.",
  },
  "-18010004": "17TRACK has disabled the account that the key belongs to.",
  "-18010005": { cause: "plan", words: "17TRACK accepts the key, but its plan does not include the tracking API." },
};

async function call(session: CarrierSession, method: string, body: readonly object[]): Promise<CarrierReading> {
  const response = await session.http.request(toRequest(session, method, body));
  return readSeventeenTrack({ body: response.body, httpStatus: response.status, headers: response.headers });
}

function toRequest(session: CarrierSession, method: string, body: readonly object[]): CarrierRequest {
  return {
    method: "POST",
    url: `${session.baseUrl ?? BASE_URL}/track/v2.2/${method}`,
    headers: {
      "17token": session.credentials["apiKey"] ?? "",
      "content-type": "application/json",
      accept: "application/json",
    },
    body: JSON.stringify(body),
  };
}

/** `sign` is the hex SHA-256 (no HMAC) of the raw body, a slash and the API key (17TRACK API v2.2, webhook signature). */
function seventeenTrackPush(): CarrierPush {
  return {
    verify({ body, headers, secrets, credentials }) {
      const signature = header(headers, "sign")?.trim() ?? "";
      if (!/^[0-9a-f]{64}$/i.test(signature)) return false;
      const given = Buffer.from(signature, "hex");
      return anySecret([...secrets, credentials?.["apiKey"] ?? ""], (secret) =>
        equalBytes(createHash("sha256").update(body).update(`/${secret}`).digest(), given),
      );
    },
    /** There is no id; a retry sends the same bytes. */
    deliveryKey: () => null,
    read: readSeventeenTrack,
  };
}
