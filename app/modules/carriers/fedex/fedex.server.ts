import { z } from "zod";
import { equalBytes, hmacSha256, sha256 } from "#app/lib/crypto.server.ts";
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
import { callWithToken } from "../call-with-token.ts";
import { askInBatches, numbersOf } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { decodeJson } from "../read-json.ts";
import { anySecret, header } from "../read-push.ts";
import { readFedex } from "./read-fedex.ts";

const BASE_URL = "https://apis.fedex.com";
const BATCH_SIZE = 30;

/** FedEx: Track API in batches of 30, newest scan first, nearly every scan with its offset. */
export const fedex: Carrier = {
  id: "fedex",
  displayName: "FedEx",
  kind: "carrier",
  shopifyCompany: "FedEx",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 140,
    requestsPerDay: 100_000,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "FedEx quotas and rate limits guide: 1,400 requests in 10 s and 100,000 a day per project; 30 numbers unverified",
  },
  credentialFields: [
    { name: "clientId", secret: false, required: true, maxLength: 200 },
    { name: "clientSecret", secret: true, required: true, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) => `https://www.fedex.com/fedextrack/?trknbr=${encodeURIComponent(trackingNumber)}`,
  read: readFedex,
  track,
  testConnection,
  push: fedexPush(),
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, (numbers) => ask(session, numbers));
}

/** Nobody's number: "not found" proves that the project may track. */
const PROBE_NUMBER = "000000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, [PROBE_NUMBER]);
  const forbidden = reading.errors.some((error) => error.carrierCode === "FORBIDDEN.ERROR");
  return explainConnection(reading, {
    auth: forbidden
      ? {
          cause: "scope",
          words: "FedEx accepts the key, but its project does not include the Track API (Basic Integrated Visibility).",
        }
      : {
          cause: "key",
          words:
            "FedEx refused the API key and secret key. Copy both from the project page on developer.fedex.com; production and test keys differ.",
        },
  });
}

function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  return callWithToken(session, {
    tokenRequest: tokenCall(session),
    request: (token) => trackCall(session, token, numbers),
    read: readResponse,
  });
}

function readResponse(response: CarrierResponse): CarrierReading {
  return readFedex({ body: response.body, httpStatus: response.status, headers: response.headers });
}

function tokenCall({ credentials, baseUrl = BASE_URL }: CarrierSession): CarrierRequest {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: credentials["clientId"] ?? "",
    client_secret: credentials["clientSecret"] ?? "",
  });
  return {
    method: "POST",
    url: `${baseUrl}/oauth/token`,
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  };
}

function trackCall(session: CarrierSession, token: string, numbers: readonly string[]): CarrierRequest {
  return {
    method: "POST",
    url: `${session.baseUrl ?? BASE_URL}/track/v1/trackingnumbers`,
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json",
      "x-locale": "en_US",
      "x-customer-transaction-id": session.requestId,
    },
    body: JSON.stringify({
      includeDetailedScans: true,
      trackingInfo: numbers.map((trackingNumber) => ({ trackingNumberInfo: { trackingNumber } })),
    }),
  };
}

/** What FedEx documents about its webhook; not yet seen on a live push. */
const FEDEX_WEBHOOK_SCHEME = {
  header: "fdx-signature",
  algorithm: "base64 of HMAC-SHA256 over the raw body, keyed with the security token of the webhook project",
  source:
    "developer.fedex.com, Advanced Integrated Visibility, validation process " +
    "(/catalog/shipment-visibility-webhook/docs/introduction/advanced-integrated-visibility-validation-process.html)",
  verified: false,
} as const;

const pushBody = z.object({ output: z.unknown() });

/** The subscription is made per account on FedEx's website, so there is no call to subscribe a number. */
function fedexPush(): CarrierPush {
  return {
    verify({ body, headers, secrets }) {
      const signature = header(headers, FEDEX_WEBHOOK_SCHEME.header);
      if (signature === null) return false;
      const given = Buffer.from(signature.trim(), "base64");
      return anySecret(secrets, (secret) => equalBytes(hmacSha256(secret, body), given));
    },
    /** The body counts its own delivery attempts (`outputMetaData`), so the key is made from the tracking data alone. */
    deliveryKey({ body }) {
      const decoded = decodeJson({ body });
      const parsed = decoded.ok ? pushBody.safeParse(decoded.value) : null;
      return parsed?.success && parsed.data.output !== undefined ? sha256(JSON.stringify(parsed.data.output)) : null;
    },
    read: readFedex,
  };
}
