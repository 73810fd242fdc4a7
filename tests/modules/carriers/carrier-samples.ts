import { answer, fixture, TOKEN } from "./carrier-doubles.ts";
import type { CarrierResponse, Credentials } from "#app/modules/carriers/carrier.ts";

type Json = Record<string, unknown>;

/** What the contract test needs to know about one carrier. */
export interface CarrierSample {
  credentials: Credentials;
  /** Answers before the tracking answer itself (a token). */
  before: CarrierResponse[];
  number: string;
  /** What must be in the tracking request. */
  request: { method: "GET" | "POST"; url: string; authorization: string; body: unknown };
  delivered: string;
  /** The list of scans inside the parsed `delivered` answer. */
  scans: (value: Json) => Json[];
  /** Gives one scan a code that nobody has published. */
  spoil: (scan: Json) => void;
  error: { body: string; kind: string; retryable: boolean };
}

/** Walks into a JSON value; numbers index arrays. */
function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

export const SAMPLES: Readonly<Record<string, CarrierSample>> = {
  ups: {
    credentials: { clientId: "id", clientSecret: "secret", accountNumber: "12345E" },
    before: [TOKEN],
    number: "1Z12345E0205271686",
    request: {
      method: "GET",
      url: "https://onlinetools.ups.com/api/track/v1/details/1Z12345E0205271686",
      authorization: "Bearer tok_1",
      body: null,
    },
    delivered: fixture("ups", "delivered"),
    scans: (value) => at(value, "trackResponse", "shipment", 0, "package", 0, "activity") as Json[],
    spoil: (scan) => Object.assign(scan["status"] as Json, { code: "Q9", statusCode: "987", type: "I" }),
    error: { body: fixture("ups", "refused-credentials"), kind: "auth", retryable: false },
  },
  fedex: {
    credentials: { clientId: "id", clientSecret: "secret" },
    before: [TOKEN],
    number: "612345678902",
    request: {
      method: "POST",
      url: "https://apis.fedex.com/track/v1/trackingnumbers",
      authorization: "Bearer tok_1",
      body: { includeDetailedScans: true, trackingInfo: [{ trackingNumberInfo: { trackingNumber: "612345678902" } }] },
    },
    delivered: fixture("fedex", "delivered"),
    scans: (value) => at(value, "output", "completeTrackResults", 0, "trackResults", 0, "scanEvents") as Json[],
    spoil: (scan) => Object.assign(scan, { eventType: "Q9" }),
    error: { body: fixture("fedex", "expired-token"), kind: "auth", retryable: true },
  },
  easypost: {
    credentials: { apiKey: "EZAKtest" },
    before: [],
    number: "9400100000000012345676",
    request: {
      method: "POST",
      url: "https://api.easypost.com/v2/trackers",
      authorization: `Basic ${Buffer.from("EZAKtest:").toString("base64")}`,
      body: { tracker: { tracking_code: "9400100000000012345676" } },
    },
    delivered: fixture("easypost", "delivered"),
    scans: (value) => at(value, "tracking_details") as Json[],
    spoil: (scan) => Object.assign(scan, { status: "teleported" }),
    error: { body: fixture("easypost", "refused-key"), kind: "auth", retryable: false },
  },
};

/** The answers that a whole `track` call of this carrier meets. */
export function trackAnswers(sample: CarrierSample): CarrierResponse[] {
  return [...sample.before, answer(sample.delivered)];
}
