import type {
  Carrier,
  CarrierError,
  CarrierReading,
  CarrierSession,
  CarrierShipment,
  TrackRequest,
} from "../carrier.ts";
import { askInBatches, numbersOf } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { nameNumbers, underAskedNumber } from "../name-numbers.ts";
import { readRoyalMail } from "./read-royal-mail.ts";

const BASE_URL = "https://api.royalmail.net";
const BATCH_SIZE = 30;

/** Royal Mail: histories one by one, summaries of the newest scan thirty at a time. */
export const royalMail: Carrier = {
  id: "royal-mail",
  displayName: "Royal Mail",
  kind: "carrier",
  shopifyCompany: "Royal Mail",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 5,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "Royal Mail Tracking API v2: 30 numbers in a summary; the rate is agreed per plan and not published, 5 a second is " +
      "our own restraint",
  },
  credentialFields: [
    { name: "clientId", secret: false, required: true, maxLength: 200 },
    { name: "clientSecret", secret: true, required: true, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) =>
    `https://www.royalmail.com/track-your-item#/tracking-results/${encodeURIComponent(trackingNumber)}`,
  read: readRoyalMail,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, (numbers) => {
    const [single] = numbers;
    return single !== undefined && numbers.length === 1 ? history(session, single) : many(session, numbers);
  });
}

async function history(session: CarrierSession, number: string): Promise<CarrierReading> {
  const reading = nameNumbers(await ask(session, `${encodeURIComponent(number)}/events`), [number]);
  return { ...reading, shipments: reading.shipments.map((shipment) => underAskedNumber(shipment, number)) };
}

/** Summaries tell the newest scan; a delivered piece, which will not be asked about again, gets its whole history. */
async function many(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const ids = numbers.map((number) => encodeURIComponent(number)).join(",");
  const { shipments, errors } = nameNumbers(await ask(session, `summary?mailPieceId=${ids}`), numbers);
  const told: CarrierShipment[] = [];
  for (const found of shipments) {
    const asked = numbers.find((number) => number === found.trackingNumber || found.alternateNumbers.includes(number));
    const shipment = underAskedNumber(found, asked ?? found.trackingNumber);
    const whole = shipment.status === "delivered" ? await history(session, shipment.trackingNumber) : null;
    told.push(whole?.shipments[0] ?? shipment);
  }
  return { shipments: told, errors };
}

/** Nobody's number, with a right check digit: "not recognised" proves that the key may track. */
const PROBE_NUMBER = "ZZ000000005GB";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  return explainConnection(await ask(session, `${PROBE_NUMBER}/events`), {
    auth: {
      usualCause: "key",
      words:
        "Royal Mail refused the client id and secret. Copy both from your app on developer.royalmail.net, and check that " +
        "Royal Mail has approved it for the Tracking API.",
    },
    rate_limited: {
      cause: "plan",
      words: "Royal Mail accepts the key, but the calls of your plan are used up for now.",
    },
  });
}

async function ask({ credentials, http, baseUrl = BASE_URL }: CarrierSession, path: string): Promise<CarrierReading> {
  const response = await http.request({
    method: "GET",
    url: `${baseUrl}/mailpieces/v2/${path}`,
    headers: {
      "X-IBM-Client-Id": credentials["clientId"] ?? "",
      "X-IBM-Client-Secret": credentials["clientSecret"] ?? "",
      "X-Accept-RMG-Terms": "yes",
      accept: "application/json",
    },
  });
  return readRoyalMail({ body: response.body, httpStatus: response.status, headers: response.headers });
}
