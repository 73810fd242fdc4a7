import type { Carrier, CarrierError, CarrierReading, CarrierSession, TrackRequest } from "../carrier.ts";
import { askOneByOne } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { readCanadaPost } from "./read-canada-post.ts";

const BASE_URL = "https://soa-gw.canadapost.ca";

/** Canada Post: XML, one number a call, newest event first, wall clock with a zone label that cannot be trusted. */
export const canadaPost: Carrier = {
  id: "canada-post",
  displayName: "Canada Post",
  kind: "carrier",
  shopifyCompany: "Canada Post",
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: 1,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "Canada Post developer program, error messages: calls are throttled per API key and minute, blocked for up to a " +
      "minute; the figure is shown beside the key only, so one a second is kept",
  },
  credentialFields: [
    { name: "username", secret: false, required: true, maxLength: 200 },
    { name: "password", secret: true, required: true, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) =>
    `https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=${encodeURIComponent(trackingNumber)}`,
  read: readCanadaPost,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, ({ trackingNumber }) => ask(session, trackingNumber));
}

/** Nobody's number: "No Pin History" proves that the key may track. */
const PROBE_NUMBER = "0000000000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, PROBE_NUMBER);
  return explainConnection(reading, {
    auth: {
      usualCause: "key",
      words:
        "Canada Post refused the API key. Copy both halves of the production key (user name and password, parted by a colon) from the developer program; the development key opens only the test host.",
    },
  });
}

async function ask(session: CarrierSession, trackingNumber: string): Promise<CarrierReading> {
  const { baseUrl = BASE_URL, credentials } = session;
  const basic = Buffer.from(`${credentials["username"] ?? ""}:${credentials["password"] ?? ""}`).toString("base64");
  const response = await session.http.request({
    method: "GET",
    url: `${baseUrl}/vis/track/pin/${encodeURIComponent(trackingNumber)}/detail`,
    headers: {
      authorization: `Basic ${basic}`,
      // Anything else is refused, "*/*" included.
      accept: "application/vnd.cpc.track-v2+xml",
      "accept-language": "en-CA",
    },
  });
  return readCanadaPost({ body: response.body, httpStatus: response.status, headers: response.headers });
}
