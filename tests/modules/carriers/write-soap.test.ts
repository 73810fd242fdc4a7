import { XMLParser } from "fast-xml-parser";
import { expect, test } from "vitest";
import { soapEnvelope } from "#app/modules/carriers/write-soap.ts";
import { escapeXml } from "#app/modules/carriers/write-xml.ts";

test("escapes what has a meaning in XML and leaves out what it cannot carry", () => {
  expect(escapeXml(`<a b="c" d='e'>&amp;`)).toBe("&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;amp;");
  expect(escapeXml("a\u0000b\ud800c\u001fd\te\u{1f4e6}")).toBe("abcd\te\u{1f4e6}");
});

test("an envelope can be read back", () => {
  const xml = soapEnvelope({
    namespaces: { a: "urn:x?b&c" },
    header: "<a:h>1</a:h>",
    body: `<a:q>${escapeXml("2 < 3")}</a:q>`,
  });
  const { Envelope } = new XMLParser({ ignoreAttributes: false, removeNSPrefix: true }).parse(xml) as {
    Envelope: Record<string, unknown>;
  };
  expect(Envelope).toMatchObject({ Header: { h: 1 }, Body: { q: "2 < 3" } });
  expect(xml).toContain('xmlns:a="urn:x?b&amp;c"');
});
