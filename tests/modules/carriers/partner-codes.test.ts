import { expect, test } from "vitest";
import { carrierOfPartnerCode, partnerCode } from "#app/modules/carriers/partner-codes.ts";

const TABLE = { source: "test", codes: { "dhl-express": "dhl", mydhl: "dhl", usps: "21051" } };

test("our ids become the aggregator's codes; what we have no code for is left to its detection", () => {
  expect([partnerCode(TABLE, "usps"), partnerCode(TABLE, "mydhl")]).toEqual(["21051", "dhl"]);
  expect(["gls", "constructor", "__proto__", "", null, undefined].map((id) => partnerCode(TABLE, id))).toEqual([
    ...[null, null, null, null, null, null],
  ]);
});

test("the aggregator's codes become our ids, else its names do, else nothing", () => {
  expect(carrierOfPartnerCode(TABLE, "21051")).toBe("usps");
  expect(carrierOfPartnerCode(TABLE, "DHL")).toBe("dhl-express");
  expect(carrierOfPartnerCode(TABLE, "3041", "Canada Post")).toBe("canada-post");
  expect([carrierOfPartnerCode(TABLE, "9999"), carrierOfPartnerCode(TABLE, null)]).toEqual([null, null]);
});
