import type { Carrier, CarrierError, CarrierReading, CarrierSession, TrackRequest } from "../carrier.ts";
import { askInBatches, numbersOf } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { nameNumbers } from "../name-numbers.ts";
import { readMydhl } from "./read-mydhl.ts";

const BASE_URL = "https://express.api.dhl.com/mydhlapi";
const BATCH_SIZE = 10;

/** DHL Express for account holders: every checkpoint, most with an offset. */
export const mydhl: Carrier = {
  id: "mydhl",
  displayName: "DHL Express",
  kind: "carrier",
  shopifyCompany: "DHL Express",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 5,
    requestsPerDay: null,
    perParcelPerDay: 10,
    stopOnNotFound: false,
    source:
      "MyDHL API: limits are agreed per contract and not published, 5 a second is our own restraint; 10 per parcel and day " +
      "as DHL asks of its unified service; numbers as repeated parameters, 10 a call, unverified",
  },
  credentialFields: [
    { name: "username", secret: false, required: true, maxLength: 200 },
    { name: "password", secret: true, required: true, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) =>
    `https://www.dhl.com/global-en/home/tracking/tracking-express.html?submit=1&tracking-id=${encodeURIComponent(trackingNumber)}`,
  read: readMydhl,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, (numbers) => trackBatch(session, numbers));
}

/** One number that DHL cannot read spoils the whole question: then each is asked alone. */
async function trackBatch(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const reading = await ask(session, numbers);
  if (numbers.length > 1 && reading.errors.some((error) => error.kind === "invalid_request")) {
    const single: CarrierReading = { shipments: [], errors: [] };
    for (const number of numbers) {
      const { shipments, errors } = await trackBatch(session, [number]);
      single.shipments.push(...shipments);
      single.errors.push(...errors);
    }
    return single;
  }
  return nameNumbers(reading, numbers);
}

/** Nobody's waybill: "not found" proves that the account may track. */
const PROBE_NUMBER = "0000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  return explainConnection(await ask(session, [PROBE_NUMBER]), {
    auth: {
      usualCause: "key",
      words:
        "DHL Express refused the API key and secret. Copy both from the MyDHL API app on developer.dhl.com, and check that " +
        "it is approved for production.",
    },
    rate_limited: { cause: "plan", words: "DHL Express accepts the key, but its calls for now are used up." },
  });
}

async function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const { credentials, baseUrl = BASE_URL, requestId } = session;
  const basic = Buffer.from(`${credentials["username"] ?? ""}:${credentials["password"] ?? ""}`).toString("base64");
  const query = new URLSearchParams(numbers.map((number) => ["shipmentTrackingNumber", number]));
  query.set("trackingView", "all-checkpoints");
  query.set("levelOfDetail", "all");
  const response = await session.http.request({
    method: "GET",
    url: `${baseUrl}/tracking?${query.toString()}`,
    headers: {
      authorization: `Basic ${basic}`,
      accept: "application/json",
      "Message-Reference": requestId.slice(0, 36),
    },
  });
  return readMydhl({ body: response.body, httpStatus: response.status, headers: response.headers });
}
