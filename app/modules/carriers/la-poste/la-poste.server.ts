import type {
  Carrier,
  CarrierError,
  CarrierReading,
  CarrierRequest,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { explainConnection } from "../explain-connection.ts";
import { readLaPoste } from "./read-la-poste.ts";

const BASE_URL = "https://api.laposte.fr";
const BATCH_SIZE = 10;

/** La Poste: one key and one list of codes for letters, Colissimo and Chronopost, asked in batches of 10. */
export const laPoste: Carrier = {
  id: "la-poste",
  displayName: "La Poste",
  kind: "carrier",
  shopifyCompany: "La Poste Colissimo",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 1,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source: "100 requests a minute and key, 10 numbers a request: write-ups of users of Suivi v2, unverified",
  },
  credentialFields: [{ name: "apiKey", secret: true, required: true, maxLength: 200 }],
  trackingPage: (trackingNumber) =>
    `https://www.laposte.fr/outils/suivre-vos-envois?code=${encodeURIComponent(trackingNumber)}`,
  read: readLaPoste,
  track,
  testConnection,
};

async function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  const reading: CarrierReading = { shipments: [], errors: [] };
  for (let start = 0; start < requests.length; start += BATCH_SIZE) {
    const numbers = requests.slice(start, start + BATCH_SIZE).map((request) => request.trackingNumber);
    const batch = await ask(session, numbers);
    reading.shipments.push(...batch.shipments);
    reading.errors.push(...batch.errors);
  }
  return reading;
}

/** A well-formed number that nobody has: "not found" proves that the key may track. */
const PROBE_NUMBER = "6A00000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, [PROBE_NUMBER]);
  const forbidden = reading.errors.some((error) => ["403", "FORBIDDEN"].includes(error.carrierCode ?? ""));
  return explainConnection(reading, {
    auth: forbidden
      ? "La Poste knows the key, but its application is not subscribed to Suivi v2. Add the product on developer.laposte.fr."
      : "La Poste refused the key. Copy the production key of the application from developer.laposte.fr; sandbox keys differ.",
  });
}

async function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const response = await session.http.request(trackCall(session, numbers));
  const reading = readLaPoste({ body: response.body, httpStatus: response.status, headers: response.headers });
  return { ...reading, errors: reading.errors.map((error) => withNumber(error, numbers)) };
}

/** A refusal names no number; it belongs to the asked one when there was but one. */
function withNumber(error: CarrierError, numbers: readonly string[]): CarrierError {
  const [only] = numbers;
  return numbers.length === 1 && only !== undefined ? { trackingNumber: only, ...error } : error;
}

function trackCall({ credentials, baseUrl = BASE_URL }: CarrierSession, numbers: readonly string[]): CarrierRequest {
  return {
    method: "GET",
    url: `${baseUrl}/suivi/v2/idships/${numbers.map(encodeURIComponent).join(",")}?lang=fr_FR`,
    headers: { accept: "application/json", "x-okapi-key": credentials["apiKey"] ?? "" },
  };
}
