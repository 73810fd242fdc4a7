import { fixture, TOKEN } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const usps: CarrierSample = {
  credentials: { clientId: "id", clientSecret: "secret" },
  before: [TOKEN],
  number: "9400100110368004210018",
  request: {
    method: "GET",
    url: "https://apis.usps.com/tracking/v3/tracking/9400100110368004210018",
    headers: { authorization: "Bearer tok_1" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("usps", "delivered"),
  scans: (value) => at(value, "trackingEvents") as Json[],
  spoil: (scan) => Object.assign(scan, { eventCode: "Q9" }),
  error: { body: fixture("usps", "refused-key"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: true,
  label: (scan, text) => Object.assign(scan, { eventType: text }),
};
