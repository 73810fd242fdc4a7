import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const laPoste: CarrierSample = {
  credentials: { apiKey: "okapi" },
  before: [],
  number: "8R40000000173",
  request: {
    method: "GET",
    url: "https://api.laposte.fr/suivi/v2/idships/8R40000000173",
    headers: { "x-okapi-key": "okapi", accept: "application/json" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("la-poste", "delivered"),
  scans: (value) => at(value, "shipment", "event") as Json[],
  spoil: (scan) => Object.assign(scan, { code: "QQ9" }),
  label: (scan, text) => Object.assign(scan, { label: text }),
  error: { body: fixture("la-poste", "refused-key"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: true,
};
