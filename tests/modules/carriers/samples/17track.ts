import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

const info = (value: Json) => at(value, "data", "accepted", 0, "track_info") as Json;

export const seventeenTrack: CarrierSample = {
  credentials: { apiKey: "0123456789ABCDEF" },
  before: [],
  number: "LT000421001CN",
  request: {
    method: "POST",
    url: "https://api.17track.net/track/v2.2/gettrackinfo",
    headers: { "17token": "0123456789ABCDEF", "content-type": "application/json" },
    body: [{ number: "LT000421001CN" }],
  },
  ...jsonBody,
  delivered: fixture("17track", "delivered"),
  scans: (value) => at(info(value), "tracking", "providers", 0, "events") as Json[],
  spoil: (scan) => Object.assign(scan, { stage: "Teleported", sub_status: "Teleported_Other" }),
  error: { body: fixture("17track", "refused-key"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: true,
  dropTopLevel: (value) => void delete info(value)["latest_status"],
  label: (scan, text) => Object.assign(scan, { description: text }),
};
