import { describe, expect, it } from "vitest";
import { InvalidInputError } from "#app/lib/errors.ts";
import { parsePayload } from "#app/modules/intake/parse-payload.ts";

const parse = (text: string) => parsePayload(Buffer.from(text));

describe("parsePayload", () => {
  it("keeps whole numbers beyond 2^53 as their digits, and nothing else", () => {
    expect(parse('{"id":820982911946154508,"small":12,"price":1.5,"big":1e300,"minus":-9007199254740993}')).toEqual({
      id: "820982911946154508",
      small: 12,
      price: 1.5,
      big: 1e300,
      minus: "-9007199254740993",
    });
  });

  it("lets no body reach a prototype", () => {
    const parsed = parse('{"__proto__":{"admin":true},"a":1}');
    expect(parsed).toEqual({ a: 1 });
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  });

  it("gives only texts that can be stored, and leaves the others as they are", () => {
    const body = String.raw`{"name":"A\u0000very","half":"x\ud83d!","whole":"\ud83d\ude00","deep":[{"a":"\u0000"}],"line":"a\nb"}`;
    expect(parse(body)).toEqual({ name: "Avery", half: "x\ufffd!", whole: "😀", deep: [{ a: "" }], line: "a\nb" });
  });

  it.each([
    ["half a character", Buffer.from([0x22, 0xc3, 0x22])],
    ["UTF-16", Buffer.from('{"a":1}', "utf16le")],
    ["nothing", Buffer.alloc(0)],
    ["half a body", Buffer.from('{"email":"avery@example.com","na')],
    ["deep nesting", Buffer.from("[".repeat(300_000))],
  ])("refuses %s without quoting it", (_name, body) => {
    const attempt = () => parsePayload(body);
    expect(attempt).toThrow(InvalidInputError);
    try {
      attempt();
    } catch (error) {
      expect(JSON.stringify([(error as Error).message, String((error as Error).cause)])).not.toContain("avery");
    }
  });
});
