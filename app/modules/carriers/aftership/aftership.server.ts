import { equalBytes, hmacSha256 } from "#app/lib/crypto.server.ts";
import type {
  Carrier,
  CarrierError,
  CarrierPush,
  CarrierReading,
  CarrierRequest,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { askInBatches, joinReadings, isSameNumber } from "../batches.ts";
import { type Advice, explainConnection } from "../explain-connection.ts";
import { partnerCode } from "../partner-codes.ts";
import { decodeJson } from "../read-json.ts";
import { anySecret, header } from "../read-push.ts";
import { pushed } from "./aftership-schema.ts";
import { AFTERSHIP_CARRIERS } from "./aftership-status.ts";
import { readAftership } from "./read-aftership.ts";

const BASE_URL = "https://api.aftership.com";
/** AfterShip keeps a version for years; its answers differ from the ones before in names, which the reader bears. */
const VERSION = "2026-07";
const BATCH_SIZE = 25;

/** AfterShip: an aggregator that has to be told a number once. Checkpoints are oldest first. */
export const aftership: Carrier = {
  id: "aftership",
  displayName: "AfterShip",
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
      "AfterShip Tracking API: 10 requests a second, 50 numbers per question; new numbers are told one by one, so half a " +
      "batch and one question a second leave room for them",
  },
  credentialFields: [
    { name: "apiKey", secret: true, required: true, maxLength: 200 },
    { name: "webhookSecret", secret: true, required: false, maxLength: 200 },
  ],
  trackingPage: () => null,
  read: readAftership,
  track,
  testConnection,
  push: aftershipPush(),
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(requests, BATCH_SIZE, (batch) => askBatch(session, batch));
}

/** Asks for all, and tells AfterShip the numbers that it does not follow yet; an error of the question ends it. */
async function askBatch(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  const numbers = requests.map(({ trackingNumber }) => encodeURIComponent(trackingNumber)).join(",");
  const known = await call(session, { method: "GET", path: `trackings?limit=100&tracking_numbers=${numbers}` });
  if (known.errors.length > 0) return known;
  const isKnown = ({ trackingNumber }: TrackRequest) =>
    known.shipments.some((shipment) => isSameNumber(shipment.trackingNumber, trackingNumber));
  const readings = [known];
  for (const request of requests.filter((one) => !isKnown(one))) readings.push(await create(session, request));
  return joinReadings(readings);
}

async function create(session: CarrierSession, request: TrackRequest): Promise<CarrierReading> {
  const { trackingNumber, carrierHint, postalCode } = request;
  const slug = partnerCode(AFTERSHIP_CARRIERS, carrierHint);
  const { shipments, errors } = await call(session, {
    method: "POST",
    path: "trackings",
    body: JSON.stringify({
      tracking_number: trackingNumber,
      ...(slug === null ? {} : { slug }),
      ...(postalCode ? { destination_postal_code: postalCode } : {}),
    }),
  });
  return { shipments, errors: errors.map((error) => ({ trackingNumber, ...error })) };
}

const MAY_NOT_READ =
  "AfterShip accepts the key, but it may not read trackings: the plan must include the API, and the key the permission for trackings.";

const REFUSALS: Readonly<Record<string, Advice>> = {
  "402": { cause: "plan", words: MAY_NOT_READ },
  "403": { usualCause: "scope", words: MAY_NOT_READ },
};

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await call(session, { method: "GET", path: "trackings?limit=1" });
  const code = reading.errors[0]?.carrierCode;
  return explainConnection(reading, {
    auth: REFUSALS[code ?? ""] ?? {
      cause: "key",
      words: "AfterShip refused the API key. Copy it from Settings → API keys of AfterShip Tracking.",
    },
    not_found: "The address does not answer like AfterShip.",
  });
}

async function call(
  { credentials, http, baseUrl = BASE_URL }: CarrierSession,
  { path, ...request }: { method: "GET" | "POST"; path: string; body?: string },
): Promise<CarrierReading> {
  const headers: CarrierRequest["headers"] = {
    "as-api-key": credentials["apiKey"] ?? "",
    accept: "application/json",
    ...(request.body === undefined ? {} : { "content-type": "application/json" }),
  };
  const response = await http.request({ ...request, url: `${baseUrl}/tracking/${VERSION}/${path}`, headers });
  return readAftership({ body: response.body, httpStatus: response.status, headers: response.headers });
}

/** `aftership-hmac-sha256`: base64 HMAC-SHA256 of the raw body with the secret that AfterShip shows (webhook overview). */
function aftershipPush(): CarrierPush {
  return {
    verify({ body, headers, secrets, credentials }) {
      const given = Buffer.from(header(headers, "aftership-hmac-sha256")?.trim() ?? "", "base64");
      return anySecret([...secrets, credentials?.["webhookSecret"] ?? ""], (secret) =>
        equalBytes(hmacSha256(secret, body), given),
      );
    },
    deliveryKey({ body }) {
      const decoded = decodeJson({ body });
      const push = decoded.ok ? pushed.safeParse(decoded.value) : null;
      return push?.success && push.data.event !== null ? push.data.event_id : null;
    },
    read: readAftership,
  };
}
