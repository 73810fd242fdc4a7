import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInputError } from "#app/lib/errors.ts";
import { currencyExponent, parseMoney, toDecimal } from "#app/lib/money.ts";

describe("reading an amount", () => {
  test.each<[string, string, bigint]>([
    ["148.00", "USD", 14_800n],
    ["148", "USD", 14_800n],
    ["-3.5", "EUR", -350n],
    ["1200", "JPY", 1_200n],
    ["1200.00", "JPY", 1_200n],
    ["1.234", "KWD", 1_234n],
    ["0.00", "USD", 0n],
    ["12990.50", "HUF", 1_299_050n],
    ["149900.25", "IDR", 14_990_025n],
    ["2499.9", "RSD", 249_990n],
    ["1.234", "IQD", 1_234n],
    ["5.00", "QQQ", 500n],
    ["999999999999999.99", "USD", 99_999_999_999_999_999n],
  ])("%s %s is %d minor units", (amount, currency, minor) => {
    expect(parseMoney(amount, currency)).toEqual({ minor, currency });
  });

  test.each([
    ["1.005", "USD"],
    ["12.5", "JPY"],
    ["1,000.00", "USD"],
    ["", "USD"],
    ["NaN", "USD"],
    ["1e3", "USD"],
    ["--1", "USD"],
    ["1.00", "usd"],
    ["1.00", "US"],
  ])("%s %s is refused", (amount, currency) => {
    expect(() => parseMoney(amount, currency)).toThrow(InvalidInputError);
  });
});

test("what was read is written back as the same amount", () => {
  const currency = fc.constantFrom("USD", "JPY", "KWD", "EUR");
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), currency, (minor, code) => {
      const text = toDecimal({ minor, currency: code });
      expect(parseMoney(text, code).minor).toBe(minor);
      expect(text.includes(".")).toBe(currencyExponent(code) > 0);
    }),
  );
});
