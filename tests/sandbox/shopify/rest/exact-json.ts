/** `JSON.rawJSON` is in Node 22 and later; the type library does not know it yet. */
const rawJson = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

/** JSON text in which every bigint stands as an exact integer, however large. */
export function exactJson(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => (typeof entry === "bigint" ? rawJson(String(entry)) : entry));
}
