import { equalBytes, hmacSha256 } from "#app/lib/crypto.server.ts";
import type {
  Carrier,
  CarrierError,
  CarrierPush,
  CarrierReading,
  CarrierRequest,
  CarrierSession,
  PushVerification,
  TrackRequest,
} from "../carrier.ts";
import { askOneByOne } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { partnerCode } from "../partner-codes.ts";
import { anySecret, header } from "../read-push.ts";
import { readShippo } from "./read-shippo.ts";
import { SHIPPO_CARRIERS } from "./shippo-status.ts";

const BASE_URL = "https://api.goshippo.com";
const API_VERSION = "2018-02-08";

/** Shippo: an aggregator that has to be told the carrier. Scans are oldest first, in UTC. */
export const shippo: Carrier = {
  id: "shippo",
  displayName: "Shippo",
  kind: "aggregator",
  shopifyCompany: null,
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: 8,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source: "Shippo rate limits: 500 GET and 750 POST requests a minute with a live token, 50 with a test token",
  },
  credentialFields: [
    { name: "apiKey", secret: true, required: true, maxLength: 200 },
    { name: "webhookSecret", secret: true, required: false, maxLength: 200 },
  ],
  trackingPage: () => null,
  read: readShippo,
  track,
  testConnection,
  push: shippoPush(),
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, async (request) => {
    const carrier = carrierToken(request);
    return carrier === null ? NO_CARRIER : ask(session, carrier, request.trackingNumber);
  });
}

const NO_CARRIER: CarrierReading = {
  shipments: [],
  errors: [
    {
      kind: "not_supported",
      retryable: false,
      message:
        "Shippo has to be told the carrier, and it is not known, or not one of Shippo's. Choose the parcel's carrier.",
    },
  ],
};

function carrierToken({ carrierHint }: TrackRequest): string | null {
  return partnerCode(SHIPPO_CARRIERS, carrierHint);
}

function ask(session: CarrierSession, carrier: string, trackingNumber: string): Promise<CarrierReading> {
  return call(session, { method: "GET", path: `tracks/${carrier}/${encodeURIComponent(trackingNumber)}` });
}

/** A number that nobody has, of Shippo's own mock carrier: neither token is charged for it. */
const PROBE = { carrier: "shippo", trackingNumber: "SHIPPO_UNKNOWN" };

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, PROBE.carrier, PROBE.trackingNumber);
  // A live token may not use the mock carrier: what is refused then is the carrier, not the token.
  if (reading.errors.every(({ kind }) => kind === "invalid_request")) return null;
  return explainConnection(reading, {
    auth: {
      usualCause: "key",
      words: "Shippo refused the API token. Copy the live token from Settings → API of the Shippo dashboard.",
    },
  });
}

async function call(
  { credentials, http, baseUrl = BASE_URL }: CarrierSession,
  { path, ...request }: { method: "GET" | "POST"; path: string; body?: string },
): Promise<CarrierReading> {
  const headers: CarrierRequest["headers"] = {
    authorization: `ShippoToken ${credentials["apiKey"] ?? ""}`,
    accept: "application/json",
    "shippo-api-version": API_VERSION,
    ...(request.body === undefined ? {} : { "content-type": "application/json" }),
  };
  const response = await http.request({ ...request, url: `${baseUrl}/${path}`, headers });
  return readShippo({ body: response.body, httpStatus: response.status, headers: response.headers });
}

/**
 * Webhooks of a number have to be asked for. A second request for it is charged again and doubles its webhooks, so each
 * number is subscribed once for all its time.
 */
async function subscribe(session: CarrierSession, numbers: readonly TrackRequest[]): Promise<CarrierError | null> {
  let problem: CarrierError | null = null;
  for (const request of numbers) {
    const { trackingNumber } = request;
    const carrier = carrierToken(request);
    const body = JSON.stringify({ carrier, tracking_number: trackingNumber });
    const { errors } = carrier === null ? NO_CARRIER : await call(session, { method: "POST", path: "tracks/", body });
    const [error] = errors;
    if (error) problem ??= { trackingNumber, ...error };
  }
  return problem;
}

const SIGNATURE = /^t=(\d{1,16}),\s*v1=([0-9a-f]{64})$/i;

/**
 * Shippo signs for accounts that have asked it to: `Shippo-Auth-Signature: t=…,v1=` hex HMAC-SHA256 of `t.body` (webhook
 * security guide). For all others it recommends a token in the address, which our addresses always have; reaching this
 * function proves that one.
 */
function shippoPush(): CarrierPush {
  return {
    verify({ body, headers, secrets, credentials }: PushVerification) {
      const signature = header(headers, "shippo-auth-signature")?.trim() ?? null;
      const agreed = credentials?.["webhookSecret"] ?? "";
      if (signature === null) return credentials !== undefined && agreed === "";
      const [, time, hex] = SIGNATURE.exec(signature) ?? [];
      if (time === undefined || hex === undefined) return false;
      const signed = Buffer.concat([Buffer.from(`${time}.`), body]);
      const given = Buffer.from(hex, "hex");
      return anySecret([...secrets, agreed], (secret) => equalBytes(hmacSha256(secret, signed), given));
    },
    /** There is no id; a retry sends the same bytes. */
    deliveryKey: () => null,
    read: readShippo,
    repeatable: false,
    // Shippo names no end; so long a number is watched at most.
    subscriptionDays: 120,
    subscribe,
  };
}
