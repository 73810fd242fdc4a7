import { fixture, TOKEN } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const ups: CarrierSample = {
  credentials: { clientId: "id", clientSecret: "secret", accountNumber: "12345E" },
  before: [TOKEN],
  number: "1Z12345E0205271686",
  request: {
    method: "GET",
    url: "https://onlinetools.ups.com/api/track/v1/details/1Z12345E0205271686",
    headers: { authorization: "Bearer tok_1" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("ups", "delivered"),
  scans: (value) => at(value, "trackResponse", "shipment", 0, "package", 0, "activity") as Json[],
  spoil: (scan) => Object.assign(scan["status"] as Json, { code: "Q9", statusCode: "987", type: "I" }),
  error: { body: fixture("ups", "refused-credentials"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: true,
  label: (scan, text) => Object.assign(scan["status"] as Json, { description: text }),
};
