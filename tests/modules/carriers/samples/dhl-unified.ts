import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const dhlUnified: CarrierSample = {
  credentials: { apiKey: "key" },
  before: [],
  number: "7777771234",
  request: {
    method: "GET",
    url: "https://api-eu.dhl.com/track/shipments",
    headers: { "DHL-API-Key": "key" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("dhl-unified", "delivered"),
  scans: (value) => at(value, "shipments", 0, "events") as Json[],
  spoil: (scan) => Object.assign(scan, { statusCode: "teleported" }),
  error: { body: fixture("dhl-unified", "refused-key"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: false,
  dropTopLevel: (value) => void delete (at(value, "shipments", 0) as Json)["status"],
  label: (scan, text) => Object.assign(scan, { description: text }),
};
