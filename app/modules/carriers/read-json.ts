import { z } from "zod";
import type { CarrierError, RawAnswer } from "./carrier.ts";
import { cleanText } from "./clean-text.ts";
import { MISFIT, type Reader, readerOf, withReader } from "./plain-reader.ts";

/** Larger answers are refused: the longest real ones are well under 1 MB. */
export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;
/** Real answers nest about 10 levels. */
const MAX_DEPTH = 64;
/** The longest real history seen has under 100 scans. */
export const MAX_EVENTS = 2_000;

const UTF8 = new TextDecoder("utf-8", { fatal: true });

type Decoded = { ok: true; value: unknown } | { ok: false; error: CarrierError };

/** Bytes or text to a JSON value, bounded in size and depth, strict about UTF-8. Never throws. */
export function decodeJson(answer: Pick<RawAnswer, "body">): Decoded {
  const text = decodeText(answer.body);
  if (typeof text !== "string") return { ok: false, error: text };
  const trimmed = text.trim();
  if (trimmed === "") return { ok: false, error: unreadable("The carrier's answer is empty.") };
  if (trimmed.startsWith("<")) {
    return { ok: false, error: unreadable("The carrier answered with a web page or XML instead of JSON.") };
  }
  if (isTooDeep(trimmed)) return { ok: false, error: unreadable("The carrier's answer is nested too deeply.", false) };
  try {
    return { ok: true, value: JSON.parse(trimmed) as unknown };
  } catch {
    return { ok: false, error: unreadable("The carrier's answer is not valid JSON; it may be cut off.") };
  }
}

/** The text of an answer: strict UTF-8, bounded, without a byte order mark; an error when it is none. */
export function decodeText(body: Uint8Array | string): string | CarrierError {
  const tooLarge = () => unreadable("The carrier's answer is larger than 5 MB.", false);
  if (typeof body === "string") {
    return body.length > MAX_ANSWER_BYTES ? tooLarge() : body.replace(/^\ufeff/, "");
  }
  if (body.byteLength > MAX_ANSWER_BYTES) return tooLarge();
  try {
    return UTF8.decode(body);
  } catch {
    return unreadable("The carrier's answer is not valid UTF-8 text.");
  }
}

/** JSON.parse itself survives any depth; what walks the result afterwards might not. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === 0x22) index = endOfString(text, index);
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return false;
}

/** Position of the quote that closes the one at `start`; the end of the text when none does. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, position: number): boolean {
  let before = position - 1;
  while (text.charCodeAt(before) === 0x5c) before -= 1;
  return (position - before) % 2 === 0;
}

/** The error of an answer that cannot be understood. Usually an outage page or a broken transfer, hence retryable. */
export function unreadable(message: string, retryable = true): CarrierError {
  return { kind: "unreadable", retryable, message };
}

/** Tolerant text field: strings, numbers and booleans become clean text; anything else, absence included, is null. */
export function text(max = 500) {
  return tolerant((value) => cleanText(value, max));
}

/** Tolerant whole number, also when sent as text; null otherwise. */
export function wholeNumber() {
  return tolerant((value) => {
    const number = typeof value === "string" && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
    return typeof number === "number" && Number.isInteger(number) && number >= 0 ? number : null;
  });
}

/** Tolerant part: null instead of failing the whole answer when it is absent or of another shape. */
export function part<T extends z.ZodType>(schema: T) {
  const read = lazily(schema);
  return tolerant((value): z.output<T> | null => {
    const result = read(value);
    return result === MISFIT ? null : (result as z.output<T>);
  });
}

interface ListBounds {
  max?: number;
  /** Which end to keep when the list is longer than `max`: the one with the newest entries. */
  keep?: "first" | "last";
}

/** Tolerant bounded list: a single object counts as a list of one, entries of another shape are left out. */
export function list<T extends z.ZodType>(schema: T, { max = 200, keep = "first" }: ListBounds = {}) {
  const read = lazily(schema);
  return tolerant((value): z.output<T>[] => {
    const all: unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
    const bounded = keep === "first" ? all.slice(0, max) : all.slice(-max);
    const entries: z.output<T>[] = [];
    for (const item of bounded) {
      const result = read(item);
      if (result !== MISFIT) entries.push(result as z.output<T>);
    }
    return entries;
  });
}

/** An object of tolerant fields that also keeps the original under `raw`, for the event log. */
export function withRaw<T extends z.ZodRawShape>(shape: T) {
  const object = z.object(shape);
  type Fields = z.output<typeof object>;
  const readFields = lazily(object);
  const read = (value: unknown) => {
    const fields = readFields(value);
    return fields === MISFIT ? MISFIT : Object.assign(fields as Fields, { raw: value });
  };
  const schema = z.unknown().transform((value, context) => {
    const result = read(value);
    if (result !== MISFIT) return result as Fields & { raw: unknown };
    context.addIssue({ code: "custom", message: "not an object of the expected shape" });
    return z.NEVER;
  });
  return withReader(schema, read);
}

/** A field that takes any value, absence included. */
function tolerant<T>(read: (value: unknown) => T) {
  return withReader(z.unknown().optional().transform(read), read);
}

/** A schema may refer to ones that are declared after it, so it is looked into when it is first used. */
function lazily(schema: z.ZodType): Reader {
  let read: Reader | null = null;
  return (value) => (read ??= readerOf(schema))(value);
}
