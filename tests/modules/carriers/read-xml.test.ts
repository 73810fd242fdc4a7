import fc from "fast-check";
import { XMLBuilder, XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { decodeXml } from "#app/modules/carriers/read-xml.ts";

function read(body: string): unknown {
  const decoded = decodeXml({ body });
  return decoded.ok ? decoded.value : decoded.error.message;
}

const FORM = { ignoreAttributes: false, attributeNamePrefix: "@", suppressBooleanAttributes: false } as const;
const general = new XMLParser({ ...FORM, removeNSPrefix: true, parseTagValue: false, ignoreDeclaration: true });
const builder = new XMLBuilder(FORM);

describe("decodeXml", () => {
  test.each<[string, string, unknown]>([
    ["an element of text", "<a> b </a>", { a: "b" }],
    ["children, and repeated ones", "<a><b>1</b><c/><b>2</b><b></b></a>", { a: { b: ["1", "2", ""], c: "" } }],
    ["attributes and the text beside them", `<a x="1" y='"2"'>t</a>`, { a: { "@x": "1", "@y": '"2"', "#text": "t" } }],
    ["prefixes and name spaces", `<s:a xmlns:s="u" xmlns="v" s:i="1"><s:b/></s:a>`, { a: { "@i": "1", b: "" } }],
    ["what is no content", `<?xml version="1.0"?><!-- <a> --><a>b<!-- c -->d</a><!---->`, { a: "bd" }],
    ["a part taken literally", "<a><![CDATA[<b>&amp;]]></a>", { a: "<b>&amp;" }],
    ["words apart", "<a> Delivered <!-- c -->to\n<![CDATA[the]]> sender </a>", { a: "Delivered to\nthe sender" }],
    ["entities", "<a>&lt;&amp;lt;&#233;&#xE9;&quot;&apos;&gt;</a>", { a: "<&lt;éé\"'>" }],
    ["entities that are none", "<a>&nbsp;&#99999999;&#x110000; &</a>", { a: "&nbsp;&#99999999;&#x110000; &" }],
    [
      "names that objects have by themselves",
      "<a><constructor>1</constructor><toString/></a>",
      {
        a: { constructor: "1", toString: "" },
      },
    ],
    ["space in tags", "<a \n x = '1' ><b ></b\t></a >", { a: { "@x": "1", b: "" } }],
  ])("reads %s", (_name, body, value) => expect(read(body)).toEqual(value));

  test.each(["ISO-8859-1", "iso-8859-15", "latin1", "windows-1252", "US-ASCII"])(
    "reads the encoding %s",
    (encoding) => {
      const body = Buffer.from(
        `<?xml version="1.0" encoding="${encoding}"?><a place="Köln">Livré à São Paulo</a>`,
        "latin1",
      );
      const decoded = decodeXml({ body });
      expect(decoded).toEqual({ ok: true, value: { a: { "@place": "Köln", "#text": "Livré à São Paulo" } } });
    },
  );

  test("what names no such encoding is UTF-8 or nothing", () => {
    const declared = '<?xml version="1.0" encoding="UTF-8"?>';
    expect(decodeXml({ body: Buffer.from(`${declared}<a>Köln</a>`) })).toEqual({ ok: true, value: { a: "Köln" } });
    for (const head of ["", declared]) {
      expect(decodeXml({ body: Buffer.from(`${head}<a>Köln</a>`, "latin1") })).toMatchObject({ ok: false });
    }
  });

  test("an element cannot change a prototype", () => {
    const value = read("<a><__proto__><admin>1</admin></__proto__><b>2</b></a>") as { a: object };
    expect(value).toEqual({ a: { b: "2" } });
    expect(Object.getPrototypeOf(value.a)).toBe(Object.prototype);
  });

  test.each([
    "<a>",
    "<a></b>",
    "<a></ab>",
    "<a><b></a></b>",
    "</a>",
    "<a/><b/>",
    "<a/>x",
    "<a/",
    "<a b></a>",
    "<a b=1></a>",
    "<a b='1></a>",
    "<a b='<'></a>",
    "<1/>",
    "<>",
    "< a/>",
    "<!-- -->",
    "<a><!-- </a>",
    "<a><![CDATA[</a>",
    "<![CDATA[x]]>",
    "<a><!x></a>",
    "<?xml",
  ])("refuses %s", (body) => expect(read(body)).toBe("The carrier's answer is not valid XML; it may be cut off."));

  test("refuses document types, other languages, nothing, and what is too deep", () => {
    expect(read('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toMatch(/not allowed/);
    expect(read("{}")).toMatch(/did not answer with XML/);
    expect(read(" ")).toMatch(/empty/);
    expect(read("<a>".repeat(64) + "</a>".repeat(64))).toBeTypeOf("object");
    expect(read("<a>".repeat(65) + "</a>".repeat(65))).toMatch(/deep/);
    expect(read("<a>".repeat(500_000))).toMatch(/deep/);
  });

  test("reads what the general parser reads", () => {
    const word = fc.stringMatching(/^[a-zA-Zé東<>&"' ]{1,8}$/).map((text) => text.trim());
    const attributes = fc.dictionary(fc.constantFrom("@e", "@f"), word, { noNullPrototype: true });
    const { node } = fc.letrec((tie) => {
      const content = fc.oneof(word, tie("node"), fc.array(tie("node"), { minLength: 2, maxLength: 3 }));
      const children = fc.dictionary(fc.constantFrom("a", "b", "c-d", "g.h"), content, { noNullPrototype: true });
      const element = fc.tuple(attributes, children).map((parts): unknown => Object.assign({}, ...parts));
      return { node: fc.oneof({ maxDepth: 4 }, word, element) };
    });
    fc.assert(
      fc.property(node, (content) => {
        const text = builder.build({ root: content }) as string;
        expect(read(text)).toEqual(general.parse(text));
      }),
      { numRuns: 1_000 },
    );
  });

  test("a document cut anywhere is refused", () => {
    const whole = `<?xml version="1.0"?><a x="1"><b>é&amp;</b><![CDATA[c]]><!-- d --><e/></a>`;
    for (let end = 1; end < whole.length; end += 1) expect(decodeXml({ body: whole.slice(0, end) }).ok).toBe(false);
  });

  test("any text at all is read or refused, never thrown at", () => {
    const soup = fc.array(
      fc.constantFrom("<", ">", "/", "a", "b", " ", '="', "'", "!--", "--", "?", "&#", ";", "[CDATA[", "]]>"),
    );
    fc.assert(
      fc.property(soup, (parts) => void decodeXml({ body: `<a>${parts.join("")}` })),
      { numRuns: 2_000 },
    );
  });
});
