import { InvalidInputError } from "./errors.ts";

/** An amount in whole minor units (cents, yen, fils) of an ISO 4217 currency. */
export interface Money {
  minor: bigint;
  currency: string;
}

/**
 * Parses a decimal amount as Shopify writes it ("148.00", "-3.5", "1200") into minor units, with the currency's exponent.
 * @throws InvalidInputError for anything but a plain decimal number, or for digits below the smallest unit.
 */
export function parseMoney(amount: string, currency: string): Money {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(amount.trim());
  if (!match) throw new InvalidInputError(`not an amount of money: ${amount.slice(0, 40)}`);
  const digits = currencyExponent(currency);
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > digits) {
    throw new InvalidInputError(`${amount.slice(0, 40)} has more decimal places than ${currency} has`);
  }
  const minor = BigInt(`${match[2]}${fraction.padEnd(digits, "0")}`);
  return { minor: match[1] ? -minor : minor, currency };
}

/** "148.00": the amount with the currency's own number of decimal places, for APIs. */
export function toDecimal(money: Money): string {
  const digits = currencyExponent(money.currency);
  const negative = money.minor < 0n;
  const text = (negative ? -money.minor : money.minor).toString().padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const fraction = digits > 0 ? `.${text.slice(text.length - digits)}` : "";
  return `${negative ? "-" : ""}${whole}${fraction}`;
}

/**
 * The runtime's CLDR data say how people write prices, and leave out decimals that inflation made worthless. Amounts in
 * these currencies still come with them ("12990.50" HUF). Source: ISO 4217, list one.
 */
const ISO_EXPONENTS: ReadonlyMap<string, number> = new Map([
  ...["AFN", "ALL", "COP", "HUF", "IDR", "IRR", "KPW", "LAK", "LBP"].map((code) => [code, 2] as const),
  ...["MGA", "MMK", "PKR", "RSD", "SLL", "SOS", "SYP", "TZS", "YER"].map((code) => [code, 2] as const),
  ["IQD", 3],
]);

/** Decimal places of a currency by ISO 4217; 2 for codes that nobody knows. */
export function currencyExponent(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) throw new InvalidInputError(`not a currency code: ${currency.slice(0, 10)}`);
  const exponent = ISO_EXPONENTS.get(currency);
  if (exponent !== undefined) return exponent;
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** "$148.00", "¥1,480": the amount as people of this language write it, with all decimal places of its currency. */
export function formatMoney(money: Money, locale: string): string {
  const digits = currencyExponent(money.currency);
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: money.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(toDecimal(money) as Intl.StringNumericLiteral);
}
