import type { Carrier, CarrierError, CarrierReading, CarrierSession, TrackRequest } from "../carrier.ts";
import { askInTurn, inBatches, numbersOf } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { readAustraliaPost } from "./read-australia-post.ts";

const BASE_URL = "https://digitalapi.auspost.com.au";
const BATCH_SIZE = 10;

/** Australia Post and StarTrack: ten numbers a call, newest scan first, no event codes, its own offset on foreign scans. */
export const australiaPost: Carrier = {
  id: "australia-post",
  displayName: "Australia Post",
  kind: "carrier",
  shopifyCompany: "Australia Post",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 1,
    // Ten a minute.
    requestsPerHour: 600,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "Australia Post, Shipping and Tracking API, Track items: 10 numbers a request, 10 requests a minute (developers.auspost.com.au)",
  },
  credentialFields: [
    { name: "apiKey", secret: true, required: true, maxLength: 200 },
    { name: "password", secret: true, required: true, maxLength: 200 },
    { name: "accountNumber", secret: false, required: true, maxLength: 20 },
  ],
  trackingPage: (trackingNumber) => `https://auspost.com.au/mypost/track/details/${encodeURIComponent(trackingNumber)}`,
  read: readAustraliaPost,
  track,
  testConnection,
};

/** Consignments of StarTrack; one question must not mix them with articles of Australia Post (error 51103). */
const STARTRACK = /^[A-Z0-9]{4}\d{8}$/;

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  const numbers = numbersOf(requests);
  const articles = numbers.filter((number) => !STARTRACK.test(number));
  const consignments = numbers.filter((number) => STARTRACK.test(number));
  const batches = [...inBatches(articles, BATCH_SIZE), ...inBatches(consignments, BATCH_SIZE)];
  return askInTurn(batches, (batch) => ask(session, batch));
}

/** Nobody's number: "Invalid tracking ID" proves that the account may track. */
const PROBE_NUMBER = "00000000000000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const response = await askRaw(session, [PROBE_NUMBER]);
  const reading = readAustraliaPost({ body: response.body, httpStatus: response.status, headers: response.headers });
  return explainConnection(reading, {
    auth:
      response.status === 403
        ? {
            cause: "account",
            words:
              "Australia Post accepts the API key, but this account number may not track with it. Check the ten digits of your eParcel or StarTrack account.",
          }
        : {
            cause: "key",
            words:
              "Australia Post refused the API key and password. Copy both from the Developer Portal; test and production keys differ.",
          },
  });
}

async function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const response = await askRaw(session, numbers);
  return readAustraliaPost({ body: response.body, httpStatus: response.status, headers: response.headers });
}

function askRaw({ baseUrl = BASE_URL, credentials, http }: CarrierSession, numbers: readonly string[]) {
  const basic = Buffer.from(`${credentials["apiKey"] ?? ""}:${credentials["password"] ?? ""}`).toString("base64");
  return http.request({
    method: "GET",
    url: `${baseUrl}/shipping/v1/track?tracking_ids=${numbers.map(encodeURIComponent).join(",")}`,
    headers: {
      authorization: `Basic ${basic}`,
      "account-number": credentials["accountNumber"] ?? "",
      accept: "application/json",
    },
  });
}
