import { expect, test } from "vitest";
import { boundedCopy, cleanText, countryCode, joinPlace } from "#app/modules/carriers/clean-text.ts";

test("control characters, direction overrides and invisible characters go, spaces collapse", () => {
  expect(cleanText(" A\u0000B\u202e\u200bC \t\n D\u0007 ")).toBe("ABC D");
  expect(cleanText("\u0000\u200b \n")).toBeNull();
  expect(cleanText("Zürich, 東京 🚚")).toBe("Zürich, 東京 🚚");
});

test("half surrogate pairs go, and a cut never makes one", () => {
  expect(cleanText("a\ud800b\udc00")).toBe("ab");
  expect(cleanText("ab🚚cd", 3)).toBe("ab");
  expect(cleanText("ab🚚cd", 4)).toBe("ab🚚");
});

test("markup stays as it is: escaping is for whoever shows it", () => {
  expect(cleanText("<script>alert(1)</script>")).toBe("<script>alert(1)</script>");
});

test("numbers and booleans become text, everything else nothing", () => {
  expect([
    cleanText(17),
    cleanText(false),
    cleanText({}),
    cleanText([1]),
    cleanText(null),
    cleanText(undefined),
  ]).toEqual(["17", "false", null, null, null, null]);
});

test("joinPlace leaves absent parts out", () => {
  expect(joinPlace(["Paris", null, "", "FR"])).toBe("Paris, FR");
  expect(joinPlace([null, ""])).toBeNull();
  expect(joinPlace(["x".repeat(300)])?.length).toBe(200);
});

test("countryCode takes two letters only", () => {
  expect([countryCode("us"), countryCode("USA"), countryCode(null), countryCode("1A")]).toEqual([
    "US",
    null,
    null,
    null,
  ]);
});

test("boundedCopy limits depth, keys, items and texts, and cannot be used to change a prototype", () => {
  const nested = { a: { b: { c: { d: { e: { f: 1 } } } } } };
  expect(boundedCopy(nested)).toEqual({ a: { b: { c: { d: { e: null } } } } });
  const wide = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, index]));
  expect(Object.keys(boundedCopy(wide) as object)).toHaveLength(40);
  expect(boundedCopy(Array.from({ length: 100 }, () => 1))).toHaveLength(20);
  expect(boundedCopy("x".repeat(1_000))).toHaveLength(300);
  expect(boundedCopy("a\u0000b")).toBe("ab");
  const copy = boundedCopy(JSON.parse('{"__proto__":{"admin":true},"ok":1}')) as Record<string, unknown>;
  expect([copy, copy["admin"]]).toEqual([{ ok: 1 }, undefined]);
});
