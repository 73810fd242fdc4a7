import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

const tracking = (value: Json) => at(value, "data", "trackings", 0) as Json;

export const ship24: CarrierSample = {
  credentials: { apiKey: "apik_test" },
  before: [],
  number: "LM000421003JP",
  request: {
    method: "GET",
    url: "https://api.ship24.com/public/v1/trackers/search/LM000421003JP/results",
    headers: { authorization: "Bearer apik_test" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("ship24", "delivered"),
  scans: (value) => at(tracking(value), "events") as Json[],
  spoil: (scan) => Object.assign(scan, { statusCode: "teleported", statusMilestone: "teleported" }),
  error: { body: fixture("ship24", "refused-key"), kind: "auth", retryable: false },
  newestFirst: true,
  zoned: false,
  dropTopLevel: (value) => void delete tracking(value)["shipment"],
  label: (scan, text) => Object.assign(scan, { status: text }),
};
