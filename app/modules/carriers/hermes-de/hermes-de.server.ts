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
import { nameNumbers } from "../name-numbers.ts";
import { readHermesDe } from "./read-hermes-de.ts";

const BASE_URL = "https://de-api.hermesworld.com/services/hsi";
/** Tokens come from a server of their own; the sandbox plays both. */
const TOKEN_HOST = "https://authme.myhermes.de";
const BATCH_SIZE = 10;

/** Hermes Germany, by contract: every scan with its offset, oldest first. */
export const hermesDe: Carrier = {
  id: "hermes-de",
  displayName: "Hermes",
  kind: "carrier",
  shopifyCompany: "Hermes",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 2,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "Hermes HSI: limits are agreed per contract and not published, 2 a second is our own restraint; numbers as repeated " +
      "parameters, 10 a call, unverified",
  },
  credentialFields: [
    { name: "clientId", secret: false, required: true, maxLength: 200 },
    { name: "clientSecret", secret: true, required: true, maxLength: 200 },
    { name: "username", secret: false, required: true, maxLength: 200 },
    { name: "password", secret: true, required: true, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) =>
    `https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation#${encodeURIComponent(trackingNumber)}`,
  read: readHermesDe,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, async (numbers) =>
    nameNumbers(await ask(session, numbers), numbers),
  );
}

/** Nobody's number: "not found" proves that app and user may track. */
const PROBE_NUMBER = "H0000000000000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, [PROBE_NUMBER]);
  const user = reading.errors[0]?.carrierCode === "invalid_grant";
  return explainConnection(reading, {
    auth: user
      ? {
          cause: "key",
          words: "Hermes accepts the app, but refused the user name and password of your Hermes account.",
        }
      : {
          cause: "key",
          words:
            "Hermes refused the client id and secret. Copy both from the access data that Hermes sent for the HSI interface.",
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
  return readHermesDe({ body: response.body, httpStatus: response.status, headers: response.headers });
}

/** Hermes still asks for the user's password with every token (OAuth 2 password grant). */
function tokenCall({ credentials, baseUrl = TOKEN_HOST }: CarrierSession): CarrierRequest {
  const form = new URLSearchParams({
    grant_type: "password",
    client_id: credentials["clientId"] ?? "",
    client_secret: credentials["clientSecret"] ?? "",
    username: credentials["username"] ?? "",
    password: credentials["password"] ?? "",
  });
  return {
    method: "POST",
    url: `${baseUrl}/authorization-facade/oauth2/access_token`,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: form.toString(),
  };
}

function trackCall(session: CarrierSession, token: string, numbers: readonly string[]): CarrierRequest {
  const query = new URLSearchParams(numbers.map((number) => ["shipmentID", number]));
  return {
    method: "GET",
    url: `${session.baseUrl ?? BASE_URL}/shipmentinfo?${query.toString()}`,
    headers: { authorization: `Bearer ${token}`, accept: "application/json", "Accept-Language": "EN" },
  };
}
