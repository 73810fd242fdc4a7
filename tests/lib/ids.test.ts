import { describe, expect, test } from "vitest";
import { isGid, legacyId, newId, toGid } from "#app/lib/ids.ts";
import { TestClock } from "#tests/support/test-clock.ts";

describe("our ids", () => {
  test("made later sort later, across every carry of the time part", () => {
    const clock = new TestClock("2026-11-20T11:59:59.990Z");
    const ids: string[] = [];
    for (const step of [1, 1, 30, 1, 1_024, 32_768, 1_048_576, 86_400_000, 400 * 86_400_000]) {
      ids.push(newId("shp", clock));
      clock.advance(step);
    }
    ids.push(newId("shp", clock));
    expect([...ids].sort()).toEqual(ids);
  });

  test("of one millisecond differ, and are safe in an address", () => {
    const clock = new TestClock("2026-11-20T12:00:00Z");
    const ids = Array.from({ length: 2_000 }, () => newId("ntf", clock));
    expect(new Set(ids).size).toBe(2_000);
    expect(ids.every((id) => /^ntf_[0-9a-hjkmnp-tv-z]{26}$/.test(id))).toBe(true);
  });
});

describe("Shopify's ids", () => {
  test("keep every digit, there and back", () => {
    const gid = toGid("Order", "9007199254740993");
    expect(gid).toBe("gid://shopify/Order/9007199254740993");
    expect(legacyId(gid)).toBe("9007199254740993");
    expect(isGid(gid, "Order")).toBe(true);
  });

  test.each([
    ["gid://shopify/Order/12", "Fulfillment"],
    ["gid://shopify/Order/", "Order"],
    ["gid://shopify/Order/12?key=1", "Order"],
    ["gid://shopify/Order/12\n", "Order"],
    ["gid://shopify/Order/-1", "Order"],
    ["12", "Order"],
    [`gid://shopify/Order/${"1".repeat(26)}`, "Order"],
  ])("%j is not the id of a %s", (text, type) => {
    expect(isGid(text, type)).toBe(false);
  });

  test.each(["", "1e3", "-1", "1.5", " 1", "１２", "1".repeat(26)])("%j is no number of theirs", (text) => {
    expect(() => toGid("Order", text)).toThrow(RangeError);
  });
});
