import { answer, fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

const tracking = (value: Json) => at(value, "data", "trackings", 0) as Json;

export const aftership: CarrierSample = {
  credentials: { apiKey: "asat_test" },
  before: [],
  stranger: [answer(fixture("aftership", "nothing-followed")), answer(fixture("aftership", "created"), 201)],
  number: "TT000421002GB",
  request: {
    method: "GET",
    url: "https://api.aftership.com/tracking/2026-07/trackings",
    headers: { "as-api-key": "asat_test" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("aftership", "delivered"),
  scans: (value) => at(tracking(value), "checkpoints") as Json[],
  spoil: (scan) => Object.assign(scan, { tag: "Teleported", subtag: "Teleported_001" }),
  error: { body: fixture("aftership", "refused-key"), kind: "auth", retryable: false },
  newestFirst: false,
  zoned: true,
  dropTopLevel: (value) => void Object.assign(tracking(value), { tag: null, subtag: null }),
  label: (scan, text) => Object.assign(scan, { message: text }),
};
