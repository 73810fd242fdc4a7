import { createHash } from "node:crypto";
import { fixture } from "../carrier-doubles.ts";
import { at, jsonBody, type CarrierSample, type Json } from "../carrier-sample.ts";

const TIMESTAMP = String(Date.parse("2026-03-12T12:00:00.000Z"));
const QUESTION = '{"language":"1","trackingType":"1","trackingNumber":["SF1000421000017"],"methodType":"1"}';
const SIGNED =
  "%7B%22language%22%3A%221%22%2C%22trackingType%22%3A%221%22%2C%22trackingNumber%22%3A%5B%22SF1000421000017%22%5D%2C" +
  `%22methodType%22%3A%221%22%7D${TIMESTAMP}check+word`;

export const sfExpress: CarrierSample = {
  credentials: { clientId: "SHOP01", clientSecret: "check word" },
  before: [],
  number: "SF1000421000017",
  request: {
    method: "POST",
    url: "https://sfapi.sf-express.com/std/service",
    headers: { "content-type": "application/x-www-form-urlencoded;charset=UTF-8" },
    body: new URLSearchParams({
      partnerID: "SHOP01",
      requestID: "req_1",
      serviceCode: "EXP_RECE_SEARCH_ROUTES",
      timestamp: TIMESTAMP,
      msgDigest: createHash("md5").update(SIGNED).digest("base64"),
      msgData: QUESTION,
    }).toString(),
  },
  // Taken apart, the inner text is an object; the reader takes both.
  parse: (text) => {
    const answer = jsonBody.parse(text);
    const inner = answer["apiResultData"];
    return { ...answer, apiResultData: typeof inner === "string" ? jsonBody.parse(inner) : inner };
  },
  print: jsonBody.print,
  delivered: fixture("sf-express", "delivered"),
  scans: (value) => at(value, "apiResultData", "msgData", "routeResps", 0, "routes") as Json[],
  spoil: (scan) => Object.assign(scan, { opCode: "99999" }),
  error: { body: fixture("sf-express", "refused-signature"), kind: "auth", retryable: false },
  newestFirst: false,
  zoned: false,
  label: (scan, text) => Object.assign(scan, { remark: text }),
};
