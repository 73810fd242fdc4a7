import { type Catalogue, createTranslator, type Locale, type Translator } from "#app/lib/i18n.ts";
import de from "./locales/de.json" with { type: "json" };
import en from "./locales/en.json" with { type: "json" };
import es from "./locales/es.json" with { type: "json" };
import fr from "./locales/fr.json" with { type: "json" };
import it from "./locales/it.json" with { type: "json" };
import ja from "./locales/ja.json" with { type: "json" };
import nl from "./locales/nl.json" with { type: "json" };
import pt from "./locales/pt.json" with { type: "json" };

export type MailKey = keyof typeof en;

const catalogues: Readonly<Record<Locale, Catalogue>> = { en, de, fr, es, it, pt, nl, ja };

const translators = new Map<Locale, Translator<MailKey>>();

/** The texts of mails in the shopper's language. One translator for each: reading a message's plurals costs more than using them. */
export function mailTexts(locale: Locale): Translator<MailKey> {
  const known = translators.get(locale);
  if (known) return known;
  const translator = createTranslator<MailKey>(catalogues, locale);
  translators.set(locale, translator);
  return translator;
}
