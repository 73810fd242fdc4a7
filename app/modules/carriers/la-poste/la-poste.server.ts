import type {
  Carrier,
  CarrierError,
  CarrierReading,
  CarrierRequest,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { askInBatches, numbersOf } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { nameOnly } from "../name-numbers.ts";
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

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, (numbers) => ask(session, numbers));
}

/** A well-formed number that nobody has: "not found" proves that the key may track. */
const PROBE_NUMBER = "6A00000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, [PROBE_NUMBER]);
  const forbidden = reading.errors.some((error) => ["403", "FORBIDDEN"].includes(error.carrierCode ?? ""));
  return explainConnection(reading, {
    auth: forbidden
      ? {
          cause: "scope",
          words:
            "La Poste knows the key, but its application is not subscribed to Suivi v2. Add the product on developer.laposte.fr.",
        }
      : {
          cause: "key",
          words:
            "La Poste refused the key. Copy the production key of the application from developer.laposte.fr; sandbox keys differ.",
        },
  });
}

async function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const response = await session.http.request(trackCall(session, numbers));
  const reading = readLaPoste({ body: response.body, httpStatus: response.status, headers: response.headers });
  return { ...reading, errors: reading.errors.map((error) => nameOnly(error, numbers)) };
}

function trackCall({ credentials, baseUrl = BASE_URL }: CarrierSession, numbers: readonly string[]): CarrierRequest {
  return {
    method: "GET",
    url: `${baseUrl}/suivi/v2/idships/${numbers.map(encodeURIComponent).join(",")}?lang=fr_FR`,
    headers: { accept: "application/json", "x-okapi-key": credentials["apiKey"] ?? "" },
  };
}
