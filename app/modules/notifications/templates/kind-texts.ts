import { mailTexts } from "#app/emails/mail-texts.ts";
import type { Locale } from "#app/lib/i18n.ts";
import { NOTIFICATION_KINDS, type NotificationKind } from "../kinds.ts";
import type { KindTexts } from "../kinds/kind.ts";

/** The product's own texts of a kind; `split` where the order comes in several parcels. Null for a kind that nobody has. */
export function kindTexts(kind: string, locale: Locale, split: boolean): KindTexts | null {
  if (!isKind(kind)) return null;
  const texts = mailTexts(locale);
  const liquid = { order: "{{ order.name }}", carrier: "{{ parcel.carrier }}" };
  const part = split ? texts("preview.split", { index: 1, count: 2 }).replace("1", "{{ parcel.index }}") : "";
  const subject = texts(`${kind}.subject`, liquid);
  const intro = texts(`${kind}.intro`, liquid);
  return {
    subject,
    preheader: intro,
    heading: texts(`${kind}.heading`),
    body: split ? `${part.replace("2", "{{ parcel.count }}")}\n\n${intro}` : intro,
    next: "",
    sms: `{{ shop.name }}: ${subject}. {{ links.tracking }}`,
  };
}

const isKind = (kind: string): kind is NotificationKind => (NOTIFICATION_KINDS as readonly string[]).includes(kind);

/** What else a message's form depends on. */
export function kindTraits(kind: string): { marketing: boolean; uselessAfterHours: number | null } {
  return { marketing: kind === "feedback_request", uselessAfterHours: kind === "out_for_delivery" ? 3 : null };
}
