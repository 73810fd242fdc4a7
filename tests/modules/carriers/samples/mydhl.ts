import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const mydhl: CarrierSample = {
  credentials: { username: "user", password: "pass" },
  before: [],
  number: "1234567891",
  request: {
    method: "GET",
    url: "https://express.api.dhl.com/mydhlapi/tracking",
    headers: { authorization: `Basic ${Buffer.from("user:pass").toString("base64")}` },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("mydhl", "delivered"),
  scans: (value) => at(value, "shipments", 0, "events") as Json[],
  spoil: (scan) => Object.assign(scan, { typeCode: "Q9" }),
  error: { body: fixture("mydhl", "refused-login"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: true,
  label: (scan, text) => Object.assign(scan, { description: text }),
};
