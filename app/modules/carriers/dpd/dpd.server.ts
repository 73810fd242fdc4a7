import type {
  Carrier,
  CarrierError,
  CarrierReading,
  CarrierRequest,
  CarrierResponse,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { callWithToken } from "../call-with-token.ts";
import { askOneByOne } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { soapEnvelope } from "../write-soap.ts";
import { escapeXml } from "../write-xml.ts";
import { readDpd, readDpdToken } from "./read-dpd.ts";

const BASE_URL = "https://wsshipper.dpd.nl";
const BELGIAN_URL = "https://wsshipper.dpd.be";
const NAMESPACE = "http://dpd.com/common/service/types";
const LANGUAGE = "en_EN";

/** DPD Benelux: SOAP services of the shipper, one parcel a question; only parcels of the account itself are told. */
export const dpd: Carrier = {
  id: "dpd",
  displayName: "DPD",
  kind: "carrier",
  shopifyCompany: "DPD",
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: null,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source:
      "DPD ParcelLifeCycleService 2.0 (integrations.dpd.nl): rate limited without figures, one parcel a call; logins 10 a day",
  },
  credentialFields: [
    { name: "username", secret: false, required: true, maxLength: 60 },
    { name: "password", secret: true, required: true, maxLength: 60 },
    { name: "country", secret: false, required: false, maxLength: 40 },
  ],
  trackingPage: (trackingNumber) =>
    `https://www.dpdgroup.com/nl/mydpd/my-parcels/track?lang=en&parcelNumber=${encodeURIComponent(trackingNumber)}`,
  read: readDpd,
  track,
  testConnection,
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, async ({ trackingNumber }) => {
    const { shipments, errors } = await ask(session, trackingNumber);
    return { errors, shipments: shipments.map((shipment) => ({ ...shipment, trackingNumber })) };
  });
}

/** A number that no depot gives out. */
const PROBE_NUMBER = "00000000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  return explainConnection(await ask(session, PROBE_NUMBER), {
    auth: {
      usualCause: "key",
      words:
        "DPD refused the DELIS id and password. Both come from DPD's IT integration team; accounts of the test environment do not work here, and Belgian ones need the country BE.",
    },
  });
}

function ask(session: CarrierSession, trackingNumber: string): Promise<CarrierReading> {
  return callWithToken(session, {
    tokenRequest: loginCall(session),
    readToken: readDpdToken,
    request: (token) => trackCall(session, token, trackingNumber),
    read: (response: CarrierResponse) => readDpd({ ...response, httpStatus: response.status }),
  });
}

function loginCall(session: CarrierSession): CarrierRequest {
  const { username = "", password = "" } = session.credentials;
  const body = soapEnvelope({
    namespaces: { ns: `${NAMESPACE}/LoginService/2.1` },
    body:
      `<ns:getAuth><delisId>${escapeXml(username)}</delisId><password>${escapeXml(password)}</password>` +
      `<messageLanguage>${LANGUAGE}</messageLanguage></ns:getAuth>`,
  });
  return soapCall(session, { service: "LoginService/V2_1", action: "LoginService/2.1/getAuth", body });
}

function trackCall(session: CarrierSession, token: string, trackingNumber: string): CarrierRequest {
  const { username = "" } = session.credentials;
  const body = soapEnvelope({
    namespaces: { ns: `${NAMESPACE}/Authentication/2.0`, ns1: `${NAMESPACE}/ParcelLifeCycleService/2.0` },
    header:
      `<ns:authentication><delisId>${escapeXml(username)}</delisId><authToken>${escapeXml(token)}</authToken>` +
      `<messageLanguage>${LANGUAGE}</messageLanguage></ns:authentication>`,
    body:
      `<ns1:getTrackingData><parcelLabelNumber>${escapeXml(trackingNumber)}</parcelLabelNumber>` +
      `</ns1:getTrackingData>`,
  });
  const action = "ParcelLifeCycleService/2.0/getTrackingData";
  return soapCall(session, { service: "ParcelLifeCycleService/V2_0", action, body });
}

interface SoapCall {
  service: string;
  action: string;
  body: string;
}

function soapCall({ credentials, baseUrl }: CarrierSession, { service, action, body }: SoapCall): CarrierRequest {
  const belgian = credentials["country"]?.trim().toUpperCase() === "BE";
  return {
    method: "POST",
    url: `${baseUrl ?? (belgian ? BELGIAN_URL : BASE_URL)}/soap/services/${service}`,
    headers: { "content-type": "text/xml; charset=utf-8", accept: "text/xml", soapaction: `${NAMESPACE}/${action}` },
    body,
  };
}
