import type { Locale } from "#app/lib/i18n.ts";
import type { KindTexts } from "../kinds/kind.ts";
import { kindOf } from "../kinds/kinds.ts";

/** The product's own texts of a kind; `split` where the order comes in several parcels. Null for a kind that nobody has. */
export function kindTexts(kind: string, locale: Locale, split: boolean): KindTexts | null {
  const texts = kindOf(kind)?.texts[locale];
  if (!texts) return null;
  return split ? { ...texts.main, ...texts.split } : texts.main;
}
