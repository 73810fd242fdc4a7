import { fixture, TOKEN } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const hermesDe: CarrierSample = {
  credentials: { clientId: "id", clientSecret: "secret", username: "user", password: "pass" },
  before: [TOKEN],
  number: "H1000650000000001012",
  request: {
    method: "GET",
    url: "https://de-api.hermesworld.com/services/hsi/shipmentinfo",
    headers: { authorization: "Bearer tok_1" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("hermes-de", "delivered"),
  scans: (value) => at(value, "shipmentinfo", 0, "status") as Json[],
  spoil: (scan) => Object.assign(scan, { code: "9999" }),
  error: { body: fixture("hermes-de", "refused-client"), kind: "auth", retryable: false },
  newestFirst: false,
  zoned: true,
  label: (scan, text) => Object.assign(scan, { description: text }),
};
