import { carrierOfCompany } from "./known-companies.ts";

/** What an aggregator calls the carriers behind it: our id → its code, with the place the codes come from. */
export interface PartnerCodes {
  source: string;
  codes: Readonly<Record<string, string>>;
}

/** The aggregator's code for one of our carriers; null leaves the carrier to its own detection. */
export function partnerCode(table: PartnerCodes, carrierId: string | null | undefined): string | null {
  return carrierId && Object.hasOwn(table.codes, carrierId) ? (table.codes[carrierId] ?? null) : null;
}

/** Our id for an aggregator's code, else for a name as companies are known by; null for a carrier that we do not know. */
export function carrierOfPartnerCode(table: PartnerCodes, code: string | null, name = code): string | null {
  const wanted = code?.toLowerCase();
  const known = Object.entries(table.codes).find(([, theirs]) => theirs === wanted)?.[0];
  return known ?? carrierOfCompany(name);
}
