import type {
  Carrier,
  CarrierError,
  CarrierReading,
  CarrierRequest,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { askOneByOne } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { soapEnvelope } from "../write-soap.ts";
import { escapeXml } from "../write-xml.ts";
import { readChronopost } from "./read-chronopost.ts";

const BASE_URL = "https://ws.chronopost.fr";
const LANGUAGE = "en_GB";

/** Chronopost: `TrackingServiceWS`, one number a question. Tracking itself asks for no account; the probe proves it. */
export const chronopost: Carrier = {
  id: "chronopost",
  displayName: "Chronopost",
  kind: "carrier",
  shopifyCompany: "Chronopost",
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: null,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source: "Chronopost TrackingServiceWS (trackSkybillV2); limits are not published",
  },
  credentialFields: [
    { name: "accountNumber", secret: false, required: true, maxLength: 20 },
    { name: "password", secret: true, required: true, maxLength: 60 },
  ],
  trackingPage: (trackingNumber) =>
    `https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=${encodeURIComponent(trackingNumber)}`,
  read: readChronopost,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, async ({ trackingNumber }) => {
    const question = operation("trackSkybillV2", { language: LANGUAGE, skybillNumber: trackingNumber });
    const { shipments, errors } = await ask(session, question);
    return { errors, shipments: shipments.map((shipment) => withNumber(shipment, trackingNumber)) };
  });
}

function withNumber<T extends { trackingNumber: string }>(shipment: T, asked: string): T {
  return shipment.trackingNumber === "" ? { ...shipment, trackingNumber: asked } : shipment;
}

/** The only tracking question that names the account: about a reference that no parcel carries. */
async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const { accountNumber = "", password = "" } = session.credentials;
  const probe = { accountNumber, password, language: LANGUAGE, sendersRef: "DOORSTEP-PROBE" };
  return explainConnection(await ask(session, operation("trackWithSenderRef", probe)), {
    auth: {
      usualCause: "key",
      words:
        "Chronopost refused the account number and its password (the Chronotrace code). Ask the Chronopost account manager for both.",
    },
  });
}

function operation(name: string, fields: Readonly<Record<string, string>>): string {
  const content = Object.entries(fields).map(([field, value]) => `<${field}>${escapeXml(value)}</${field}>`);
  return soapEnvelope({
    namespaces: { cxf: "http://cxf.tracking.soap.chronopost.fr/" },
    body: `<cxf:${name}>${content.join("")}</cxf:${name}>`,
  });
}

async function ask({ http, baseUrl = BASE_URL }: CarrierSession, body: string): Promise<CarrierReading> {
  const request: CarrierRequest = {
    method: "POST",
    url: `${baseUrl}/tracking-cxf/TrackingServiceWS`,
    headers: { "content-type": "text/xml; charset=utf-8", accept: "text/xml", soapaction: '""' },
    body,
  };
  const response = await http.request(request);
  return readChronopost({ body: response.body, httpStatus: response.status, headers: response.headers });
}
