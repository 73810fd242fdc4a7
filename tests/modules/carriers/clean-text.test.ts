import fc from "fast-check";
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

test("a piece that fits is handed on as it is", () => {
  const scan = { type: "DL", place: { city: "Zürich", tags: ["東京", 1, true, null] } };
  expect(boundedCopy(scan)).toBe(scan);
});

test("any character alone, at the start, inside and at the end is cleaned by the same rules", () => {
  const cleaned = (text: string) => {
    const kept = text
      .replace(/(?![\t\n\v\f\r\u0085])[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, "")
      .replace(/\s+/gu, " ")
      .trim();
    return kept === "" ? null : kept;
  };
  const wrong: string[] = [];
  for (let unit = 0; unit <= 0xffff; unit += 1) {
    const one = String.fromCharCode(unit);
    for (const text of [one, `${one}b`, `a${one}b`, `a${one}${one}b`, `a${one}`]) {
      if (cleanText(text) !== cleaned(text)) wrong.push(unit.toString(16));
    }
  }
  expect(wrong).toEqual([]);
});

test("whatever goes into a bounded copy, the copy is bounded and well-formed, and copying it again changes nothing", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8, noUnicodeString: false }), (value) => {
      const copy = boundedCopy(value);
      expect(boundedCopy(copy)).toEqual(copy);
      expect(JSON.stringify(copy)).not.toMatch(/\p{Surrogate}|\\u0000|\\ud[89a-f]/u);
    }),
    { numRuns: 300 },
  );
});
