import { fixture, TOKEN } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const gls: CarrierSample = {
  credentials: { clientId: "id", clientSecret: "secret" },
  before: [TOKEN],
  number: "36301000017",
  request: {
    method: "GET",
    url: "https://api.gls-group.net/track-and-trace-v1/tracking/simple/trackids/36301000017",
    headers: { authorization: "Bearer tok_1", accept: "application/json" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("gls", "delivered"),
  scans: (value) => at(value, "parcels", 0, "events") as Json[],
  spoil: (scan) => Object.assign(scan, { code: "TELEPT.NORMAL" }),
  label: (scan, text) => Object.assign(scan, { description: text }),
  dropTopLevel: (value) => delete (at(value, "parcels", 0) as Json)["status"],
  error: { body: fixture("gls", "expired-token"), kind: "auth", retryable: true },
  newestFirst: true,
  zoned: true,
};
