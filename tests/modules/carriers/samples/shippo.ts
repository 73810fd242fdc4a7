import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const shippo: CarrierSample = {
  credentials: { apiKey: "shippo_live_test" },
  before: [],
  number: "LZ000421003US",
  carrierHint: "usps",
  request: {
    method: "GET",
    url: "https://api.goshippo.com/tracks/usps/LZ000421003US",
    headers: { authorization: "ShippoToken shippo_live_test" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("shippo", "delivered"),
  scans: (value) => at(value, "tracking_history") as Json[],
  spoil: (scan) => Object.assign(scan, { status: "TELEPORTED" }),
  error: { body: fixture("shippo", "refused-token"), kind: "auth", retryable: false },
  newestFirst: false,
  zoned: true,
  dropTopLevel: (value) => void delete value["tracking_status"],
  label: (scan, text) => Object.assign(scan, { status_details: text }),
};
