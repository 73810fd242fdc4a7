import polarisDe from "@shopify/polaris/locales/de.json" with { type: "json" };
import polarisEn from "@shopify/polaris/locales/en.json" with { type: "json" };
import polarisEs from "@shopify/polaris/locales/es.json" with { type: "json" };
import polarisFr from "@shopify/polaris/locales/fr.json" with { type: "json" };
import polarisIt from "@shopify/polaris/locales/it.json" with { type: "json" };
import polarisJa from "@shopify/polaris/locales/ja.json" with { type: "json" };
import polarisNl from "@shopify/polaris/locales/nl.json" with { type: "json" };
import polarisPt from "@shopify/polaris/locales/pt-BR.json" with { type: "json" };
import type { Catalogue, Locale } from "#app/lib/i18n.ts";
import de from "./locales/de.json" with { type: "json" };
import en from "./locales/en.json" with { type: "json" };
import es from "./locales/es.json" with { type: "json" };
import fr from "./locales/fr.json" with { type: "json" };
import it from "./locales/it.json" with { type: "json" };
import ja from "./locales/ja.json" with { type: "json" };
import nl from "./locales/nl.json" with { type: "json" };
import pt from "./locales/pt.json" with { type: "json" };

const catalogues: Readonly<Record<Locale, Catalogue>> = { en, de, fr, es, it, pt, nl, ja };

const polaris = {
  en: polarisEn,
  de: polarisDe,
  fr: polarisFr,
  es: polarisEs,
  it: polarisIt,
  pt: polarisPt,
  nl: polarisNl,
  ja: polarisJa,
} as const;

export interface AdminTexts {
  locale: Locale;
  /** Complete: what the language lacks is there in English. */
  catalogue: Catalogue;
  /** What Polaris itself says, in the same language. */
  polaris: typeof polarisEn;
}

/** The words of the admin in one language. One language travels to the browser, not eight. */
export function adminTexts(locale: Locale): AdminTexts {
  return { locale, catalogue: { ...en, ...catalogues[locale] }, polaris: polaris[locale] as typeof polarisEn };
}
