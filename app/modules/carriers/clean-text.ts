/** Control characters, half surrogate pairs, direction overrides and invisible joiners: nothing a scan text needs. */
const UNWANTED = /(?![\t\n\v\f\r\u0085])[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;
const WHITESPACE = /\s+/gu;
const SPACE = 0x20;

/**
 * Third-party text made safe to store: well-formed Unicode, no control or direction characters, single spaces, at most
 * `max` UTF-16 units. Null when nothing is left. It is NOT escaped for HTML.
 */
export function cleanText(value: unknown, max = 500): string | null {
  if (typeof value === "string" && value.length <= max && isPlain(value)) return value === "" ? null : value;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return null;
  const text = String(value)
    .slice(0, max * 4)
    .replace(UNWANTED, "")
    .replace(WHITESPACE, " ")
    .trim();
  const cut = cutText(text, max).trimEnd();
  return cut === "" ? null : cut;
}

/** True for printable text with single spaces inside: nearly every text of a carrier, and nothing to clean in it. */
function isPlain(text: string): boolean {
  let previous = SPACE;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === SPACE ? previous === SPACE : !isPrintable(unit)) return false;
    previous = unit;
  }
  return text === "" || previous !== SPACE;
}

/** ASCII, Latin, Greek, Cyrillic, Hebrew; Chinese, Japanese, Korean: ranges without any unwanted character or space. */
function isPrintable(unit: number): boolean {
  return (unit > SPACE && unit < 0x7f) || (unit > 0xa0 && unit < 0x600) || (unit > 0x3000 && unit < 0xd800);
}

/** Cuts to `max` UTF-16 units without leaving half a surrogate pair behind. */
function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}

/** Joins the given parts with ", ", leaving absent ones out; null when none is left. At most 200 characters. */
export function joinPlace(parts: readonly (string | null)[]): string | null {
  let place = "";
  for (const part of parts) {
    if (part !== null && part !== "") place = place === "" ? part : `${place}, ${part}`;
  }
  return cleanText(place, 200);
}

/** `US` from `us`; null unless the value is two letters. */
export function countryCode(value: string | null): string | null {
  return value !== null && /^[A-Za-z]{2}$/.test(value) ? value.toUpperCase() : null;
}

const RAW = { depth: 5, keys: 40, items: 20, text: 300, key: 80 };

/**
 * One piece of an answer made fit for a JSON column: depth, keys, items and texts are limited, and strings are well-formed
 * without NUL (PostgreSQL refuses both in `jsonb`). The piece itself where nothing has to change, else a copy.
 */
export function boundedCopy(value: unknown, depth = 0): unknown {
  if (isBounded(value, depth)) return value;
  if (typeof value === "string") return cleanText(value, RAW.text) ?? "";
  if (typeof value !== "object" || value === null || depth >= RAW.depth) return null;
  if (Array.isArray(value)) return value.slice(0, RAW.items).map((item) => boundedCopy(item, depth + 1));
  const copy: Record<string, unknown> = {};
  let kept = 0;
  for (const [name, item] of Object.entries(value)) {
    const key = cleanText(name, RAW.key) ?? "";
    // Assigning to this one would change the copy's prototype.
    if (key === "__proto__") continue;
    if (kept === RAW.keys) break;
    kept += 1;
    copy[key] = boundedCopy(item, depth + 1);
  }
  return copy;
}

/** True when a copy would be the same; nearly always so. */
function isBounded(value: unknown, depth: number): boolean {
  if (typeof value === "string") return value.length <= RAW.text && isPlain(value);
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "boolean" || value === null) return true;
  if (typeof value !== "object" || depth >= RAW.depth) return false;
  if (Array.isArray(value)) return value.length <= RAW.items && value.every((item) => isBounded(item, depth + 1));
  const keys = Object.keys(value);
  if (keys.length > RAW.keys) return false;
  for (const key of keys) {
    if (key === "__proto__" || key.length > RAW.key || !isPlain(key)) return false;
    if (!isBounded((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}
