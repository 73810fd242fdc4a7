import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const postnl: CarrierSample = {
  credentials: { apiKey: "key", customerNumber: "10020030" },
  before: [],
  number: "3SSHOP000000017",
  request: {
    method: "GET",
    url: "https://api.postnl.nl/shipment/v2/status/barcode/3SSHOP000000017",
    headers: { apikey: "key", accept: "application/json" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("postnl", "delivered"),
  scans: (value) => at(value, "CompleteStatus", "Shipment", "Event") as Json[],
  spoil: (scan) => Object.assign(scan, { Code: "QQ9" }),
  label: (scan, text) => Object.assign(scan, { Description: text }),
  dropTopLevel: (value) => delete (at(value, "CompleteStatus", "Shipment") as Json)["Status"],
  error: { body: fixture("postnl", "refused-key"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: false,
};
