import type { CarrierError, RawAnswer } from "./carrier.ts";
import { parseXml } from "./parse-xml.ts";
import { decodeText, unreadable } from "./read-json.ts";

type DecodedXml = { ok: true; value: unknown } | { ok: false; error: CarrierError };

/** Real answers nest about 15 levels, envelopes included. */
const MAX_DEPTH = 64;

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
  const parsed = parseXml(trimmed, MAX_DEPTH);
  switch (parsed.kind) {
    case "document":
      return { ok: true, value: parsed.value };
    case "too_deep":
      return { ok: false, error: unreadable("The carrier's answer is nested too deeply.", false) };
    case "malformed":
      return { ok: false, error: unreadable("The carrier's answer is not valid XML; it may be cut off.") };
  }
}
