/** Control characters, half surrogate pairs, direction overrides and invisible joiners: nothing a scan text needs. */
const UNWANTED = /(?![\t\n\v\f\r\u0085])[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
const WHITESPACE = /\s+/gu;

/**
 * Third-party text made safe to store: well-formed Unicode, no control or direction characters, single spaces, at most
 * `max` UTF-16 units. Null when nothing is left. It is NOT escaped for HTML.
 */
export function cleanText(value: unknown, max = 500): string | null {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return null;
  const text = String(value)
    .slice(0, max * 4)
    .replace(UNWANTED, "")
    .replace(WHITESPACE, " ")
    .trim();
  const cut = cutText(text, max).trimEnd();
  return cut === "" ? null : cut;
}

/** Cuts to `max` UTF-16 units without leaving half a surrogate pair behind. */
function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}

/** Joins the given parts with ", ", leaving absent ones out; null when none is left. At most 200 characters. */
export function joinPlace(parts: readonly (string | null)[]): string | null {
  return cleanText(parts.filter((part) => part !== null && part !== "").join(", "), 200);
}

/** `US` from `us`; null unless the value is two letters. */
export function countryCode(value: string | null): string | null {
  return value !== null && /^[A-Za-z]{2}$/.test(value) ? value.toUpperCase() : null;
}

const RAW = { depth: 5, keys: 40, items: 20, text: 300 };

/**
 * A bounded copy of one piece of an answer, fit for a JSON column: depth, keys, items and texts are limited, and strings
 * are well-formed without NUL (PostgreSQL refuses both in `jsonb`).
 */
export function boundedCopy(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cleanText(value, RAW.text) ?? "";
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object" || depth >= RAW.depth) return null;
  if (Array.isArray(value)) return value.slice(0, RAW.items).map((item) => boundedCopy(item, depth + 1));
  const entries = Object.entries(value)
    .filter(([key]) => key !== "__proto__")
    .slice(0, RAW.keys)
    .map(([key, item]) => [cleanText(key, 80) ?? "", boundedCopy(item, depth + 1)] as const);
  return Object.fromEntries(entries);
}
