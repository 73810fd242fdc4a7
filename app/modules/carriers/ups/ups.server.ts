import { equalSecrets } from "#app/lib/crypto.server.ts";
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
import { explainConnection } from "../explain-connection.ts";
import { anySecret, header } from "../read-push.ts";
import { readUps } from "./read-ups.ts";
import { readSubscription } from "./read-ups-errors.ts";

const BASE_URL = "https://onlinetools.ups.com";
/** Track Alert accepts this many numbers in one subscription call. */
const SUBSCRIPTION_BATCH = 100;

const SOURCE = "UPS Tracking API v1 and Track Alert API (github.com/UPS-API/api-documentation)";

/** UPS: Tracking API by polling, Track Alert by push. Answers are newest first; some state no zone. */
export const ups: Carrier = {
  id: "ups",
  displayName: "UPS",
  kind: "carrier",
  shopifyCompany: "UPS",
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: null,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source: `${SOURCE}; limits are not published`,
  },
  credentialFields: [
    { name: "clientId", secret: false, required: true, maxLength: 200 },
    { name: "clientSecret", secret: true, required: true, maxLength: 200 },
    { name: "accountNumber", secret: false, required: false, maxLength: 20 },
  ],
  trackingPage: (trackingNumber) => `https://www.ups.com/track?tracknum=${encodeURIComponent(trackingNumber)}`,
  read: readUps,
  track,
  testConnection,
  push: upsPush(),
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, ({ trackingNumber }) =>
    ask(session, (token) => trackCall(session, token, trackingNumber)),
  );
}

/** A number in UPS's own format that belongs to nobody: "not found" proves that the key may track. */
const PROBE_NUMBER = "1Z0000000000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, (token) => trackCall(session, token, PROBE_NUMBER));
  return explainConnection(reading, {
    auth: {
      usualCause: "key",
      words:
        "UPS refused the client id and secret. Copy both from the app page on developer.ups.com, and check that the app has " +
        "the Tracking product and that the UPS account number belongs to it.",
    },
  });
}

function ask(session: CarrierSession, request: (token: string) => CarrierRequest): Promise<CarrierReading> {
  return callWithToken(session, { tokenRequest: tokenCall(session), request, read: readResponse });
}

function readResponse(response: CarrierResponse): CarrierReading {
  return readUps({ body: response.body, httpStatus: response.status, headers: response.headers });
}

function tokenCall({ credentials, baseUrl = BASE_URL }: CarrierSession): CarrierRequest {
  const basic = Buffer.from(`${credentials["clientId"] ?? ""}:${credentials["clientSecret"] ?? ""}`).toString("base64");
  const account = credentials["accountNumber"];
  return {
    method: "POST",
    url: `${baseUrl}/security/v1/oauth/token`,
    headers: {
      authorization: `Basic ${basic}`,
      "content-type": "application/x-www-form-urlencoded",
      ...(account ? { "x-merchant-id": account } : {}),
    },
    body: "grant_type=client_credentials",
  };
}

function trackCall({ baseUrl = BASE_URL, requestId }: CarrierSession, token: string, number: string): CarrierRequest {
  const query = "locale=en_US&returnMilestones=false&returnSignature=false&returnPOD=false";
  return {
    method: "GET",
    url: `${baseUrl}/api/track/v1/details/${encodeURIComponent(number)}?${query}`,
    headers: { authorization: `Bearer ${token}`, accept: "application/json", ...transaction(requestId) },
  };
}

/** UPS refuses calls without these two. */
function transaction(requestId: string): Record<string, string> {
  return { transId: requestId, transactionSrc: "doorstep" };
}

/**
 * Track Alert v1: the credential of the subscription comes back in the `credential` header of every push (v1 of the
 * description, UPSTrackAlert.yaml). v2 moved the credential to UPS's website; pushes read the same.
 */
function upsPush(): CarrierPush {
  return {
    verify({ headers, secrets }) {
      const credential = header(headers, "credential");
      return credential !== null && anySecret(secrets, (secret) => equalSecrets(secret, credential));
    },
    deliveryKey: () => null,
    read: readUps,
    subscriptionDays: 14,
    subscribe,
  };
}

async function subscribe(
  session: CarrierSession,
  numbers: readonly TrackRequest[],
  callback: PushCallback,
): Promise<CarrierError | null> {
  for (let start = 0; start < numbers.length; start += SUBSCRIPTION_BATCH) {
    const batch = numbers.slice(start, start + SUBSCRIPTION_BATCH).map((request) => request.trackingNumber);
    const reading = await callWithToken(session, {
      tokenRequest: tokenCall(session),
      request: (token) => subscribeCall(session, token, { batch, callback }),
      read: (response) => readSubscription({ ...response, httpStatus: response.status }),
    });
    if (reading.errors[0]) return reading.errors[0];
  }
  return null;
}

interface Subscription {
  batch: readonly string[];
  callback: PushCallback;
}

function subscribeCall(session: CarrierSession, token: string, { batch, callback }: Subscription): CarrierRequest {
  const { baseUrl = BASE_URL, requestId } = session;
  return {
    method: "POST",
    url: `${baseUrl}/api/track/v1/subscription/standard/package`,
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json",
      ...transaction(requestId),
    },
    body: JSON.stringify({
      locale: "en_US",
      countryCode: "US",
      trackingNumberList: batch,
      destination: { url: callback.url, credentialType: "Bearer", credential: callback.secret },
    }),
  };
}
