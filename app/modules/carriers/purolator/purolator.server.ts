import type { Carrier, CarrierError, CarrierReading, CarrierSession, TrackRequest } from "../carrier.ts";
import { askInBatches, numbersOf } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { escapeXml } from "../write-xml.ts";
import { readPurolator } from "./read-purolator.ts";

const BASE_URL = "https://webservices.purolator.com";
const BATCH_SIZE = 10;

/** Purolator: SOAP, several numbers a call, newest scan first, wall clocks without a zone, scans sent twice. */
export const purolator: Carrier = {
  id: "purolator",
  displayName: "Purolator",
  kind: "carrier",
  shopifyCompany: "Purolator",
  baseUrl: BASE_URL,
  limits: {
    batchSize: BATCH_SIZE,
    requestsPerSecond: 1,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source: "Purolator publishes no limits to the public; 10 PINs a request and one request a second, unverified",
  },
  credentialFields: [
    { name: "apiKey", secret: false, required: true, maxLength: 200 },
    { name: "password", secret: true, required: true, maxLength: 200 },
  ],
  trackingPage: (trackingNumber) =>
    `https://www.purolator.com/en/shipping/tracker?pin=${encodeURIComponent(trackingNumber)}`,
  read: readPurolator,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askInBatches(numbersOf(requests), BATCH_SIZE, (numbers) => ask(session, numbers));
}

/** Nobody's number: whatever is answered about it proves that the key may track. */
const PROBE_NUMBER = "000000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  return explainConnection(await ask(session, [PROBE_NUMBER]), {
    auth: {
      usualCause: "key",
      words:
        "Purolator refused the key and password. Copy the production key from the E-Ship developer centre and check that the Tracking Service is certified for it.",
    },
  });
}

const DATATYPES = "http://purolator.com/pws/datatypes/v1";
const ACTION = "http://purolator.com/pws/service/v1/TrackPackagesByPin";

async function ask(session: CarrierSession, numbers: readonly string[]): Promise<CarrierReading> {
  const { baseUrl = BASE_URL, credentials, requestId } = session;
  const basic = Buffer.from(`${credentials["apiKey"] ?? ""}:${credentials["password"] ?? ""}`).toString("base64");
  const pins = numbers.map((number) => `<v1:PIN><v1:Value>${escapeXml(number)}</v1:Value></v1:PIN>`).join("");
  const response = await session.http.request({
    method: "POST",
    url: `${baseUrl}/PWS/V1/Tracking/TrackingService.asmx`,
    headers: {
      authorization: `Basic ${basic}`,
      "content-type": "text/xml; charset=utf-8",
      soapaction: ACTION,
    },
    body:
      `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:v1="${DATATYPES}">` +
      "<soap:Header><v1:RequestContext><v1:Version>1.2</v1:Version><v1:Language>en</v1:Language><v1:GroupID></v1:GroupID>" +
      `<v1:RequestReference>${escapeXml(requestId)}</v1:RequestReference></v1:RequestContext></soap:Header>` +
      `<soap:Body><v1:TrackPackagesByPinRequest><v1:PINs>${pins}</v1:PINs></v1:TrackPackagesByPinRequest></soap:Body></soap:Envelope>`,
  });
  return readPurolator({ body: response.body, httpStatus: response.status, headers: response.headers });
}
