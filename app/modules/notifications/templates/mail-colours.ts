import type { MailColours } from "#app/emails/mail-model.ts";
import { CARD_DARK, CARD_LIGHT } from "#app/emails/mail-style.ts";
import { readableOn, visibleOn } from "#app/lib/colour.ts";

/** The colours of a mail, from the brand's own (`#rrggbb`): legible by day and by night, whatever the brand is. */
export function mailColours(brand: string): MailColours {
  return {
    brand,
    onBrand: readableOn(brand),
    accent: visibleOn(brand, CARD_LIGHT, 4.5),
    accentDark: visibleOn(brand, CARD_DARK, 4.5),
  };
}
