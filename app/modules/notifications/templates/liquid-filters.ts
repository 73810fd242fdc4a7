import type { FilterImplOptions, Liquid } from "liquidjs";
import { mailTexts, type MailKey } from "#app/emails/mail-texts.ts";
import type { Locale } from "#app/lib/i18n.ts";
import { formatMoney } from "#app/lib/money.ts";

type FilterHandler = Extract<FilterImplOptions, (...given: never[]) => unknown>;

/** What filters know beside their arguments; given anew for each message. */
export interface FilterWorld {
  currency: string;
  now: string;
  zone: string;
}

/** The names that Shopify gives to ways of writing a date: `{{ x | date: format: 'date' }}`. */
const NAMED: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  default: { weekday: "short", year: "numeric", month: "long", day: "numeric" },
  date: { year: "numeric", month: "long", day: "numeric" },
  abbreviated_date: { year: "numeric", month: "short", day: "numeric" },
  basic: { year: "numeric", month: "numeric", day: "numeric" },
  date_at_time: { year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" },
  on_date: { weekday: "long", month: "long", day: "numeric" },
};

/** Takes what can only do harm, and what makes HTML where the result is text. */
const REMOVED = ["raw", "where_exp", "reject_exp", "group_by_exp", "has_exp", "find_exp", "find_index_exp"];
const TEXT_AS_IT_IS = ["escape", "escape_once", "xml_escape", "h"];

/**
 * Filters as Shopify's where a template can bring them along. What comes out is plain text that the mail's layout escapes,
 * so `escape` changes nothing here; `raw` does not exist.
 */
export function registerFilters(engine: Liquid, locale: Locale): void {
  for (const name of REMOVED) engine.unregisterFilter(name);
  for (const name of TEXT_AS_IT_IS) engine.registerFilter(name, (value: unknown) => value);
  engine.registerFilter("newline_to_br", (value: unknown) => value);
  registerMoney(engine, locale);
  registerDate(engine, locale);
  const texts = mailTexts(locale);
  engine.registerFilter("t", (key: unknown, ...values: unknown[]) =>
    texts(String(key).slice(0, 100) as MailKey, namedArguments(values)),
  );
}

function registerMoney(engine: Liquid, locale: Locale): void {
  const money: FilterHandler = function (value: unknown) {
    const minor = typeof value === "number" ? Math.round(value) : digitsOnly(value);
    if (minor === null || !Number.isSafeInteger(Number(minor))) return value;
    return formatMoney({ minor: BigInt(minor), currency: worldOf(this).currency }, locale);
  };
  for (const name of ["money", "money_with_currency", "money_without_trailing_zeros"])
    engine.registerFilter(name, money);
}

/** An amount in minor units as text; anything else has been formatted already. */
function digitsOnly(value: unknown): string | null {
  return typeof value === "string" && /^-?\d{1,15}$/.test(value) ? value : null;
}

function registerDate(engine: Liquid, locale: Locale): void {
  const plain = engine.filters["date"];
  const strftime = typeof plain === "function" ? plain : plain?.handler;
  const date: FilterHandler = function (value: unknown, ...given: unknown[]) {
    const world = worldOf(this);
    const when = readWhen(value, world);
    if (!when) return value;
    const format = given.find((argument) => typeof argument === "string");
    const named = namedArguments(given)["format"];
    if (format !== undefined && strftime) return strftime.call(this, when.at, format, when.zone) as unknown;
    const options = NAMED[named ?? "default"] ?? NAMED["default"];
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: when.zone }).format(new Date(when.at));
  };
  engine.registerFilter("date", date);
}

/** A civil date is the same date everywhere; an instant is written in the shop's zone. */
function readWhen(value: unknown, world: FilterWorld): { at: string; zone: string } | null {
  const text = value === "now" || value === "today" ? world.now : value;
  if (typeof text !== "string") return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return readable(`${text}T12:00:00Z`, "UTC");
  return readable(text, world.zone);
}

const readable = (at: string, zone: string) => (Number.isNaN(Date.parse(at)) ? null : { at, zone });

function worldOf(filter: ThisParameterType<FilterHandler>): FilterWorld {
  return filter.context.globals as unknown as FilterWorld;
}

/** `format: 'date'` reaches a filter as `["format", "date"]`. */
function namedArguments(given: readonly unknown[]): Record<string, string> {
  const pairs = given.filter((argument): argument is [string, unknown] => Array.isArray(argument));
  return Object.fromEntries(pairs.map(([name, value]) => [name, String(value ?? "")]));
}
