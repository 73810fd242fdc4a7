import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const easypost: CarrierSample = {
  credentials: { apiKey: "EZAKtest" },
  before: [],
  number: "9400100000000012345676",
  request: {
    method: "POST",
    url: "https://api.easypost.com/v2/trackers",
    headers: { authorization: `Basic ${Buffer.from("EZAKtest:").toString("base64")}` },
    body: { tracker: { tracking_code: "9400100000000012345676" } },
  },
  ...jsonBody,
  delivered: fixture("easypost", "delivered"),
  scans: (value) => at(value, "tracking_details") as Json[],
  spoil: (scan) => Object.assign(scan, { status: "teleported" }),
  error: { body: fixture("easypost", "refused-key"), kind: "auth", retryable: false },
  newestFirst: false,
  zoned: true,
  dropTopLevel: (value) => void delete value["status"],
  label: (scan, text) => Object.assign(scan, { message: text }),
};
