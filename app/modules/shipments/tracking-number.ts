import type { TrackingInfo } from "#app/modules/orders/snapshot.ts";

/** More parcels than one fulfillment can reasonably have: a mistake, or an attack. */
export const MAX_NUMBERS = 50;
const MAX_LENGTH = 64;
const MIN_LENGTH = 4;

/** Upper case without spaces and dashes, as carriers print and people copy it; null when it cannot be a tracking number. */
export function normaliseTrackingNumber(text: string): string | null {
  const number = text
    .normalize("NFKC")
    .replace(/[\s\u200b-\u200f\u2060\ufeff-]+/gu, "")
    .toUpperCase();
  if (number.length < MIN_LENGTH || number.length > MAX_LENGTH) return null;
  return /^[A-Z0-9._/+]+$/.test(number) ? number : null;
}

export type WantedNumbers =
  { kind: "numbers"; numbers: TrackingInfo[]; unusable: number } | { kind: "too_many"; count: number };

/** The distinct usable numbers of a fulfillment, normalised, the first mention of each. */
export function wantedNumbers(tracking: readonly TrackingInfo[]): WantedNumbers {
  if (tracking.length > MAX_NUMBERS) return { kind: "too_many", count: tracking.length };
  const numbers = new Map<string, TrackingInfo>();
  let unusable = 0;
  for (const info of tracking) {
    const number = normaliseTrackingNumber(info.number);
    if (number === null) unusable += 1;
    else if (!numbers.has(number)) {
      numbers.set(number, { number, company: clipText(info.company, 120), url: clipText(info.url, 500) });
    }
  }
  return { kind: "numbers", numbers: [...numbers.values()], unusable };
}

function clipText(text: string | null, max: number): string | null {
  const clean = text
    ?.replaceAll("\0", "")
    .replace(/\p{Surrogate}/gu, "")
    .trim()
    .slice(0, max);
  return clean ? clean : null;
}

/** S10 of the Universal Postal Union: two letters, nine digits, the country of the post. */
export function isPostalNumber(trackingNumber: string): boolean {
  return /^[A-Z]{2}\d{9}[A-Z]{2}$/.test(trackingNumber);
}
