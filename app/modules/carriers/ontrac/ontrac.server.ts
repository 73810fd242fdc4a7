import type { Carrier, CarrierError, CarrierReading, CarrierSession, TrackRequest } from "../carrier.ts";
import { askInBatches, numbersOf } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { readOntrac } from "./read-ontrac.ts";

const BASE_URL = "https://www.shipontrac.net/OnTracWebServices/OnTracServices.svc";
const BATCH_SIZE = 100;

/** OnTrac, LaserShip included: XML, a hundred numbers a call, newest scan first, wall clocks without a zone. */
export const ontrac: Carrier = {
  id: "ontrac",
  displayName: "OnTrac",
  kind: "carrier",
  shopifyCompany: "OnTrac",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 8,
    requestsPerDay: null,
    perParcelPerDay: 5,
    stopOnNotFound: false,
    silentAfterDelivery: true,
    askForDays: 14,
    source:
      "OnTrac Web Service Integration Specifications, terms of use (revised 09-20-23): 100 packages a request, 500 calls a " +
      "minute, 5 calls per package and day, none before it is tendered, after delivery, or after two weeks",
  },
  credentialFields: [
    { name: "accountNumber", secret: false, required: true, maxLength: 20 },
    { name: "password", secret: true, required: true, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) => `https://www.ontrac.com/tracking/?number=${encodeURIComponent(trackingNumber)}`,
  read: readOntrac,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, (numbers) => ask(session, numbers));
}

/** Nobody's number, with a right check digit: an error about it proves that the account may track. */
const PROBE_NUMBER = "D10010000000011";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  return explainConnection(await ask(session, [PROBE_NUMBER]), {
    auth: {
      usualCause: "key",
      words:
        "OnTrac refused the account number and API password. The API password is not that of the website; ask OnTrac's technical support for it.",
    },
  });
}

/** The password stands in the address, because OnTrac takes it nowhere else. */
async function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const { baseUrl = BASE_URL, credentials } = session;
  const account = encodeURIComponent(credentials["accountNumber"] ?? "");
  const password = encodeURIComponent(credentials["password"] ?? "");
  const asked = numbers.map(encodeURIComponent).join(",");
  const response = await session.http.request({
    method: "GET",
    url: `${baseUrl}/V7/${account}/shipments?pw=${password}&tn=${asked}&requestType=track`,
    headers: { accept: "application/xml" },
  });
  return readOntrac({ body: response.body, httpStatus: response.status, headers: response.headers });
}
