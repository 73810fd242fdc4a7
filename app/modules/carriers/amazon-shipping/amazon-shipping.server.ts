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
import { askOneByOne } from "../batches.ts";
import { type Advice, explainConnection } from "../explain-connection.ts";
import { readAmazonShipping } from "./read-amazon-shipping.ts";

const BASE_URL = "https://sellingpartnerapi-na.amazon.com";
const EUROPE_URL = "https://sellingpartnerapi-eu.amazon.com";
const FAR_EAST_URL = "https://sellingpartnerapi-fe.amazon.com";
const LOGIN_URL = "https://api.amazon.com";

/** Where Amazon Shipping works, and the endpoint of the region; elsewhere North America is asked. */
const REGIONS: Readonly<Record<string, string>> = {
  US: BASE_URL,
  UK: EUROPE_URL,
  FR: EUROPE_URL,
  IT: EUROPE_URL,
  ES: EUROPE_URL,
  IN: EUROPE_URL,
  AE: EUROPE_URL,
  SA: EUROPE_URL,
  EG: EUROPE_URL,
  JP: FAR_EAST_URL,
};

/** Amazon Shipping: SP-API Shipping v2 for sellers who buy Amazon's labels; other `TBA…` numbers have no public service. */
export const amazonShipping: Carrier = {
  id: "amazon-shipping",
  displayName: "Amazon Shipping",
  kind: "carrier",
  shopifyCompany: "Amazon",
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: 80,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "SP-API Shipping v2, getTracking usage plan: 80 requests a second, burst 100 (default, unverified for an app)",
  },
  credentialFields: [
    { name: "clientId", secret: false, required: true, maxLength: 200 },
    { name: "clientSecret", secret: true, required: true, maxLength: 200 },
    { name: "refreshToken", secret: true, required: true, maxLength: 2_000 },
    { name: "country", secret: false, required: false, maxLength: 40 },
  ],
  trackingPage: (trackingNumber) => `https://track.amazon.com/tracking/${encodeURIComponent(trackingNumber)}`,
  read: readAmazonShipping,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, async ({ trackingNumber }) => {
    const { shipments, errors } = await ask(session, trackingNumber);
    return {
      errors,
      shipments: shipments.map((shipment) => (shipment.trackingNumber ? shipment : { ...shipment, trackingNumber })),
    };
  });
}

/** Well-formed, and nobody's. */
const PROBE_NUMBER = "TBA000000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, PROBE_NUMBER);
  return explainConnection(reading, { auth: advice(reading.errors[0]?.carrierCode) });
}

function advice(code: string | undefined): Advice {
  switch (code) {
    case "invalid_grant":
      return {
        cause: "key",
        words:
          "Amazon Shipping refused the refresh token. Authorise the app again in Seller Central and copy the new one.",
      };
    case "Unauthorized":
      return {
        cause: "scope",
        words:
          "Amazon Shipping knows the app, but it lacks the Amazon Shipping role, or the account is of another region.",
      };
    default:
      return {
        cause: "key",
        words:
          "Amazon Shipping refused the client id and secret. Copy both from the app in Seller Central, Develop apps.",
      };
  }
}

function ask(session: CarrierSession, trackingNumber: string): Promise<CarrierReading> {
  return callWithToken(session, {
    tokenRequest: tokenCall(session),
    request: (token) => trackCall(session, token, trackingNumber),
    read: (response: CarrierResponse) => readAmazonShipping({ ...response, httpStatus: response.status }),
  });
}

/** Login with Amazon has a host of its own. */
function tokenCall({ credentials, baseUrl = LOGIN_URL }: CarrierSession): CarrierRequest {
  const form = new URLSearchParams({
    grant_type: "refresh_token",
    refresh_token: credentials["refreshToken"] ?? "",
    client_id: credentials["clientId"] ?? "",
    client_secret: credentials["clientSecret"] ?? "",
  });
  return {
    method: "POST",
    url: `${baseUrl}/auth/o2/token`,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  };
}

function trackCall(session: CarrierSession, token: string, trackingNumber: string): CarrierRequest {
  const country = countryOf(session);
  const query = new URLSearchParams({ trackingId: trackingNumber, carrierId: `AMZN_${country}` });
  return {
    method: "GET",
    url: `${session.baseUrl ?? REGIONS[country] ?? BASE_URL}/shipping/v2/tracking?${query.toString()}`,
    headers: {
      "x-amz-access-token": token,
      "x-amzn-shipping-business-id": `AmazonShipping_${country === "AE" ? "UAE" : country}`,
      accept: "application/json",
    },
  };
}

/** Amazon writes UK for Great Britain. */
function countryOf({ credentials }: CarrierSession): string {
  const typed = (credentials["country"] ?? "").trim().toUpperCase();
  const country = typed === "GB" ? "UK" : typed;
  return Object.hasOwn(REGIONS, country) ? country : "US";
}
