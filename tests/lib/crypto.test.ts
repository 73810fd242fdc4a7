import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { equalBytes, equalSecrets, KeyRing, randomToken, UnsealError } from "#app/lib/crypto.server.ts";
import { ConfigurationError } from "#app/lib/errors.ts";

const key = () => randomBytes(32).toString("base64");
const context = { shopId: "shop_1", field: "session.access_token" };

describe("the key ring", () => {
  test("opens what it sealed, and seals the same text differently each time", () => {
    const ring = KeyRing.parse(`a:${key()}`);
    const first = ring.seal("shpat_secret", context);
    const second = ring.seal("shpat_secret", context);
    expect(ring.open(first, context)).toBe("shpat_secret");
    expect(first).not.toBe(second);
    expect(first).not.toContain("shpat_secret");
  });

  test("after a rotation the old key still opens, the new one seals", () => {
    const [older, newer] = [key(), key()];
    const sealed = KeyRing.parse(`old:${older}`).seal("text", context);
    const rotated = KeyRing.parse(`new:${newer},old:${older}`);
    expect(rotated.open(sealed, context)).toBe("text");
    expect(rotated.isStale(sealed)).toBe(true);
    expect(rotated.isStale(rotated.seal("text", context))).toBe(false);
  });

  test.each<[string, (sealed: string) => [string, typeof context]]>([
    ["another shop", (sealed) => [sealed, { ...context, shopId: "shop_2" }]],
    ["another field", (sealed) => [sealed, { ...context, field: "session.refresh_token" }]],
    ["an unknown key", (sealed) => [sealed.replace(/^a\./, "z."), context]],
    ["a shortened tag", (sealed) => [sealed.replace(/^(a\.[^.]+\.[^.]{6})[^.]+/, "$1"), context]],
    ["no seal at all", () => ["", context]],
  ])("%s cannot open it", (_name, change) => {
    const ring = KeyRing.parse(`a:${key()}`);
    const [sealed, where] = change(ring.seal("text", context));
    expect(() => ring.open(sealed, where)).toThrow(UnsealError);
  });

  test("one altered character is noticed, wherever it stands", () => {
    const ring = KeyRing.parse(`a:${key()}`);
    const sealed = ring.seal("a longer text to alter", context);
    const body = sealed.lastIndexOf(".") + 1;
    for (let at = body; at < sealed.length - 1; at += 1) {
      const other = sealed[at] === "A" ? "B" : "A";
      expect(() => ring.open(sealed.slice(0, at) + other + sealed.slice(at + 1), context)).toThrow(UnsealError);
    }
  });

  test.each([
    ["a short key", `a:${randomBytes(16).toString("base64")}`],
    ["no id", key()],
    ["the same id twice", `a:${key()},a:${key()}`],
    ["nothing", ""],
  ])("%s is refused at boot", (_name, text) => {
    expect(() => KeyRing.parse(text)).toThrow(ConfigurationError);
  });
});

test("secrets are equal or not, whatever their lengths", () => {
  expect(equalSecrets("abc", "abc")).toBe(true);
  expect(equalSecrets("abc", "abd")).toBe(false);
  expect(equalSecrets("abc", "abcd")).toBe(false);
  expect(equalBytes(Buffer.from("a"), Buffer.from("ab"))).toBe(false);
});

test("tokens are long and never the same", () => {
  const tokens = new Set(Array.from({ length: 1_000 }, randomToken));
  expect(tokens.size).toBe(1_000);
  for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
});
