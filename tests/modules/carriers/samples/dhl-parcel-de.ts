import { fixture } from "../carrier-doubles.ts";
import { at, xmlBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const dhlParcelDe: CarrierSample = {
  credentials: { clientId: "key", clientSecret: "secret", username: "user", password: "pass" },
  before: [],
  number: "00340434161094000019",
  request: {
    method: "GET",
    url: "https://api-eu.dhl.com/parcel/de/tracking/v0/shipments",
    headers: {
      "DHL-API-Key": "key",
      authorization: `Basic ${Buffer.from("key:secret").toString("base64")}`,
    },
    body: null,
  },
  ...xmlBody("data"),
  delivered: fixture("dhl-parcel-de", "delivered.xml"),
  scans: (value) => at(value, "data", 0, "data", 0, "data", 0, "data") as Json[],
  spoil: (scan) => Object.assign(scan, { "@standard-event-code": "Q9", "@ice": "QQQQQ" }),
  error: { body: fixture("dhl-parcel-de", "refused-login.xml"), kind: "auth", retryable: false },
  newestFirst: false,
  zoned: false,
  label: (scan, text) => Object.assign(scan, { "@event-text": text }),
};
