import { answer, fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

const tracking = (value: Json) => at(value, "data", 0) as Json;

export const trackingmore: CarrierSample = {
  credentials: { apiKey: "tm-key" },
  before: [],
  stranger: ["nothing-followed", "couriers", "told"].map((name) => answer(fixture("trackingmore", name))),
  number: "YT2600000000042100",
  request: {
    method: "GET",
    url: "https://api.trackingmore.com/v4/trackings/get",
    headers: { "tracking-api-key": "tm-key" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("trackingmore", "delivered"),
  scans: (value) => at(tracking(value), "origin_info", "trackinfo") as Json[],
  spoil: (scan) =>
    Object.assign(scan, { checkpoint_delivery_status: "teleported", checkpoint_delivery_substatus: "teleported001" }),
  error: { body: fixture("trackingmore", "refused-key"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: false,
  dropTopLevel: (value) => void Object.assign(tracking(value), { delivery_status: null, substatus: null }),
  label: (scan, text) => Object.assign(scan, { tracking_detail: text }),
};
