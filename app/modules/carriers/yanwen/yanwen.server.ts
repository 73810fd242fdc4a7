import type { Carrier, CarrierError, CarrierReading, CarrierSession, TrackRequest } from "../carrier.ts";
import { askInBatches, numbersOf } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { readYanwen } from "./read-yanwen.ts";

/** Documented with http alone; the account would travel in the open. */
const BASE_URL = "https://api.track.yw56.com.cn";
const BATCH_SIZE = 30;

/** Yanwen: JSON, thirty numbers a call, checkpoints with their own zone ("+8"), the last mile's scans among them. */
export const yanwen: Carrier = {
  id: "yanwen",
  displayName: "Yanwen",
  kind: "carrier",
  shopifyCompany: "Yanwen",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 1,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "Yanwen open platform, tracking query: 30 numbers a request (opendocs.yw56.com.cn/webfile/7128663508291424256); no rate " +
      "is published, so one request a second is kept",
  },
  // It is the account's number, and at once all that opens it.
  credentialFields: [{ name: "customerNumber", secret: true, required: true, maxLength: 60 }],
  trackingPage: (trackingNumber) => `https://track.yw56.com.cn/en/querydel?nums=${encodeURIComponent(trackingNumber)}`,
  read: readYanwen,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, (numbers) => ask(session, numbers));
}

/** Nobody's number: an answer without checkpoints proves that the account may track. */
const PROBE_NUMBER = "UH000000005YP";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  return explainConnection(await ask(session, [PROBE_NUMBER]), {
    auth: {
      cause: "account",
      words:
        "Yanwen refused the account. Enter the merchant number, or the shipping account (制单账号) the parcels were made with.",
    },
  });
}

async function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const { baseUrl = BASE_URL, credentials } = session;
  const response = await session.http.request({
    method: "GET",
    url: `${baseUrl}/api/tracking?nums=${numbers.map(encodeURIComponent).join(",")}`,
    headers: { authorization: credentials["customerNumber"] ?? "", accept: "application/json" },
  });
  return readYanwen({ body: response.body, httpStatus: response.status, headers: response.headers });
}
