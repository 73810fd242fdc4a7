import { fixture } from "../carrier-doubles.ts";
import { at, xmlBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const landmark: CarrierSample = {
  credentials: { username: "shop", password: "p&ss", customerNumber: "2421" },
  before: [],
  number: "7012345000042108",
  request: {
    method: "POST",
    url: "https://api.landmarkglobal.com/v2/Track.php",
    headers: { "content-type": "application/xml" },
    body:
      '<?xml version="1.0" encoding="UTF-8"?><TrackRequest><Login><Username>shop</Username><Password>p&amp;ss</Password>' +
      "</Login><Test>false</Test><ClientID>2421</ClientID><TrackingNumber>7012345000042108</TrackingNumber>" +
      "<RetrievalType>Historical</RetrievalType></TrackRequest>",
  },
  ...xmlBody("Event"),
  delivered: fixture("landmark", "delivered.xml"),
  scans: (value) => at(value, "TrackResponse", "Result", "Packages", "Package", "Events", "Event") as Json[],
  spoil: (scan) => Object.assign(scan, { EventCode: "999" }),
  error: { body: fixture("landmark", "refused-login.xml"), kind: "auth", retryable: false },
  newestFirst: false,
  zoned: false,
  label: (scan, text) => Object.assign(scan, { Status: text }),
};
