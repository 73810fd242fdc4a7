import type {
  Carrier,
  CarrierError,
  CarrierReading,
  CarrierRequest,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { askOneByOne } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { readPostnl } from "./read-postnl.ts";

const BASE_URL = "https://api.postnl.nl";

/**
 * PostNL: Shipping Status API, one barcode a question, told only to the customer number that shipped. The feed of updated
 * shipments tells the newest status of at most the last two hours: it would have to be asked by the clock and not by the
 * parcel, and never replaces a history, so it serves here as the probe that needs no parcel.
 */
export const postnl: Carrier = {
  id: "postnl",
  displayName: "PostNL",
  kind: "carrier",
  shopifyCompany: "PostNL",
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: null,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: true,
    source:
      "PostNL Shipping Status guidelines (developer.postnl.nl): single requests in useful intervals, stop when a parcel is " +
      "not found; no figures are published",
  },
  credentialFields: [
    { name: "apiKey", secret: true, required: true, maxLength: 200 },
    { name: "customerNumber", secret: false, required: true, maxLength: 20 },
  ],
  trackingPage: (trackingNumber) => `https://postnl.nl/tracktrace/?B=${encodeURIComponent(trackingNumber)}`,
  read: readPostnl,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, ({ trackingNumber }) =>
    ask(session, `barcode/${encodeURIComponent(trackingNumber)}?detail=true&language=EN`),
  );
}

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const customer = encodeURIComponent(session.credentials["customerNumber"] ?? "");
  const reading = await ask(session, `${customer}/updatedshipments`);
  const refusedKey = reading.errors.some((error) => error.carrierCode?.includes("ApiKey") ?? false);
  return explainConnection(reading, {
    auth: refusedKey
      ? {
          cause: "key",
          words:
            "PostNL refused the API key. Copy the production key from developer.postnl.nl; sandbox keys do not work here.",
        }
      : {
          cause: "account",
          words:
            "PostNL knows the key, but not together with this customer number. Both stand in the confirmation of the API request.",
        },
    invalid_request: {
      cause: "account",
      words:
        "PostNL did not accept the customer number. It has eight digits and is not the customer code of four letters.",
    },
  });
}

async function ask(session: CarrierSession, question: string): Promise<CarrierReading> {
  const { http, credentials, baseUrl = BASE_URL } = session;
  const request: CarrierRequest = {
    method: "GET",
    url: `${baseUrl}/shipment/v2/status/${question}`,
    headers: { apikey: credentials["apiKey"] ?? "", accept: "application/json" },
  };
  const response = await http.request(request);
  return readPostnl({ body: response.body, httpStatus: response.status, headers: response.headers });
}
