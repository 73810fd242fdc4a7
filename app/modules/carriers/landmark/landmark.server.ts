import type { Carrier, CarrierError, CarrierReading, CarrierSession, TrackRequest } from "../carrier.ts";
import { askOneByOne } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { underAskedNumber } from "../name-numbers.ts";
import { escapeXml } from "../write-xml.ts";
import { readLandmark } from "./read-landmark.ts";

const BASE_URL = "https://api.landmarkglobal.com/v2";

/** Landmark Global: XML, one number a call, oldest event first, wall clocks in two spellings and without a zone. */
export const landmark: Carrier = {
  id: "landmark",
  displayName: "Landmark Global",
  kind: "carrier",
  shopifyCompany: "Landmark Global",
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: 1,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source: "Landmark Global publishes no limits; one request a second is kept",
  },
  credentialFields: [
    { name: "username", secret: false, required: true, maxLength: 200 },
    { name: "password", secret: true, required: true, maxLength: 200 },
    { name: "customerNumber", secret: false, required: true, maxLength: 40 },
  ],
  trackingPage: (trackingNumber) => `https://track.landmarkglobal.com/?search=${encodeURIComponent(trackingNumber)}`,
  read: readLandmark,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, async ({ trackingNumber }) => {
    const { shipments, errors } = await ask(session, trackingNumber);
    return { errors, shipments: shipments.map((shipment) => underAskedNumber(shipment, trackingNumber)) };
  });
}

/** Nobody's number: "not found" proves that the account may track. */
const PROBE_NUMBER = "LTN00000000N1";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const reading = await ask(session, PROBE_NUMBER);
  const refused = reading.errors.some((error) => error.carrierCode === "Login");
  return explainConnection(reading, {
    auth: refused
      ? {
          cause: "key",
          words: "Landmark Global refused the API user name and password. They are not those of the customer portal.",
        }
      : {
          cause: "scope",
          words:
            "Landmark Global does not let this client ID track. Ask your Integration Manager to open the Track API for it.",
        },
  });
}

async function ask(session: CarrierSession, trackingNumber: string): Promise<CarrierReading> {
  const { baseUrl = BASE_URL, credentials } = session;
  const field = (name: string) => escapeXml(credentials[name] ?? "");
  const response = await session.http.request({
    method: "POST",
    url: `${baseUrl}/Track.php`,
    headers: { "content-type": "application/xml", accept: "application/xml" },
    body:
      '<?xml version="1.0" encoding="UTF-8"?><TrackRequest>' +
      `<Login><Username>${field("username")}</Username><Password>${field("password")}</Password></Login>` +
      `<Test>false</Test><ClientID>${field("customerNumber")}</ClientID>` +
      `<TrackingNumber>${escapeXml(trackingNumber)}</TrackingNumber><RetrievalType>Historical</RetrievalType></TrackRequest>`,
  });
  return readLandmark({ body: response.body, httpStatus: response.status, headers: response.headers });
}
