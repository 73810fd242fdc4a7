import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { CarrierError, RawAnswer } from "./carrier.ts";
import { decodeText, unreadable } from "./read-json.ts";

type DecodedXml = { ok: true; value: unknown } | { ok: false; error: CarrierError };

/** Real answers nest about 15 levels, envelopes included. */
const MAX_DEPTH = 64;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/**
 * Bytes or text to plain objects, bounded in size and depth: an element is its text, or an object of its children;
 * attributes are named `@name`, the text beside attributes `#text`; prefixes of namespaces are dropped; what occurs once is
 * not a list (`list()` takes both). Document type definitions are refused: they are how XML is made to explode. Never throws.
 */
export function decodeXml(answer: Pick<RawAnswer, "body">): DecodedXml {
  const text = decodeText(answer.body);
  if (typeof text !== "string") return { ok: false, error: text };
  const trimmed = text.trim();
  if (trimmed === "") return { ok: false, error: unreadable("The carrier's answer is empty.") };
  if (!trimmed.startsWith("<")) return { ok: false, error: unreadable("The carrier did not answer with XML.") };
  if (/<!(?:doctype|entity)/i.test(trimmed)) {
    return { ok: false, error: unreadable("The carrier answered with a web page or a document that is not allowed.") };
  }
  if (isTooDeep(trimmed)) return { ok: false, error: unreadable("The carrier's answer is nested too deeply.", false) };
  if (XMLValidator.validate(trimmed) !== true) {
    return { ok: false, error: unreadable("The carrier's answer is not valid XML; it may be cut off.") };
  }
  try {
    return { ok: true, value: parser.parse(trimmed) as unknown };
  } catch {
    return { ok: false, error: unreadable("The carrier's answer is not valid XML; it may be cut off.") };
  }
}

const TAG = /<(\/?)[A-Za-z_][^<>]*?(\/?)>/g;

/** Counted before anything recursive sees the text. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [, closing, selfClosing] of text.matchAll(TAG)) {
    if (closing) depth -= 1;
    else if (!selfClosing) depth += 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
