/** An element with attributes or children; one with neither is its text. */
export interface XmlNode {
  [name: string]: unknown;
}

export type ParsedXml = { kind: "document"; value: XmlNode } | { kind: "malformed" } | { kind: "too_deep" };

interface OpenElement {
  /** As written, prefix included: the closing tag must repeat it. */
  tag: string;
  node: XmlNode | null;
  text: string;
}

interface Reading {
  text: string;
  /** Where reading goes on. */
  at: number;
  /** From the document itself, which is no element, down to the innermost open one. */
  open: OpenElement[];
}

const SPACE = 0x20;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const GREATER = 0x3e;

/**
 * XML to plain objects in one pass, three to five times faster than the general parser, which alone would take the whole
 * time that reading an answer may take. Knows what answers of web services are made of: elements, attributes, text,
 * entities, CDATA, comments, processing instructions. Document types are malformed here. Form: see `decodeXml`.
 */
export function parseXml(text: string, maxDepth: number): ParsedXml {
  const document: OpenElement = { tag: "", node: null, text: "" };
  const reading: Reading = { text, at: 0, open: [document] };
  while (reading.at < text.length) {
    const next = text.indexOf("<", reading.at);
    addText(reading, text.slice(reading.at, next === -1 ? text.length : next));
    if (next === -1) break;
    if (!readMarkup(reading, next)) return { kind: "malformed" };
    if (reading.open.length > maxDepth + 1) return { kind: "too_deep" };
    // Words beside the root are no XML.
    if (document.text !== "") return { kind: "malformed" };
  }
  const whole = reading.open.length === 1 && document.text === "" && document.node !== null;
  return whole && Object.keys(document.node ?? {}).length === 1
    ? { kind: "document", value: document.node ?? {} }
    : { kind: "malformed" };
}

/** Space around the words of an element is layout; between its words it is kept, comments and CDATA or not. */
function addText({ open }: Reading, raw: string): void {
  const parent = open.at(-1);
  if (!parent || raw === "" || (parent.text === "" && raw.trim() === "")) return;
  parent.text += decodeEntities(raw);
}

/** Reads what begins with the `<` at this position; false when it is malformed. */
function readMarkup(reading: Reading, start: number): boolean {
  const { text } = reading;
  switch (text[start + 1]) {
    case "/":
      return closeElement(reading, start + 2);
    case "?":
      return skipPast(reading, start, "?>");
    case "!":
      if (text.startsWith("<!--", start)) return skipPast(reading, start + 4, "-->");
      return text.startsWith("<![CDATA[", start) && readCdata(reading, start + 9);
    default:
      return openElement(reading, start + 1);
  }
}

function skipPast(reading: Reading, from: number, mark: string): boolean {
  const end = reading.text.indexOf(mark, from);
  reading.at = end + mark.length;
  return end !== -1;
}

function readCdata(reading: Reading, from: number): boolean {
  const parent = reading.open.at(-1);
  if (!parent || !skipPast(reading, from, "]]>")) return false;
  parent.text += reading.text.slice(from, reading.at - 3);
  return true;
}

function openElement(reading: Reading, from: number): boolean {
  const { text, open } = reading;
  const nameEnd = endOfName(text, from);
  if (nameEnd === from) return false;
  const element: OpenElement = { tag: text.slice(from, nameEnd), node: null, text: "" };
  reading.at = nameEnd;
  for (;;) {
    skipSpace(reading);
    const unit = text.charCodeAt(reading.at);
    if (unit === GREATER || unit === SLASH) break;
    if (!readAttribute(reading, element)) return false;
  }
  open.push(element);
  if (text.charCodeAt(reading.at) === GREATER) {
    reading.at += 1;
    return true;
  }
  reading.at += 2;
  return text.charCodeAt(reading.at - 1) === GREATER && finishElement(reading);
}

function readAttribute(reading: Reading, element: OpenElement): boolean {
  const { text } = reading;
  const nameEnd = endOfName(text, reading.at);
  if (nameEnd === reading.at) return false;
  const name = text.slice(reading.at, nameEnd);
  reading.at = nameEnd;
  skipSpace(reading);
  if (text.charCodeAt(reading.at) !== EQUALS) return false;
  reading.at += 1;
  skipSpace(reading);
  const quote = text[reading.at];
  if (quote !== '"' && quote !== "'") return false;
  const end = text.indexOf(quote, reading.at + 1);
  if (end === -1) return false;
  const value = text.slice(reading.at + 1, end);
  reading.at = end + 1;
  if (value.includes("<")) return false;
  if (name !== "xmlns" && !name.startsWith("xmlns:")) {
    (element.node ??= {})[`@${localName(name)}`] = decodeEntities(value.trim());
  }
  return true;
}

function closeElement(reading: Reading, from: number): boolean {
  const { text, open } = reading;
  const tag = open.at(-1)?.tag ?? "";
  if (open.length < 2 || !text.startsWith(tag, from)) return false;
  reading.at = from + tag.length;
  skipSpace(reading);
  reading.at += 1;
  return text.charCodeAt(reading.at - 1) === GREATER && finishElement(reading);
}

/** Hands the innermost element over to the one around it. */
function finishElement({ open }: Reading): boolean {
  const element = open.pop();
  const parent = open.at(-1);
  if (!element || !parent) return false;
  const text = element.text.trim();
  if (element.node && text !== "") element.node["#text"] = text;
  const name = localName(element.tag);
  // Assigning to this one would change a prototype; no carrier sends it.
  if (name === "__proto__") return true;
  const siblings = (parent.node ??= {});
  const value = element.node ?? text;
  const earlier = Object.hasOwn(siblings, name) ? siblings[name] : undefined;
  if (Array.isArray(earlier)) earlier.push(value);
  else siblings[name] = earlier === undefined ? value : [earlier, value];
  return true;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** Letters, digits, `_ - . :` and everything beyond ASCII; digits, `-` and `.` are no beginning. */
function endOfName(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const begins = isLetter(unit) || unit === 0x5f || unit === 0x3a || unit > 0x7f;
    const follows = (unit >= 0x30 && unit <= 0x39) || unit === 0x2d || unit === 0x2e;
    if (!begins && !(follows && at > from)) break;
  }
  return at;
}

function isLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function skipSpace(reading: Reading): void {
  const { text } = reading;
  for (;;) {
    const unit = text.charCodeAt(reading.at);
    if (unit !== SPACE && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
    reading.at += 1;
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The five names of XML and numbers; anything else stays as it is written. */
function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi, (all, name, decimal, hex) => {
    if (typeof name === "string") return NAMED[name] ?? all;
    const point = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}
