import type { Carrier, CarrierError, CarrierReading, CarrierSession, TrackRequest } from "../carrier.ts";
import { askInBatches, numbersOf } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { nameNumbers } from "../name-numbers.ts";
import { readDhlParcelDe } from "./read-dhl-parcel-de.ts";

const BASE_URL = "https://api-eu.dhl.com";
const BATCH_SIZE = 15;

/** DHL Paket for German account holders: XML, oldest scan first, local times without a zone. */
export const dhlParcelDe: Carrier = {
  id: "dhl-parcel-de",
  displayName: "DHL Paket",
  kind: "carrier",
  shopifyCompany: "DHL Parcel",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 3,
    requestsPerDay: 1_000,
    perParcelPerDay: 10,
    stopOnNotFound: false,
    source:
      "DHL Parcel DE Tracking: 1,000 requests and 10,000 numbers a day, 3 a second, 15 numbers a call (others tell of 20), " +
      "all second-hand; 10 per parcel and day as DHL asks of its unified service",
  },
  credentialFields: [
    { name: "clientId", secret: false, required: true, maxLength: 200 },
    { name: "clientSecret", secret: true, required: true, maxLength: 200 },
    { name: "username", secret: false, required: true, maxLength: 100 },
    { name: "password", secret: true, required: true, maxLength: 100 },
  ],
  trackingPage: (trackingNumber) =>
    `https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=${encodeURIComponent(trackingNumber)}`,
  read: readDhlParcelDe,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, async (numbers) =>
    nameNumbers(await ask(session, numbers), numbers),
  );
}

/** Nobody's number: "not found" proves that key and user may track. */
const PROBE_NUMBER = "00340000000000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, [PROBE_NUMBER]);
  // The gateway in front refuses the key with a status; the service behind it refuses the user in its own words.
  const byService = reading.errors[0]?.carrierCode !== undefined;
  return explainConnection(reading, {
    auth: byService
      ? {
          cause: "key",
          words:
            "DHL Paket refused the user and password of the business portal; they must belong to a user for tracking.",
        }
      : {
          usualCause: "key",
          words:
            "DHL Paket refused the API key and secret. Copy both from your app on developer.dhl.com and check that it has Parcel DE Tracking.",
        },
  });
}

async function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const { credentials, baseUrl = BASE_URL } = session;
  const key = credentials["clientId"] ?? "";
  const basic = Buffer.from(`${key}:${credentials["clientSecret"] ?? ""}`).toString("base64");
  const response = await session.http.request({
    method: "GET",
    url: `${baseUrl}/parcel/de/tracking/v0/shipments?xml=${encodeURIComponent(question(session, numbers))}`,
    headers: { "DHL-API-Key": key, authorization: `Basic ${basic}`, accept: "application/xml" },
  });
  return readDhlParcelDe({ body: response.body, httpStatus: response.status, headers: response.headers });
}

function question({ credentials }: CarrierSession, numbers: readonly string[]): string {
  const attributes = {
    appname: credentials["username"] ?? "",
    "language-code": "en",
    password: credentials["password"] ?? "",
    "piece-code": numbers.join(";"),
    request: "d-get-piece-detail",
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escapeAttribute(value)}"`);
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?><data ${written.join(" ")}/>`;
}

function escapeAttribute(value: string): string {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
