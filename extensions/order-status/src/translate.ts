import de from "../locales/de.json";
import en from "../locales/en.default.json";
import es from "../locales/es.json";
import fr from "../locales/fr.json";
import it from "../locales/it.json";
import ja from "../locales/ja.json";
import nl from "../locales/nl.json";
import ptBR from "../locales/pt-BR.json";
import ptPT from "../locales/pt-PT.json";

export type TranslationKey = keyof typeof en;
export type Replacements = Readonly<Record<string, string | number>>;
export type Translate = (key: TranslationKey, replacements?: Replacements) => string;

const TABLES: Readonly<Record<string, typeof en>> = { en, de, es, fr, it, ja, nl, pt: ptPT, "pt-br": ptBR };

interface HostI18n {
  translate?: (key: string, replacements?: Record<string, string | number>) => unknown;
}

/**
 * Translates with the host, and with our own tables where the host cannot: order-status targets are documented both
 * with and without translation functions, and a missing key comes back as the key itself.
 */
export function makeTranslate(i18n: HostI18n | undefined, language: string): Translate {
  return (key, replacements = {}) => hostText(i18n, key, replacements) ?? tableText(language, key, replacements);
}

/** The table for a BCP 47 tag: the exact tag, else its language, else English. */
export function tableFor(language: string): typeof en {
  const tag = language.toLowerCase();
  return TABLES[tag] ?? TABLES[tag.split("-")[0] ?? ""] ?? en;
}

function hostText(i18n: HostI18n | undefined, key: TranslationKey, replacements: Replacements): string | null {
  try {
    const text = i18n?.translate?.(key, { ...replacements });
    return typeof text === "string" && text !== "" && text !== key ? text : null;
  } catch {
    return null;
  }
}

function tableText(language: string, key: TranslationKey, replacements: Replacements): string {
  return tableFor(language)[key].replace(/\{\{(\w+)\}\}/g, (mark, name: string) => String(replacements[name] ?? mark));
}
