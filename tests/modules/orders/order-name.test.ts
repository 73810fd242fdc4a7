import { describe, expect, test } from "vitest";
import { normaliseOrderName, orderNamesOf } from "#app/modules/orders/order-name.ts";

describe("the name an order is found by", () => {
  test.each([
    ["#1042", "1042"],
    ["1042", "1042"],
    [" EU-1042 ", "1042"],
    ["eu 1042", "1042"],
    ["１０４２", "1042"],
    ["1042-A", "1042a"],
    ["SUMMER", "summer"],
    ["#", ""],
  ])("%s is %s", (typed, expected) => {
    expect(normaliseOrderName(typed)).toBe(expected);
  });

  test("a prefix with digits may be typed or left out", () => {
    const stored = normaliseOrderName("24-1042");
    expect(orderNamesOf("24-1042", "24-")).toContain(stored);
    expect(orderNamesOf("1042", "24-")).toContain(stored);
  });
});
