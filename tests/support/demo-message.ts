import type { Locale } from "#app/lib/i18n.ts";
import { defaultMail } from "#app/modules/notifications/templates/default-documents.ts";
import { demoFacts, type DemoWish } from "#app/modules/notifications/templates/demo-facts.ts";
import type { MailRequest } from "#app/modules/notifications/templates/produce-mail.ts";

export const DEMO_DAY = "2026-11-24";

const SHOP = {
  name: "Northpeak",
  url: "https://northpeak.example",
  email: "hello@northpeak.example",
  supportEmail: "help@northpeak.example",
  supportUrl: "https://northpeak.example/help",
  address: "Northpeak, 12 Elm Street, Portland, OR 97201",
};

export interface DemoMessage extends Partial<DemoWish> {
  marketing?: boolean;
}

/** A made-up parcel of a made-up shop. */
export function demoWish(changes: Partial<DemoWish> = {}): DemoWish {
  return {
    ...{ kind: "shipped", locale: "en" as Locale, status: "in_transit" as const, today: DEMO_DAY, currency: "USD" },
    ...{ shop: SHOP, brand: { logoUrl: "", colour: "#1f5199" } },
    trackingUrl: "https://northpeak.example/apps/doorstep/track/abc",
    ...changes,
  };
}

/** The variables of a message about it. */
export const demoMessageFacts = (changes: Partial<DemoWish> = {}) => demoFacts(demoWish(changes));

/** Everything that `produceMail` needs for a mail about that parcel, in the product's own arrangement. */
export function demoMail(changes: DemoMessage = {}): MailRequest {
  const facts = demoMessageFacts(changes);
  return {
    ...{ facts, document: defaultMail(facts.kind), hrefs: new Map(), today: DEMO_DAY, shopLocale: "en" },
    ...{ marketing: changes.marketing ?? false, advertises: false },
    world: { currency: changes.currency ?? "USD", now: `${DEMO_DAY}T10:00:00Z`, zone: "America/New_York" },
  };
}
