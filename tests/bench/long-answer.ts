import type { CarrierSample } from "#tests/modules/carriers/carrier-samples.ts";

type Json = Record<string, unknown>;

/** The delivered answer of a carrier with its scans repeated to `count`, each with a day and words of its own. */
export function longAnswer(sample: CarrierSample, count: number): string {
  const value = JSON.parse(sample.delivered) as Json;
  const scans = sample.scans(value);
  const patterns = structuredClone(scans);
  for (let index = scans.length; index < count; index += 1) {
    const pattern = patterns[index % patterns.length];
    scans.push(reword(structuredClone(pattern), index) as Json);
  }
  return JSON.stringify(value);
}

/** Moves dates to another day and numbers the words; codes, being one word, stay. */
function reword(value: unknown, index: number): unknown {
  if (typeof value === "string") return rewordText(value, index);
  if (Array.isArray(value)) return value.map((item) => reword(item, index));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reword(item, index)]));
}

function rewordText(text: string, index: number): string {
  const day = String((index % 28) + 1).padStart(2, "0");
  const dated = text.replace(/^(\d{4}-?\d{2}-?)\d{2}(?=$|\D)/, `$1${day}`);
  return dated === text && /\p{L} \p{L}/u.test(text) ? `${text} ${index}` : dated;
}
