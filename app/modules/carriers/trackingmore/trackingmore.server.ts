import type {
  Carrier,
  CarrierError,
  CarrierReading,
  CarrierRequest,
  CarrierResponse,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { askInBatches, joinReadings, isSameNumber } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { partnerCode } from "../partner-codes.ts";
import { decodeJson } from "../read-json.ts";
import { readTrackingmore } from "./read-trackingmore.ts";
import { detected } from "./trackingmore-schema.ts";
import { TRACKINGMORE_CARRIERS } from "./trackingmore-status.ts";
import { verifyTrackingmore } from "./verify-trackingmore.server.ts";

const BASE_URL = "https://api.trackingmore.com";
const BATCH_SIZE = 40;

/** TrackingMore v4: an aggregator that has to be told each number once, with its carrier. */
export const trackingmore: Carrier = {
  id: "trackingmore",
  displayName: "TrackingMore",
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
      "TrackingMore API v4: 40 numbers per call, 3 creating calls and 10 others a second; a question about new numbers " +
      "creates and detects too, so one question a second keeps to it",
  },
  credentialFields: [
    { name: "apiKey", secret: true, required: true, maxLength: 200 },
    { name: "webhookSecret", secret: true, required: false, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) => `https://www.trackingmore.com/track/en/${encodeURIComponent(trackingNumber)}`,
  read: readTrackingmore,
  track,
  testConnection,
  // There is no id; a retry sends the same bytes.
  push: { verify: verifyTrackingmore, deliveryKey: () => null, read: readTrackingmore },
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(requests, BATCH_SIZE, (batch) => askBatch(session, batch));
}

/** Asks for all, and tells TrackingMore the numbers that it does not follow yet; an error of the question ends it. */
async function askBatch(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  const numbers = requests.map(({ trackingNumber }) => encodeURIComponent(trackingNumber)).join(",");
  const known = read(await call(session, { method: "GET", path: `trackings/get?tracking_numbers=${numbers}` }));
  const stops = known.errors.some(({ kind }) => kind !== "not_registered" && kind !== "not_found");
  if (stops) return known;
  const isKnown = ({ trackingNumber }: TrackRequest) =>
    known.shipments.some((shipment) => isSameNumber(shipment.trackingNumber, trackingNumber));
  const told = await create(
    session,
    requests.filter((request) => !isKnown(request)),
  );
  return joinReadings([{ shipments: known.shipments, errors: [] }, told]);
}

async function create(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  const items: { tracking_number: string; courier_code: string }[] = [];
  const errors: CarrierError[] = [];
  for (const request of requests) {
    const { trackingNumber } = request;
    const courier =
      partnerCode(TRACKINGMORE_CARRIERS, request.carrierHint) ?? (await askCourier(session, trackingNumber));
    if (typeof courier === "string") items.push({ tracking_number: trackingNumber, courier_code: courier });
    else errors.push({ ...courier, trackingNumber });
  }
  if (items.length === 0) return { shipments: [], errors };
  const made = read(await call(session, { method: "POST", path: "trackings/batch", body: JSON.stringify(items) }));
  return joinReadings([made, { shipments: [], errors }]);
}

/** TrackingMore's own detection costs nothing. */
async function askCourier(session: CarrierSession, trackingNumber: string): Promise<string | CarrierError> {
  const body = JSON.stringify({ tracking_number: trackingNumber });
  const response = await call(session, { method: "POST", path: "couriers/detect", body });
  const [error] = read(response).errors;
  if (error) return error;
  const decoded = decodeJson(response);
  const couriers = decoded.ok ? detected.safeParse(decoded.value) : null;
  return couriers?.data?.data[0]?.courier_code ?? UNDETECTED;
}

const UNDETECTED: CarrierError = {
  kind: "not_supported",
  retryable: false,
  message: "TrackingMore cannot tell the carrier of this number. Choose the parcel's carrier.",
};

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = read(await call(session, { method: "GET", path: "trackings/get?pages_amount=1&items_amount=1" }));
  const code = reading.errors[0]?.carrierCode;
  const unpaid = code === "203" || code === "402" || code === "403";
  return explainConnection(reading, {
    auth: unpaid
      ? { cause: "plan", words: "TrackingMore accepts the key, but the account's plan does not include the API." }
      : {
          cause: "key",
          words: "TrackingMore refused the API key. Copy it from Developer → API keys of the TrackingMore dashboard.",
        },
  });
}

function read(response: CarrierResponse): CarrierReading {
  return readTrackingmore({ body: response.body, httpStatus: response.status, headers: response.headers });
}

function call(
  { credentials, http, baseUrl = BASE_URL }: CarrierSession,
  { path, ...request }: { method: "GET" | "POST"; path: string; body?: string },
): Promise<CarrierResponse> {
  const headers: CarrierRequest["headers"] = {
    "tracking-api-key": credentials["apiKey"] ?? "",
    accept: "application/json",
    "content-type": "application/json",
  };
  return http.request({ ...request, url: `${baseUrl}/v4/${path}`, headers });
}
