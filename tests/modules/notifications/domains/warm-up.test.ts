import { describe, expect, it } from "vitest";
import { readDomainName } from "#app/modules/notifications/domains/sender-domain.ts";
import { warmUpDay, warmUpLimit } from "#app/modules/notifications/domains/warm-up.ts";

describe("warming a domain up", () => {
  it.each([
    [null, "2026-11-22", 150],
    ["2026-11-22", "2026-11-22", 150],
    ["2026-11-21", "2026-11-22", 250],
    ["2026-11-16", "2026-11-22", 2_000],
    ["2026-11-15", "2026-11-22", 4_000],
    ["2026-11-11", "2026-11-22", 64_000],
    ["2026-11-10", "2026-11-22", null],
    ["2020-01-01", "2026-11-22", null],
    ["2026-10-31", "2026-11-01", 250],
    // A clock that was set back begins again instead of failing.
    ["2026-12-01", "2026-11-22", 150],
  ])("since %s allows on %s: %s", (from, on, limit) => {
    expect(warmUpLimit(from, on)).toBe(limit);
  });

  it.each([
    ["2026-11-22", 1_000],
    ["2026-11-16", 10_000],
    ["2026-11-15", 20_000],
    ["2026-11-12", null],
  ])("is faster where mail was sent before: since %s, %s", (from, limit) => {
    expect(warmUpLimit(from, "2026-11-22", true)).toBe(limit);
  });

  it("counts days of the calendar", () => {
    expect(warmUpDay("2026-02-27", "2026-03-02")).toBe(4);
  });
});

describe("a domain as it is typed", () => {
  it.each([
    ["Ship.Example.com", "ship.example.com"],
    ["orders@ship.example.com", "ship.example.com"],
    ["https://ship.example.com/path?x=1", "ship.example.com"],
    ["ship.example.com.", "ship.example.com"],
    ["versand.bücher.example", "versand.xn--bcher-kva.example"],
    // Cyrillic а: it is not the shop's own domain, and does not become it.
    ["shop.exаmple.com", "shop.xn--exmple-4nf.com"],
  ])("%s is %s", (typed, name) => {
    expect(readDomainName(typed)).toBe(name);
  });

  it.each([
    "",
    "example",
    "1.2.3.4",
    "[::1]",
    "gmail.com",
    "x.myshopify.com",
    "a..b",
    `${"a".repeat(64)}.com`,
    "a_b.com",
  ])("%s is none to send from", (typed) => {
    expect(readDomainName(typed)).toBeNull();
  });
});
