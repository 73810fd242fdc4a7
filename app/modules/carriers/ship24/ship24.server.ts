import { equalSecrets } from "#app/lib/crypto.server.ts";
import type {
  Carrier,
  CarrierError,
  CarrierPush,
  CarrierReading,
  CarrierRequest,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { askOneByOne } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { partnerCode } from "../partner-codes.ts";
import { decodeJson } from "../read-json.ts";
import { anySecret, header } from "../read-push.ts";
import { readShip24 } from "./read-ship24.ts";
import { answer } from "./ship24-schema.ts";
import { SHIP24_CARRIERS } from "./ship24-status.ts";

const BASE_URL = "https://api.ship24.com";

/** Ship24: an aggregator that pays per tracker. Scans are newest first and nearly always without a zone. */
export const ship24: Carrier = {
  id: "ship24",
  displayName: "Ship24",
  kind: "aggregator",
  shopifyCompany: null,
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: 3,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "Ship24 answers 429 with RateLimit headers that differ by plan and are not published; three questions a second, with " +
      "up to three requests for a new number, are our own caution",
  },
  credentialFields: [
    { name: "apiKey", secret: true, required: true, maxLength: 200 },
    { name: "webhookSecret", secret: true, required: false, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) => `https://www.ship24.com/tracking?p=${encodeURIComponent(trackingNumber)}`,
  read: readShip24,
  track,
  testConnection,
  push: ship24Push(),
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, (request) => askOne(session, request));
}

/**
 * Looks the number up and makes a tracker only when there is none: a tracker with other parameters than before would be
 * another one, and paid for again. The call that does both at once may take a minute, so it is not used.
 */
async function askOne(session: CarrierSession, { trackingNumber, ...request }: TrackRequest): Promise<CarrierReading> {
  const path = `trackers/search/${encodeURIComponent(trackingNumber)}/results`;
  const known = await call(session, { method: "GET", path });
  const missing = known.errors.some(({ kind }) => kind === "not_registered" || kind === "not_found");
  if (!missing && (known.errors.length > 0 || known.shipments.length > 0)) return known;
  const courier = partnerCode(SHIP24_CARRIERS, request.carrierHint);
  const facts = { trackingNumber, ...(request.postalCode ? { destinationPostCode: request.postalCode } : {}) };
  const create = (body: object) => call(session, { method: "POST", path: "trackers", body: JSON.stringify(body) });
  const made = await create(courier === null ? facts : { ...facts, courierCode: [courier] });
  const refusesCourier = courier !== null && made.errors.some(({ message }) => /\bcourierCode\b/.test(message));
  return refusesCourier ? create(facts) : made;
}

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await call(session, { method: "GET", path: "trackers?page=1&limit=1" });
  const unpaid = reading.errors.some(({ carrierCode }) => carrierCode === "no_active_subscription");
  return explainConnection(reading, {
    auth: unpaid
      ? { cause: "plan", words: "Ship24 accepts the key, but the account has no active per-shipment subscription." }
      : {
          cause: "key",
          words: "Ship24 refused the API key. Copy it from Integrations → API keys of the Ship24 dashboard.",
        },
  });
}

async function call(
  { credentials, http, baseUrl = BASE_URL }: CarrierSession,
  { path, ...request }: { method: "GET" | "POST"; path: string; body?: string },
): Promise<CarrierReading> {
  const headers: CarrierRequest["headers"] = {
    authorization: `Bearer ${credentials["apiKey"] ?? ""}`,
    accept: "application/json",
    ...(request.body === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
  };
  const response = await http.request({ ...request, url: `${baseUrl}/public/v1/${path}`, headers });
  return readShip24({ body: response.body, httpStatus: response.status, headers: response.headers });
}

/** `Authorization: Bearer <webhook secret>`: the sender is proven, the body is not signed (docs.ship24.com/webhooks). */
function ship24Push(): CarrierPush {
  return {
    verify({ headers, secrets, credentials }) {
      const given = /^Bearer (\S+)$/i.exec(header(headers, "authorization")?.trim() ?? "")?.[1];
      if (given === undefined) return false;
      return anySecret([...secrets, credentials?.["webhookSecret"] ?? ""], (secret) => equalSecrets(secret, given));
    },
    /** A message keeps its id over its retries; one without an id is told apart by its bytes. */
    deliveryKey({ body }) {
      const decoded = decodeJson({ body });
      const read = decoded.ok ? answer.safeParse(decoded.value) : null;
      const ids = (read?.data?.trackings ?? []).map(({ metadata }) => metadata?.messageId ?? null);
      return ids.length > 0 && !ids.includes(null) ? ids.join(",") : null;
    },
    read: readShip24,
  };
}
