import { InvalidInputError } from "#app/lib/errors.ts";

type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;
/** Node passes the number's own text to the reviver; TypeScript's library does not know it yet. */
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => unknown;

/**
 * Decodes a webhook body strictly as UTF-8 and parses it as JSON. Whole numbers beyond 2^53 come out as their own digits
 * in a string: Shopify's ids exceed what a JavaScript number can hold. Texts lose null characters and
 * halves of characters, which cannot be stored.
 * @throws InvalidInputError when the bytes are not UTF-8, the text is not JSON, or it is nested absurdly deep
 */
export function parsePayload(body: Uint8Array): unknown {
  const text = decode(body);
  try {
    return parseWithSource(text, keepBigIntegers);
  } catch (cause) {
    throw new InvalidInputError("the body is not JSON", { cause: withoutExcerpt(cause) });
  }
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new InvalidInputError("the body is not UTF-8");
  }
}

const keepBigIntegers: Reviver = (key, value, { source }) => {
  if (key === "__proto__") return undefined;
  if (typeof value === "string") return storable(value);
  if (typeof value !== "number" || Number.isSafeInteger(value) || source === undefined) return value;
  return /^-?\d+$/.test(source) ? source : value;
};

/** One character that no text or JSON column takes would fail the whole order. */
function storable(text: string): string {
  return text.replaceAll("\u0000", "").replace(/\p{Cs}/gu, "\ufffd");
}

/** The parser quotes the text it stumbled over, which may be a name or an address. */
function withoutExcerpt(cause: unknown): Error {
  return new Error(cause instanceof RangeError ? "nested too deep" : "syntax error");
}
