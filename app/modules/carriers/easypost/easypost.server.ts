import { z } from "zod";
import { equalBytes, hmacSha256 } from "#app/lib/crypto.server.ts";
import type {
  Carrier,
  CarrierError,
  CarrierPush,
  CarrierReading,
  CarrierRequest,
  CarrierSession,
  TrackRequest,
} from "../carrier.ts";
import { askOneByOne } from "../batches.ts";
import { explainConnection } from "../explain-connection.ts";
import { partnerCode } from "../partner-codes.ts";
import { decodeJson, text } from "../read-json.ts";
import { anySecret, header } from "../read-push.ts";
import { EASYPOST_CARRIERS } from "./easypost-status.ts";
import { readEasypost } from "./read-easypost.ts";

const BASE_URL = "https://api.easypost.com";

/** EasyPost: an aggregator. Scans are oldest first; data usually arrives by push some time after the tracker is made. */
export const easypost: Carrier = {
  id: "easypost",
  displayName: "EasyPost",
  kind: "aggregator",
  shopifyCompany: null,
  baseUrl: BASE_URL,
  limits: {
    batchSize: 1,
    requestsPerSecond: 5,
    requestsPerDay: null,
    perParcelPerDay: null,
    stopOnNotFound: false,
    source: "EasyPost rate limiting guide: 5 requests per second for lists; others unpublished, so the same is kept",
  },
  credentialFields: [{ name: "apiKey", secret: true, required: true, maxLength: 200 }],
  trackingPage: () => null,
  read: readEasypost,
  track,
  testConnection,
  push: easypostPush(),
};

/** Creating a tracker again within three months gives the existing one, with all its scans and at no cost. */
function track(session: CarrierSession, requests: readonly TrackRequest[]): Promise<CarrierReading> {
  return askOneByOne(requests, (request) => ask(session, createTracker(session, request)));
}

async function testConnection(session: CarrierSession): Promise<CarrierError | null> {
  const { baseUrl = BASE_URL } = session;
  const call = { method: "GET" as const, url: `${baseUrl}/v2/trackers?page_size=1`, headers: authorised(session) };
  const response = await session.http.request(call);
  if (response.status < 300 && decodeJson(response).ok) return null;
  return explainConnection(readEasypost({ ...response, httpStatus: response.status }), {
    auth: {
      usualCause: "key",
      words:
        "EasyPost refused the API key. Copy it from the API keys page of the EasyPost dashboard and check that it is active.",
    },
    not_found: "The address does not answer like EasyPost.",
  });
}

async function ask(session: CarrierSession, request: CarrierRequest): Promise<CarrierReading> {
  const response = await session.http.request(request);
  return readEasypost({ body: response.body, httpStatus: response.status, headers: response.headers });
}

function createTracker(session: CarrierSession, request: TrackRequest): CarrierRequest {
  const code = partnerCode(EASYPOST_CARRIERS, request.carrierHint);
  const carrier = code === null ? {} : { carrier: code };
  return {
    method: "POST",
    url: `${session.baseUrl ?? BASE_URL}/v2/trackers`,
    headers: { ...authorised(session), "content-type": "application/json" },
    body: JSON.stringify({ tracker: { tracking_code: request.trackingNumber, ...carrier } }),
  };
}

/** HTTP Basic with the key as the user name and no password. */
function authorised({ credentials }: CarrierSession): Record<string, string> {
  const basic = Buffer.from(`${credentials["apiKey"] ?? ""}:`).toString("base64");
  return { authorization: `Basic ${basic}`, accept: "application/json" };
}

const SIGNATURE = /^hmac-sha256-hex=([0-9a-f]{64})$/i;
const pushBody = z.object({ object: z.literal("Event"), id: text(80) });

/** `X-Hmac-Signature: hmac-sha256-hex=…` over the raw body, keyed with the NFKD-normalised secret (EasyPost webhooks guide). */
function easypostPush(): CarrierPush {
  return {
    verify({ body, headers, secrets }) {
      const match = SIGNATURE.exec(header(headers, "x-hmac-signature")?.trim() ?? "");
      if (!match) return false;
      const given = Buffer.from(match[1] ?? "", "hex");
      return anySecret(secrets, (secret) => equalBytes(hmacSha256(secret.normalize("NFKD"), body), given));
    },
    /** An event keeps its id over all of its retries. */
    deliveryKey({ body }) {
      const decoded = decodeJson({ body });
      const parsed = decoded.ok ? pushBody.safeParse(decoded.value) : null;
      return parsed?.success ? parsed.data.id : null;
    },
    read: readEasypost,
  };
}
