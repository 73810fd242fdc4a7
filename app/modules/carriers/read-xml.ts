import type { CarrierError, RawAnswer } from "./carrier.ts";
import { parseXml } from "./parse-xml.ts";
import { decodeText, MAX_ANSWER_BYTES, unreadable } from "./read-json.ts";

type DecodedXml = { ok: true; value: unknown } | { ok: false; error: CarrierError };

/** Real answers nest about 15 levels, envelopes included. */
const MAX_DEPTH = 64;

/**
 * Bytes or text to plain objects, bounded in size and depth: an element is its text, or an object of its children;
 * attributes are named `@name`, the text beside attributes `#text`; prefixes of namespaces are dropped; what occurs once is
 * not a list (`list()` takes both). An encoding that the declaration names is heeded. Document type definitions are refused: they are how XML is made to explode. Never throws.
 */
export function decodeXml(answer: Pick<RawAnswer, "body">): DecodedXml {
  const text = decodeText(inUtf8(answer.body));
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

const DECLARED =
  /^\s*<\?xml\b[^>]{0,80}?\bencoding\s*=\s*["'](?:iso-8859-1|iso-8859-15|latin-?1|windows-1252|us-ascii)["']/i;
const WESTERN = new TextDecoder("windows-1252");
const HEAD_BYTES = 200;

/** XML may say that it is written in the old Western alphabet; what says nothing is UTF-8. */
function inUtf8(body: Uint8Array | string): Uint8Array | string {
  if (typeof body === "string" || body.byteLength > MAX_ANSWER_BYTES) return body;
  return DECLARED.test(WESTERN.decode(body.subarray(0, HEAD_BYTES))) ? WESTERN.decode(body) : body;
}
