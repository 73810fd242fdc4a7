import { cleanLine } from "./clean-text.ts";

/** Letters that look like Latin ones and are not, within one word with Latin ones: a name that wants to be another. */
const MIXED_WORD =
  /(?=\S*\p{Script=Latin})\S*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
const MAX_NAME = 80;

/**
 * `"Shop" <address>`: nothing in a name can leave its quotes, add a header, or pass for an address. A name that mixes
 * alphabets within a word is not used at all; the next one is.
 */
export function senderOf(names: readonly (string | null)[], address: string): string {
  const name = names.map((one) => plainName(one ?? "")).find((one) => one !== "");
  return name ? `"${name}" <${address}>` : address;
}

function plainName(text: string): string {
  const name = cleanLine(text.normalize("NFKC").replace(/["\\<>@,;:]/g, " "), MAX_NAME);
  return MIXED_WORD.test(name) ? "" : name;
}
