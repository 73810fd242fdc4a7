import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

/** Why a number gets no text. Each is a translation key under `phone_problem.`. */
export type PhoneProblem = "missing" | "invalid" | "premium" | "landline";

export type PhoneReading =
  { ok: true; e164: string; country: string; prefix: string } | { ok: false; reason: PhoneProblem };

/** Ranges that cost the sender or the reader extra, or reach nobody in person. */
const PREMIUM: ReadonlySet<string> = new Set([
  "PREMIUM_RATE",
  "SHARED_COST",
  "UAN",
  "PAGER",
  "VOICEMAIL",
  "PERSONAL_NUMBER",
]);

/** Digits at the end that tell people of one block apart: pumped numbers come in such blocks. */
const BLOCK_DIGITS = 4;
const MAX_LENGTH = 40;

/**
 * Reads a telephone number as it was typed at the checkout. A number without its country's code belongs to the country
 * the order is shipped to. Landlines take no text (where a country's numbers do not tell, they pass); WhatsApp does not mind.
 */
export function readPhone(
  typed: string | null,
  { country, landlines = false }: { country: string | null; landlines?: boolean },
): PhoneReading {
  const text = (typed ?? "").normalize("NFKC").trim().slice(0, MAX_LENGTH);
  if (text === "") return { ok: false, reason: "missing" };
  const assumed = country && isSupportedCountry(country) ? (country as CountryCode) : undefined;
  // "0049 …" is how people write "+49 …" where the call prefix is 00.
  const number = parsePhoneNumberFromString(text.replace(/^00(?=[1-9])/, "+"), assumed);
  if (!number?.isValid() || !number.country) return { ok: false, reason: "invalid" };
  const type = number.getType() ?? "";
  if (PREMIUM.has(type)) return { ok: false, reason: "premium" };
  if (!landlines && (type === "FIXED_LINE" || type === "TOLL_FREE")) return { ok: false, reason: "landline" };
  const e164 = number.number;
  return { ok: true, e164, country: number.country, prefix: e164.slice(0, -BLOCK_DIGITS) };
}
