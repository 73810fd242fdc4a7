import type { CarrierSample, Json } from "#tests/modules/carriers/carrier-sample.ts";

/** The delivered answer of a carrier with its scans repeated to `count`, each with words of its own, most with a day. */
export function longAnswer(sample: CarrierSample, count: number): string {
  const value = sample.parse(sample.delivered);
  const scans = sample.scans(value);
  const patterns = structuredClone(scans);
  for (let index = scans.length; index < count; index += 1) {
    const scan = onAnotherDay(patterns[index % patterns.length], index) as Json;
    sample.label(scan, `Processed at the sorting facility on line ${index}`);
    scans.push(scan);
  }
  return sample.print(value);
}

/** A copy with its ISO-like dates moved. */
function onAnotherDay(value: unknown, index: number): unknown {
  if (typeof value === "string") {
    const day = String((index % 28) + 1).padStart(2, "0");
    return value.replace(/^(\d{4}-?\d{2}-?)\d{2}(?=$|\D)/, `$1${day}`);
  }
  if (Array.isArray(value)) return value.map((item) => onAnotherDay(item, index));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, onAnotherDay(item, index)]));
}
