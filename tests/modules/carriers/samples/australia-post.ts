import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const australiaPost: CarrierSample = {
  credentials: { apiKey: "key", password: "secret", accountNumber: "1000012345" },
  before: [],
  number: "33ABC0042101",
  request: {
    method: "GET",
    url: "https://digitalapi.auspost.com.au/shipping/v1/track",
    headers: {
      authorization: `Basic ${Buffer.from("key:secret").toString("base64")}`,
      "account-number": "1000012345",
    },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("australia-post", "delivered"),
  scans: (value) => at(value, "tracking_results", 0, "trackable_items", 0, "events") as Json[],
  spoil: (scan) => Object.assign(scan, { description: "Teleported" }),
  error: { body: fixture("australia-post", "refused-key"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: true,
  dropTopLevel: (value) => void delete (at(value, "tracking_results", 0, "trackable_items", 0) as Json)["status"],
  label: (scan, text) => Object.assign(scan, { description: text }),
};
