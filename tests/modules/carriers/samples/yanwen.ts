import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

export const yanwen: CarrierSample = {
  credentials: { customerNumber: "1000042" },
  before: [],
  number: "UH100421073YP",
  request: {
    method: "GET",
    url: "https://api.track.yw56.com.cn/api/tracking",
    headers: { authorization: "1000042" },
    body: null,
  },
  ...jsonBody,
  delivered: fixture("yanwen", "delivered"),
  scans: (value) => at(value, "result", 0, "checkpoints") as Json[],
  spoil: (scan) => Object.assign(scan, { tracking_status: "LM99" }),
  error: { body: fixture("yanwen", "refused-account"), kind: "auth", retryable: false },
  newestFirst: false,
  zoned: true,
  dropTopLevel: (value) => void delete (at(value, "result", 0) as Json)["tracking_status_waybill"],
  label: (scan, text) => Object.assign(scan, { message: text }),
};
