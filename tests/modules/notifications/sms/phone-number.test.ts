import { describe, expect, it } from "vitest";
import { readPhone } from "#app/modules/notifications/sms/phone-number.ts";

describe("a telephone number from the checkout", () => {
  it.each([
    ["(202) 555-0143", "US", "+12025550143", "US"],
    ["0151 12345678", "DE", "+4915112345678", "DE"],
    ["+49 151 12345678", "US", "+4915112345678", "DE"],
    ["0049 151 12345678", "FR", "+4915112345678", "DE"],
    ["06 12 34 56 78", "FR", "+33612345678", "FR"],
    ["090-1234-5678", "JP", "+819012345678", "JP"],
    ["＋１ ２０２ ５５５ ０１４３", null, "+12025550143", "US"],
  ])("%s in %s is %s", (typed, country, e164, found) => {
    expect(readPhone(typed, { country })).toEqual({ ok: true, e164, country: found, prefix: e164.slice(0, -4) });
  });

  it.each([
    [null, "US", "missing"],
    ["  ", "US", "missing"],
    ["555-0143", null, "invalid"],
    ["12", "US", "invalid"],
    ["call me", "US", "invalid"],
    ["+1 202 555 01434444", "US", "invalid"],
    ["+1 900 555 0123", "US", "premium"],
    ["0900 1234567", "DE", "premium"],
    ["030 901820", "DE", "landline"],
    ["+1 800 555 0143", "US", "landline"],
    ["0151 12345678", "not a country", "invalid"],
  ])("%s in %s gets no text: %s", (typed, country, reason) => {
    expect(readPhone(typed, { country })).toEqual({ ok: false, reason });
  });

  it("may be a landline for WhatsApp", () => {
    expect(readPhone("030 901820", { country: "DE", landlines: true })).toMatchObject({
      ok: true,
      e164: "+4930901820",
    });
  });
});
