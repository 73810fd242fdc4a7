import { equalBytes, hmacSha256, sha256 } from "#app/lib/crypto.server.ts";
import type {
  Carrier,
  CarrierError,
  CarrierPush,
  CarrierReading,
  CarrierRequest,
  CarrierResponse,
  CarrierSession,
  PushCallback,
  TrackRequest,
} from "../carrier.ts";
import { callWithToken } from "../call-with-token.ts";
import { askOneByOne } from "../batches.ts";
import { type Advice, explainConnection } from "../explain-connection.ts";
import { decodeJson } from "../read-json.ts";
import { anySecret, header } from "../read-push.ts";
import { readUsps } from "./read-usps.ts";
import { pushEnvelope } from "./usps-schema.ts";

const BASE_URL = "https://apis.usps.com";

/** USPS: Tracking API v3, newest scan first; free only to the shipper whose Mailer ID is in the barcode. */
export const usps: Carrier = {
  id: "usps",
  displayName: "USPS",
  kind: "carrier",
  shopifyCompany: "USPS",
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: null,
    requestsPerDay: null,
    requestsPerHour: 60,
    tokenCallsCount: true,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source: "USPS default quota: 60 calls an hour per app, calls for a token included (USPS/api-examples #107)",
  },
  credentialFields: [
    { name: "clientId", secret: false, required: true, maxLength: 200 },
    { name: "clientSecret", secret: true, required: true, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) =>
    `https://tools.usps.com/go/TrackConfirmAction?tLabels=${encodeURIComponent(trackingNumber)}`,
  read: readUsps,
  track,
  testConnection,
  push: uspsPush(),
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, async ({ trackingNumber }) => {
    const short = withoutRouting(trackingNumber);
    const { shipments, errors } = await ask(session, (token) => trackCall(session, token, short));
    // The parcel is known to us under the number that was asked for.
    const named = shipments.map((shipment) =>
      shipment.trackingNumber === short ? { ...shipment, trackingNumber } : shipment,
    );
    return { shipments: named, errors };
  });
}

const ROUTED = /^420\d{5}(?:\d{4})?(9[1-5]\d{20}(?:\d{4})?)$/;

/** Barcodes carry `420` and the ZIP code before the number; the API wants the number alone. */
function withoutRouting(number: string): string {
  return ROUTED.exec(number)?.[1] ?? number;
}

/** Nobody's number, with a right check digit: "not found" proves that the app may track. */
const PROBE_NUMBER = "9400100000000000000006";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, (token) => trackCall(session, token, PROBE_NUMBER));
  return explainConnection(reading, { auth: adviceFor(reading.errors[0]) });
}

function adviceFor(error: CarrierError | undefined): Advice {
  if (/scope/i.test(error?.message ?? "")) {
    return {
      cause: "scope",
      words: "USPS accepts the key, but the app has no tracking scope: ask USPS to add the Tracking product to it.",
    };
  }
  if (error?.carrierCode === "403") {
    return {
      cause: "scope",
      words:
        "USPS accepts the key, but does not let this app track: it must belong to the owner of the Mailer ID, or hold an agreement.",
    };
  }
  return {
    cause: "key",
    words:
      "USPS refused the consumer key and secret. Copy both from the app page on developers.usps.com and check that it is approved.",
  };
}

function ask(session: CarrierSession, request: (token: string) => CarrierRequest): Promise<CarrierReading> {
  return callWithToken(session, { tokenRequest: tokenCall(session), request, read: readResponse });
}

function readResponse(response: CarrierResponse): CarrierReading {
  return readUsps({ body: response.body, httpStatus: response.status, headers: response.headers });
}

function tokenCall({ credentials, baseUrl = BASE_URL }: CarrierSession): CarrierRequest {
  return {
    method: "POST",
    url: `${baseUrl}/oauth2/v3/token`,
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({
      grant_type: "client_credentials",
      client_id: credentials["clientId"] ?? "",
      client_secret: credentials["clientSecret"] ?? "",
    }),
  };
}

function trackCall({ baseUrl = BASE_URL }: CarrierSession, token: string, number: string): CarrierRequest {
  return {
    method: "GET",
    url: `${baseUrl}/tracking/v3/tracking/${encodeURIComponent(number)}?expand=DETAIL`,
    headers: { authorization: `Bearer ${token}`, accept: "application/json" },
  };
}

/** What is known about the signature of USPS's webhook; not yet seen on a live push. */
const USPS_WEBHOOK_SCHEME = {
  header: "x-hmac",
  algorithm: "HMAC-SHA256 over the `timestamp` and the `payload` text of the body, hex or base64",
  source: "USPS Subscriptions - Tracking API v3 (developers.usps.com/subscriptions-trackingv3r2)",
  verified: false,
} as const;

function uspsPush(): CarrierPush {
  return {
    verify({ body, headers, secrets }) {
      const written = header(headers, USPS_WEBHOOK_SCHEME.header)?.trim() ?? "";
      const signed = signedText(body);
      if (signed === null) return false;
      const given = Buffer.from(written, /^[0-9a-f]{64}$/i.test(written) ? "hex" : "base64");
      return anySecret(secrets, (secret) => equalBytes(hmacSha256(uspsSecret(secret), Buffer.from(signed)), given));
    },
    deliveryKey: ({ body }) => {
      const signed = signedText(body);
      return signed === null ? null : sha256(signed);
    },
    read: readUsps,
    subscribe,
  };
}

function signedText(body: Uint8Array): string | null {
  const decoded = decodeJson({ body });
  const parsed = decoded.ok ? pushEnvelope.safeParse(decoded.value) : null;
  if (!parsed?.success || typeof parsed.data.payload !== "string") return null;
  return `${parsed.data.timestamp ?? ""}${parsed.data.payload}`;
}

/** USPS takes secrets of 32 characters; ours are longer. */
function uspsSecret(secret: string): string {
  return sha256(secret).slice(0, 32);
}

/** One call for all numbers, because every call counts; how USPS spells the list is not yet seen on a live answer. */
async function subscribe(
  session: CarrierSession,
  numbers: readonly TrackRequest[],
  callback: PushCallback,
): Promise<CarrierError | null> {
  if (numbers.length === 0) return null;
  const body = JSON.stringify({
    listenerURL: callback.url,
    secret: uspsSecret(callback.secret),
    filterProperties: {
      trackingNumbers: numbers.map(({ trackingNumber }) => withoutRouting(trackingNumber)),
      trackingEventTypes: ["ALL"],
    },
  });
  const reading = await callWithToken(session, {
    tokenRequest: tokenCall(session),
    request: (token) => ({
      method: "POST",
      url: `${session.baseUrl ?? BASE_URL}/subscriptions-tracking/v3/subscriptions`,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "application/json" },
      body,
    }),
    read: (response) => (response.status < 300 ? { shipments: [], errors: [] } : readResponse(response)),
  });
  return reading.errors[0] ?? null;
}
