import { IntlMessageFormat } from "intl-messageformat";

/** The languages every shopper surface speaks; the first is the fallback. */
export const LOCALES = ["en", "de", "fr", "es", "it", "pt", "nl", "ja"] as const;

export type Locale = (typeof LOCALES)[number];

/** ICU messages by flat key: `{"status.delivered": "Delivered"}`. */
export type Catalogue = Readonly<Record<string, string>>;

export type MessageValues = Readonly<Record<string, string | number | bigint | boolean | Date>>;

export interface Translator<Key extends string = string> {
  (key: Key, values?: MessageValues): string;
  readonly locale: Locale;
}

/** The best supported language for a tag such as "pt-BR" or an Accept-Language header; English when none fits. */
export function pickLocale(...wanted: readonly (string | null | undefined)[]): Locale {
  for (const text of wanted) {
    for (const part of (text ?? "").slice(0, 200).split(",")) {
      const language = (part.split(";")[0] ?? "").trim().toLowerCase().split(/[-_]/)[0];
      const found = LOCALES.find((locale) => locale === language);
      if (found) return found;
    }
  }
  return LOCALES[0];
}

/**
 * A function from key to text in one language. A key that the language lacks is taken from English; a key that nobody
 * has comes back as itself, so that a page never breaks for a missing word (the checks find it first).
 */
export function createTranslator<Key extends string>(
  catalogues: Readonly<Record<Locale, Catalogue>>,
  locale: Locale,
): Translator<Key> {
  const formats = new Map<string, IntlMessageFormat>();
  const translate = (key: string, values?: MessageValues): string => {
    const text = catalogues[locale][key] ?? catalogues[LOCALES[0]][key];
    if (text === undefined) return key;
    if (!values && !text.includes("{")) return text;
    let format = formats.get(key);
    if (!format) {
      format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
      formats.set(key, format);
    }
    return String(format.format(values as Record<string, string>));
  };
  return Object.assign(translate, { locale });
}
