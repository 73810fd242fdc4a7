import type {
  Carrier,
  CarrierError,
  CarrierReading,
  CarrierRequest,
  CarrierResponse,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { callWithToken } from "../call-with-token.ts";
import { askInBatches, numbersOf } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { nameOnly } from "../name-numbers.ts";
import { readGls } from "./read-gls.ts";

const BASE_URL = "https://api.gls-group.net";
const BATCH_SIZE = 10;

/** GLS Group: Track And Trace V1 in batches of 10; 500 questions a day unless GLS raises it, so batches matter. */
export const gls: Carrier = {
  id: "gls",
  displayName: "GLS",
  kind: "carrier",
  shopifyCompany: "GLS",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: null,
    requestsPerDay: 500,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source: "GLS Track And Trace V1, OpenAPI 1.0.7: 500 requests a day by default, 10 parcels a request",
  },
  credentialFields: [
    { name: "clientId", secret: false, required: true, maxLength: 200 },
    { name: "clientSecret", secret: true, required: true, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) =>
    `https://gls-group.com/GROUP/en/parcel-tracking/?match=${encodeURIComponent(trackingNumber)}`,
  read: readGls,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, async (numbers) => {
    const { shipments, errors } = await ask(session, numbers);
    return { shipments, errors: errors.map((error) => nameOnly(error, numbers)) };
  });
}

/** Nobody's number: "not found" proves that the app may track. */
const PROBE_NUMBER = "00000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, [PROBE_NUMBER]);
  const missing = reading.errors.some((error) => error.carrierCode === "oauth.v2.InvalidApiKeyForGivenResource");
  return explainConnection(reading, {
    auth: missing
      ? {
          cause: "scope",
          words:
            "GLS knows the app, but it does not include Track And Trace V1. Add that API to the app on dev-portal.gls-group.net.",
        }
      : {
          cause: "key",
          words:
            "GLS refused the API key and secret. Copy both from the app on dev-portal.gls-group.net; sandbox keys do not work here.",
        },
    rate_limited: {
      cause: "plan",
      words: "GLS accepts the key, but its daily quota is used up. GLS Field-IT or Sales can raise it.",
    },
  });
}

function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  return callWithToken(session, {
    tokenRequest: tokenCall(session),
    request: (token) => trackCall(session, token, numbers),
    read: (response: CarrierResponse) => readGls({ ...response, httpStatus: response.status }),
  });
}

function tokenCall({ credentials, baseUrl = BASE_URL }: CarrierSession): CarrierRequest {
  const { clientId = "", clientSecret = "" } = credentials;
  return {
    method: "POST",
    url: `${baseUrl}/oauth2/v2/token`,
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  };
}

function trackCall(session: CarrierSession, token: string, numbers: readonly string[]): CarrierRequest {
  const { baseUrl = BASE_URL } = session;
  return {
    method: "GET",
    url: `${baseUrl}/track-and-trace-v1/tracking/simple/trackids/${numbers.map(encodeURIComponent).join(",")}`,
    headers: { authorization: `Bearer ${token}`, accept: "application/json", "accept-language": "EN" },
  };
}
