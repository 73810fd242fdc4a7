import { fixture, TOKEN } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const fedex: CarrierSample = {
  credentials: { clientId: "id", clientSecret: "secret" },
  before: [TOKEN],
  number: "612345678902",
  request: {
    method: "POST",
    url: "https://apis.fedex.com/track/v1/trackingnumbers",
    headers: { authorization: "Bearer tok_1" },
    body: { includeDetailedScans: true, trackingInfo: [{ trackingNumberInfo: { trackingNumber: "612345678902" } }] },
  },
  ...jsonBody,
  delivered: fixture("fedex", "delivered"),
  scans: (value) => at(value, "output", "completeTrackResults", 0, "trackResults", 0, "scanEvents") as Json[],
  spoil: (scan) => Object.assign(scan, { eventType: "Q9" }),
  error: { body: fixture("fedex", "expired-token"), kind: "auth", retryable: true },
  newestFirst: true,
  zoned: true,
  label: (scan, text) => Object.assign(scan, { eventDescription: text }),
};
