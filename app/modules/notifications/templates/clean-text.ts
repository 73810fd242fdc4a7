/** Turn the direction of writing around, or are not seen at all: nothing that a name or a text needs. */
const INVISIBLE = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const CONTROL_BUT_NEWLINE = /(?!\n)\p{Cc}/gu;
const MAX_TEXT = 12_000;

/** Text of several lines: no control characters but line breaks, nothing invisible, bounded. */
export function cleanText(text: string, max = MAX_TEXT): string {
  return text.replaceAll("\r\n", "\n").replace(CONTROL_BUT_NEWLINE, " ").replace(INVISIBLE, "").trim().slice(0, max);
}

/** One line: what goes into a subject, a name, a header. No line break can leave it. */
export function cleanLine(text: string, max: number): string {
  const plain = text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(INVISIBLE, "");
  return cut(plain.replace(/ {2,}/g, " ").trim(), max);
}

/** Never through the middle of a character. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return text.slice(0, max).replace(/[\ud800-\udbff]$/, "");
}
