import { z } from "zod";
import type { CarrierError, RawAnswer } from "./carrier.ts";
import { cleanText } from "./clean-text.ts";

/** Larger answers are refused: the longest real ones are well under 1 MB. */
export const MAX_ANSWER_BYTES = 5 * 1024 * 1024;
/** Real answers nest about 10 levels. */
const MAX_DEPTH = 64;
/** The longest real history seen has under 100 scans. */
export const MAX_EVENTS = 2_000;

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
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return unreadable("The carrier's answer is not valid UTF-8 text.");
  }
}

/** JSON.parse itself survives any depth; what walks the result afterwards might not. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (quoted) {
      if (unit === 0x5c) index += 1;
      else if (unit === 0x22) quoted = false;
    } else if (unit === 0x22) quoted = true;
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return false;
}

/** The error of an answer that cannot be understood. Usually an outage page or a broken transfer, hence retryable. */
export function unreadable(message: string, retryable = true): CarrierError {
  return { kind: "unreadable", retryable, message };
}

/** Tolerant text field: strings, numbers and booleans become clean text; anything else, absence included, is null. */
export function text(max = 500) {
  return z
    .unknown()
    .optional()
    .transform((value) => cleanText(value, max));
}

/** Tolerant whole number, also when sent as text; null otherwise. */
export function wholeNumber() {
  return z
    .unknown()
    .optional()
    .transform((value) => {
      const number = typeof value === "string" && /^\d{1,9}$/.test(value.trim()) ? Number(value) : value;
      return typeof number === "number" && Number.isInteger(number) && number >= 0 ? number : null;
    });
}

/** Tolerant part: null instead of failing the whole answer when it is absent or of another shape. */
export function part<T extends z.ZodType>(schema: T) {
  return z
    .unknown()
    .optional()
    .transform((value): z.output<T> | null => {
      const result = schema.safeParse(value);
      return result.success ? result.data : null;
    });
}

interface ListBounds {
  max?: number;
  /** Which end to keep when the list is longer than `max`: the one with the newest entries. */
  keep?: "first" | "last";
}

/** Tolerant bounded list: a single object counts as a list of one, entries of another shape are left out. */
export function list<T extends z.ZodType>(schema: T, { max = 200, keep = "first" }: ListBounds = {}) {
  return z
    .unknown()
    .optional()
    .transform((value): z.output<T>[] => {
      const all: unknown[] = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
      const bounded = keep === "first" ? all.slice(0, max) : all.slice(-max);
      return bounded.flatMap((item) => {
        const result = schema.safeParse(item);
        return result.success ? [result.data] : [];
      });
    });
}

/** An object of tolerant fields that also keeps the original under `raw`, for the event log. */
export function withRaw<T extends z.ZodRawShape>(shape: T) {
  const schema = z.object(shape);
  return z.unknown().transform((value, context) => {
    const result = schema.safeParse(value);
    if (result.success) return { ...result.data, raw: value };
    context.addIssue({ code: "custom", message: "not an object of the expected shape" });
    return z.NEVER;
  });
}
