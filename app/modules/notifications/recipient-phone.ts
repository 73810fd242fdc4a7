import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

/** A telephone number that can be written to. */
export interface RecipientPhone {
  e164: string;
  /** ISO country of the number; null for numbers that belong to none. */
  countryCode: string | null;
}

/** Reads a number as people write it, with the country the parcel goes to where it says none; null when it is none. */
export function readPhone(phone: string | null, countryCode: string | null): RecipientPhone | null {
  if (phone === null || phone.length > 40) return null;
  const country = countryCode !== null && isSupportedCountry(countryCode) ? (countryCode as CountryCode) : undefined;
  const parsed = parsePhoneNumberFromString(phone, country);
  return parsed?.isValid() ? { e164: parsed.number, countryCode: parsed.country ?? null } : null;
}
