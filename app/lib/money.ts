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

const exponents = new Map<string, number>();
const MOST_FORMATS = 500;

/** Decimal places of a currency by ISO 4217; 2 for codes that nobody knows. */
export function currencyExponent(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) throw new InvalidInputError(`not a currency code: ${currency.slice(0, 10)}`);
  const known = ISO_EXPONENTS.get(currency) ?? exponents.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits } = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  if (exponents.size >= MOST_FORMATS) exponents.clear();
  exponents.set(currency, maximumFractionDigits ?? 2);
  return maximumFractionDigits ?? 2;
}

/** "$148.00", "¥1,480": the amount as people of this language write it, with all decimal places of its currency. */
export function formatMoney(money: Money, locale: string): string {
  return moneyFormat(money.currency, locale).format(toDecimal(money) as Intl.StringNumericLiteral);
}

const formats = new Map<string, Intl.NumberFormat>();

/** Remembered: making one costs a hundred times as much as using it. */
function moneyFormat(currency: string, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formats.get(key);
  if (known) return known;
  const digits = currencyExponent(currency);
  const options = {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  const format = new Intl.NumberFormat(locale, options);
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(key, format);
  return format;
}
