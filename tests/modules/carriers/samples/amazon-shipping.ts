import { fixture, TOKEN } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const amazonShipping: CarrierSample = {
  credentials: { clientId: "amzn1.app", clientSecret: "secret", refreshToken: "Atzr|1" },
  before: [TOKEN],
  number: "TBA300000000017",
  request: {
    method: "GET",
    url: "https://sellingpartnerapi-na.amazon.com/shipping/v2/tracking",
    headers: { "x-amz-access-token": "tok_1", "x-amzn-shipping-business-id": "AmazonShipping_US" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("amazon-shipping", "delivered"),
  scans: (value) => at(value, "payload", "eventHistory") as Json[],
  spoil: (scan) => Object.assign(scan, { eventCode: "Teleported" }),
  // Amazon sends no words: only the second tells two scans apart.
  label: (scan, text) =>
    Object.assign(scan, { eventTime: new Date(Date.UTC(2026, 2, 10) + Number(text.match(/\d+/)?.[0] ?? 0) * 1000) }),
  dropTopLevel: (value) => delete (at(value, "payload") as Json)["summary"],
  error: { body: fixture("amazon-shipping", "refused-refresh-token"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: true,
};
