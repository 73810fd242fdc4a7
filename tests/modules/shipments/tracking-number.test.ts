import { expect, test } from "vitest";
import { MAX_NUMBERS, normaliseTrackingNumber, wantedNumbers } from "#app/modules/shipments/tracking-number.ts";

test.each([
  [" 1z 999-aa1 ", "1Z999AA1"],
  ["\u200b9400 1000\u00a00000", "940010000000"],
  ["\uff11\uff12\uff13\uff14\uff15", "12345"],
  ["abc", null],
  ["x".repeat(65), null],
  ["<script>", null],
  ["12345\0", null],
  ["", null],
])("%j reads as %j", (text, number) => {
  expect(normaliseTrackingNumber(text)).toBe(number);
});

test("numbers are taken once, with the first mention's carrier, and nonsense is counted", () => {
  const info = (number: string, company: string | null) => ({ number, company, url: null });
  expect(wantedNumbers([info("n-1000", "UPS"), info("N1000", "FedEx"), info("?", null)])).toEqual({
    kind: "numbers",
    numbers: [info("N1000", "UPS")],
    unusable: 1,
  });
});

test("more numbers than any fulfillment has are refused as a whole", () => {
  const flood = Array.from({ length: MAX_NUMBERS + 1 }, (_, index) => ({
    number: `N${1000 + index}`,
    company: null,
    url: null,
  }));
  expect(wantedNumbers(flood)).toEqual({ kind: "too_many", count: 51 });
  expect(wantedNumbers(flood.slice(1))).toMatchObject({ kind: "numbers" });
});
