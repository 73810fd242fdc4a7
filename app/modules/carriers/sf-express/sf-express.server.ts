import { createHash } from "node:crypto";
import { systemClock } from "#app/lib/clock.ts";
import type { Carrier, CarrierError, CarrierReading, CarrierSession, TrackRequest } from "../carrier.ts";
import { askInBatches, numbersOf } from "../batches.ts";
import { type Advice, explainConnection } from "../explain-connection.ts";
import { readSfExpress } from "./read-sf-express.ts";

const BASE_URL = "https://sfapi.sf-express.com";
const BATCH_SIZE = 10;

/** SF Express: a signed form, ten numbers a call, routes with operation codes, wall clocks without a zone. Unverified. */
export const sfExpress: Carrier = {
  id: "sf-express",
  displayName: "SF Express",
  kind: "carrier",
  shopifyCompany: "SF Express",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 30,
    requestsPerDay: 3_000,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "SF Express open platform, return codes: A1005 (30 calls a second and 3,000 a day per customer code and interface), 8003 " +
      "(10 numbers a request)",
  },
  credentialFields: [
    { name: "clientId", secret: false, required: true, maxLength: 64 },
    { name: "clientSecret", secret: true, required: true, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) =>
    `https://www.sf-express.com/we/ow/chn/en/waybill/waybill-detail/${encodeURIComponent(trackingNumber)}`,
  read: readSfExpress,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, (numbers) => ask(session, numbers));
}

/** Nobody's number: an answer without routes proves that the customer code may track. */
const PROBE_NUMBER = "SF0000000000000";

const ADVICE: Readonly<Record<string, Advice>> = {
  A1003: {
    cause: "ip",
    words: "SF Express does not take calls from our addresses. Remove the IP restriction of the customer code.",
  },
  A1004: {
    cause: "scope",
    words:
      "SF Express knows the customer code, but it may not query routes. Associate the API EXP_RECE_SEARCH_ROUTES with it, and use the production code.",
  },
  A1006: {
    cause: "key",
    words: "SF Express refused the signature: the check word does not belong to the customer code.",
  },
};

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, [PROBE_NUMBER]);
  const code = reading.errors[0]?.carrierCode ?? "";
  return explainConnection(reading, {
    auth: ADVICE[code] ?? {
      cause: "key",
      words: "SF Express refused the customer code and check word. Copy both from the developer platform.",
    },
  });
}

async function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const { baseUrl = BASE_URL, credentials, requestId, clock = systemClock } = session;
  const timestamp = String(clock.now().getTime());
  // 1 = English, 1 = waybill numbers, 1 = standard routes.
  const msgData = JSON.stringify({ language: "1", trackingType: "1", trackingNumber: numbers, methodType: "1" });
  const form = new URLSearchParams({
    partnerID: credentials["clientId"] ?? "",
    requestID: requestId,
    serviceCode: "EXP_RECE_SEARCH_ROUTES",
    timestamp,
    msgDigest: sign(`${msgData}${timestamp}${credentials["clientSecret"] ?? ""}`),
    msgData,
  });
  const response = await session.http.request({
    method: "POST",
    url: `${baseUrl}/std/service`,
    headers: { "content-type": "application/x-www-form-urlencoded;charset=UTF-8", accept: "application/json" },
    body: form.toString(),
  });
  return readSfExpress({ body: response.body, httpStatus: response.status, headers: response.headers });
}

/** Base64 of the MD5 of the text as Java's `URLEncoder` writes it, which is what SF Express signs with. */
function sign(text: string): string {
  const encoded = new URLSearchParams({ text }).toString().slice("text=".length);
  return createHash("md5").update(encoded).digest("base64");
}
