import { fixture } from "../carrier-doubles.ts";
import { at, xmlBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const canadaPost: CarrierSample = {
  credentials: { username: "6e93d53968881714", password: "0bfa9fcb9853d1f51ee57a" },
  before: [],
  number: "7012345000042108",
  request: {
    method: "GET",
    url: "https://soa-gw.canadapost.ca/vis/track/pin/7012345000042108/detail",
    headers: {
      authorization: `Basic ${Buffer.from("6e93d53968881714:0bfa9fcb9853d1f51ee57a").toString("base64")}`,
      accept: "application/vnd.cpc.track-v2+xml",
    },
    body: null,
  },
  ...xmlBody("occurrence"),
  delivered: fixture("canada-post", "delivered.xml"),
  scans: (value) => at(value, "tracking-detail", "significant-events", "occurrence") as Json[],
  spoil: (scan) => Object.assign(scan, { "event-identifier": "9999" }),
  error: { body: fixture("canada-post", "refused-key.xml"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: false,
  label: (scan, text) => Object.assign(scan, { "event-description": text }),
};
