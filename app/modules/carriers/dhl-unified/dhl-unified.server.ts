import { equalSecrets } from "#app/lib/crypto.server.ts";
import type { Carrier, CarrierError, CarrierPush, CarrierReading, CarrierSession, TrackRequest } from "../carrier.ts";
import { askOneByOne } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { underAskedNumber } from "../name-numbers.ts";
import { anySecret, header } from "../read-push.ts";
import { readDhlUnified } from "./read-dhl-unified.ts";

const BASE_URL = "https://api-eu.dhl.com";

/** Every division of DHL behind one key; scans newest first, mostly without a zone. */
export const dhlUnified: Carrier = {
  id: "dhl-unified",
  displayName: "DHL",
  kind: "carrier",
  shopifyCompany: "DHL eCommerce",
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: 1,
    requestsPerDay: 250,
    perParcelPerDay: 10,
    stopOnNotFound: false,
    source:
      "support-developer.dhl.com, Shipment Tracking - Unified: 250 calls a day (reset 00:00 GMT) and 1 a second with the " +
      "default key; at most 10 questions per shipment and day, spread evenly, after an upgrade",
  },
  credentialFields: [
    { name: "apiKey", secret: true, required: true, maxLength: 200 },
    { name: "service", secret: false, required: false, maxLength: 40 },
  ],
  trackingPage: (trackingNumber) =>
    `https://www.dhl.com/global-en/home/tracking.html?tracking-id=${encodeURIComponent(trackingNumber)}`,
  read: readDhlUnified,
  track,
  testConnection,
  push: dhlPush(),
};

function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, async (request) => {
    const { shipments, errors } = await ask(session, request);
    // Asked for one piece, DHL answers with the shipment it belongs to.
    return { errors, shipments: shipments.map((shipment) => underAskedNumber(shipment, request.trackingNumber)) };
  });
}

/** Nobody's number: "not found" proves that the key may track. */
const PROBE_NUMBER = "00000000000000000000";

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  return explainConnection(await ask(session, { trackingNumber: PROBE_NUMBER }), {
    auth: {
      usualCause: "key",
      words:
        "DHL refused the API key. Copy it from your app on developer.dhl.com and check that the app has " +
        "Shipment Tracking - Unified and is approved.",
    },
    invalid_request:
      "DHL does not know the service; leave it empty, or write for example express, parcel-de or ecommerce.",
    rate_limited: { cause: "plan", words: "DHL accepts the key, but its calls for today are used up." },
  });
}

/** Without `service` the answer may be a stranger's parcel of another division that has the same number. */
async function ask(session: CarrierSession, request: TrackRequest): Promise<CarrierReading> {
  const { credentials, baseUrl = BASE_URL } = session;
  const query = new URLSearchParams({ trackingNumber: request.trackingNumber, language: "en" });
  if (credentials["service"]) query.set("service", credentials["service"]);
  if (request.postalCode) query.set("recipientPostalCode", request.postalCode);
  const response = await session.http.request({
    method: "GET",
    url: `${baseUrl}/track/shipments?${query.toString()}`,
    headers: { "DHL-API-Key": credentials["apiKey"] ?? "", accept: "application/json" },
  });
  return readDhlUnified({ body: response.body, httpStatus: response.status, headers: response.headers });
}

/** What the merchant tells DHL about our address: the header that carries the secret. */
const TOKEN_HEADER = "dhl-hook-token";

/**
 * Shipment Tracking - Unified Push: a subscription for the customer account, made and activated with DHL, whose hook has
 * `ApiKeyAuthentication` with this header. DHL signs nothing. (developer.dhl.com/api-reference/shipment-tracking-unified-push)
 */
function dhlPush(): CarrierPush {
  return {
    verify({ headers, secrets }) {
      const token = header(headers, TOKEN_HEADER);
      return token !== null && anySecret(secrets, (secret) => equalSecrets(secret, token));
    },
    deliveryKey: () => null,
    read: readDhlUnified,
  };
}
