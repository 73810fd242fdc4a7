/** Month of the list; the merchant's own invoice holds, and what Twilio reports is what is recorded. */
export const PRICES_AS_OF = "2025-11";
export const PRICE_CURRENCY = "USD";

/**
 * US dollars for one segment, carrier fees included where they are known, in millionths.
 * Source: rounded from https://www.twilio.com/en-us/sms/pricing as of 2025. Unverified: shown as an estimate only.
 */
const MICROS: Readonly<Record<string, number>> = {
  ...{ US: 12_300, CA: 13_300, MX: 60_000, BR: 58_000, AR: 80_000, CL: 56_000, CO: 52_000 },
  ...{ GB: 52_000, IE: 88_000, DE: 110_500, AT: 98_000, CH: 78_000, FR: 79_800, BE: 104_000, NL: 110_000, LU: 92_000 },
  ...{ ES: 84_000, PT: 56_000, IT: 92_700, GR: 78_000, CY: 92_000, MT: 66_000 },
  ...{ DK: 54_000, SE: 63_000, NO: 72_000, FI: 94_000, IS: 72_000, EE: 90_000, LV: 74_000, LT: 50_000 },
  ...{ PL: 44_000, CZ: 62_000, SK: 87_000, HU: 98_000, SI: 97_000, HR: 92_000, RO: 81_000, BG: 98_000 },
  ...{ JP: 78_700, KR: 48_000, TW: 56_000, HK: 63_000, SG: 48_500, AU: 51_500, NZ: 88_000, IN: 83_200 },
  ...{ AE: 94_000, IL: 90_000, TR: 46_000, ZA: 41_000 },
};

/** Places that share another country's numbers and prices. */
const ALIASES: Readonly<Record<string, string>> = { GG: "GB", JE: "GB", IM: "GB", SJ: "NO", AX: "FI", VA: "IT" };

/** The country whose price and consent a number falls under. */
export function billedCountry(country: string): string {
  return ALIASES[country] ?? country;
}

export function isCountry(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}

/** Millionths of a US dollar for one segment to this country; null where the list does not know it. */
export function priceOf(country: string): number | null {
  return MICROS[billedCountry(country)] ?? null;
}

const HIGHEST_TYPED_MICROS = 5_000_000;

/** "0.0315" or "0,0315" US dollars as millionths; null for what is no price of a message. */
export function readPrice(typed: string): number | null {
  const text = typed.trim().replace(",", ".");
  if (!/^\d{1,2}(\.\d{1,6})?$/.test(text)) return null;
  const micros = Math.round(Number(text) * 1_000_000);
  return micros > 0 && micros <= HIGHEST_TYPED_MICROS ? micros : null;
}

/** The same as it is typed: the shortest that reads back. */
export function writePrice(micros: number): string {
  return (micros / 1_000_000).toFixed(6).replace(/0{1,4}$/, "");
}

export interface CountryVolume {
  country: string;
  /** Orders of the last thirty days that were shipped there. */
  orders: number;
}

/** What texts would cost: for one text to a country, and in a month as orders come in now. */
export interface CostEstimate {
  microsPerText: number;
  textsPerMonth: number;
  microsPerMonth: number;
}

/** Parcels are told of on their way, at the door and afterwards: three texts of one part are the usual order. */
export const TEXTS_PER_ORDER = 3;

export function estimateCost(
  { country, orders }: CountryVolume,
  { segments = 1, textsPerOrder = TEXTS_PER_ORDER }: { segments?: number; textsPerOrder?: number } = {},
): CostEstimate | null {
  const price = priceOf(country);
  if (price === null) return null;
  const microsPerText = price * segments;
  const textsPerMonth = orders * textsPerOrder;
  return { microsPerText, textsPerMonth, microsPerMonth: microsPerText * textsPerMonth };
}
