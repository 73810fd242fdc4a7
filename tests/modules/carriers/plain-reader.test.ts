import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { MISFIT, readerOf } from "#app/modules/carriers/plain-reader.ts";
import { list, part, text, wholeNumber, withRaw } from "#app/modules/carriers/read-json.ts";

const item = withRaw({ a: text(20), b: wholeNumber() });
const shapes: Readonly<Record<string, z.ZodType>> = {
  "tolerant fields": z.object({ a: text(10), b: wholeNumber(), c: part(z.object({ a: text() })), d: list(item) }),
  "a changed field": z.object({ a: text().transform((value) => (value === "null" ? null : value)), b: text() }),
  "a field that must be there": z.object({ a: z.literal("x"), b: text() }),
  "fields of any value, and optional ones": z.object({ a: z.unknown(), b: z.string().optional(), c: z.any() }),
  "fields with values of their own": z.object({ a: z.string().default("none"), b: z.number().catch(0) }),
  "an object that refuses strangers": z.strictObject({ a: text() }),
  "an object that keeps strangers": z.looseObject({ a: text() }),
  "an object with a condition": z.object({ a: text() }).refine(({ a }) => a !== null),
  "a change that may refuse": z.object({
    a: text().transform((value, context) => {
      if (value === null) context.addIssue({ code: "custom", message: "no" });
      return value;
    }),
  }),
  "a choice": z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]),
  "a list of lists": list(list(text())),
  "no object at all": z.string(),
};

/** Values that hit and miss the shapes above. */
const leaves = fc.oneof(
  fc.constantFrom<unknown>("x", "null", "  a ", "", 7, -1, 1.5, true, null, undefined, [], {}),
  fc.string({ maxLength: 12 }),
);
const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4, depthSize: "small" }, leaves, fc.array(tie("value"), { maxLength: 3 }), tie("object")),
  object: fc.dictionary(fc.constantFrom("a", "b", "c", "d", "e"), tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));

describe("a plain reader gives what its schema gives", () => {
  test.each(Object.entries(shapes))("%s", (_name, schema) => {
    const read = readerOf(schema);
    fc.assert(
      fc.property(values, (value) => {
        const parsed = schema.safeParse(value);
        expect(read(value)).toStrictEqual(parsed.success ? parsed.data : MISFIT);
      }),
      { numRuns: 400 },
    );
  });

  test("a schema that refers to itself", () => {
    const tree: z.ZodType = z.object({ name: text(), children: list(z.lazy(() => tree)) });
    const value = { name: "a", children: [{ name: "b", children: { name: "c" } }, 7] };
    expect(readerOf(tree)(value)).toEqual({
      name: "a",
      children: [{ name: "b", children: [{ name: "c", children: [] }] }],
    });
  });
});
