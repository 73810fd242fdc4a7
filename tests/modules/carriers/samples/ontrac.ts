import { fixture } from "../carrier-doubles.ts";
import { at, xmlBody, type CarrierSample, type Json } from "../carrier-sample.ts";

const SHIPMENT = ["OnTracTrackingResult", "Shipments", "Shipment"];

export const ontrac: CarrierSample = {
  credentials: { accountNumber: "37", password: "p&ss" },
  before: [],
  number: "D10010000421010",
  request: {
    method: "GET",
    url: "https://www.shipontrac.net/OnTracWebServices/OnTracServices.svc/V7/37/shipments",
    headers: { accept: "application/xml" },
    body: null,
  },
  ...xmlBody("Event"),
  delivered: fixture("ontrac", "delivered.xml"),
  scans: (value) => at(value, ...SHIPMENT, "Events", "Event") as Json[],
  spoil: (scan) => Object.assign(scan, { Status: "ZZ" }),
  error: { body: fixture("ontrac", "refused-password.xml"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: false,
  dropTopLevel: (value) => void delete (at(value, ...SHIPMENT) as Json)["Delivered"],
  label: (scan, text) => Object.assign(scan, { Description: text }),
};
