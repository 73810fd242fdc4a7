import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  decodeJson,
  list,
  MAX_ANSWER_BYTES,
  part,
  text,
  wholeNumber,
  withRaw,
} from "#app/modules/carriers/read-json.ts";

describe("decodeJson", () => {
  const refusal = (body: string | Uint8Array) => {
    const decoded = decodeJson({ body });
    return decoded.ok ? null : [decoded.error.kind, decoded.error.retryable, decoded.error.message];
  };

  test.each<[string, string | Uint8Array, boolean, RegExp]>([
    ["nothing", "", true, /empty/],
    ["a web page", " \n<html></html>", true, /web page or XML/],
    ["cut off", '{"a":', true, /not valid JSON/],
    ["bytes that are no UTF-8", Uint8Array.from([0x22, 0xc3, 0x28, 0x22]), true, /UTF-8/],
    ["65 levels", "[".repeat(65) + "]".repeat(65), false, /deep/],
    ["a byte too many", new Uint8Array(MAX_ANSWER_BYTES + 1).fill(0x31), false, /5 MB/],
    ["a character too many", "1".repeat(MAX_ANSWER_BYTES + 1), false, /5 MB/],
  ])("refuses %s", (_name, body, retryable, message) => {
    expect(refusal(body)).toEqual(["unreadable", retryable, expect.stringMatching(message)]);
  });

  test("accepts 64 levels, brackets and escapes in texts, a byte order mark, and the largest size", () => {
    expect(refusal("[".repeat(64) + "]".repeat(64))).toBeNull();
    expect(decodeJson({ body: JSON.stringify({ a: `${'["\\'.repeat(100)}"` }) })).toMatchObject({ ok: true });
    expect(decodeJson({ body: "\ufeff{}" })).toEqual({ ok: true, value: {} });
    expect(decodeJson({ body: Buffer.from("\ufeff[1]") })).toEqual({ ok: true, value: [1] });
    expect(refusal(Buffer.alloc(MAX_ANSWER_BYTES, "1"))).toBeNull();
  });
});

describe("tolerant fields", () => {
  const shape = z.object({
    name: text(5),
    count: wholeNumber(),
    inner: part(z.object({ id: text() })),
    tags: list(text(), { max: 2 }),
  });

  test("absent and misshapen fields become null or empty instead of failing the whole", () => {
    const empty = { name: null, count: null, inner: null, tags: [] };
    expect(shape.parse({})).toEqual(empty);
    expect(shape.parse({ name: {}, count: -1, inner: "x", tags: null })).toEqual(empty);
    expect(shape.parse({ name: "abcdefg", count: "7", inner: {}, tags: ["a", "b", "c"] })).toEqual({
      name: "abcde",
      count: 7,
      inner: { id: null },
      tags: ["a", "b"],
    });
  });

  test("a list takes a single object, leaves strangers out, and keeps the end that is asked for", () => {
    const items = z.object({ list: list(z.object({ n: z.number() }), { max: 2, keep: "last" }) });
    expect(items.parse({ list: { n: 1 } }).list).toEqual([{ n: 1 }]);
    expect(items.parse({ list: [{ n: 1 }, { n: 2 }, { n: 3 }] }).list).toEqual([{ n: 2 }, { n: 3 }]);
    expect(items.parse({ list: [{ n: 1 }, "x"] }).list).toEqual([{ n: 1 }]);
  });

  test("withRaw keeps the original beside the fields, and refuses what is no object", () => {
    const scan = withRaw({ a: text() });
    expect(scan.parse({ a: 1, b: [2] })).toEqual({ a: "1", raw: { a: 1, b: [2] } });
    expect(scan.safeParse(7).success).toBe(false);
  });
});
