import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const royalMail: CarrierSample = {
  credentials: { clientId: "id", clientSecret: "secret" },
  before: [],
  number: "RM123456785GB",
  request: {
    method: "GET",
    url: "https://api.royalmail.net/mailpieces/v2/RM123456785GB/events",
    headers: { "X-IBM-Client-Id": "id", "X-IBM-Client-Secret": "secret", "X-Accept-RMG-Terms": "yes" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("royal-mail", "delivered"),
  scans: (value) => at(value, "mailPieces", "events") as Json[],
  spoil: (scan) => Object.assign(scan, { eventCode: "EVQQ9" }),
  error: { body: fixture("royal-mail", "refused-key"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: true,
  label: (scan, text) => Object.assign(scan, { eventName: text }),
};
