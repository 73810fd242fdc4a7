import type { Locale } from "#app/lib/i18n.ts";
import type { KindTexts } from "../kinds/kind.ts";
import type { Slot } from "./slot-request.ts";
import type { Block, MailDocument } from "./template-document.ts";

type Texts = Partial<Record<Locale, string>>;

/** Where a text comes from: the merchant's own in the reader's language, the product's own, or the merchant's in another. */
export type Origin = "own" | "built_in" | "other_language";

export interface ResolvedSlot extends Slot {
  origin: Origin;
  locale: Locale;
  /** The product's own text, for when the merchant's cannot be rendered. */
  builtIn: string;
}

export interface Languages {
  locale: Locale;
  shopLocale: Locale;
}

/** Texts of a kind that the product brings along, by the slot that shows them. */
const BUILT_IN: Readonly<Record<string, keyof KindTexts>> = {
  subject: "subject",
  preheader: "preheader",
  "heading.text": "heading",
  "body.text": "body",
  "next.text": "next",
  "apology.next": "next",
  text: "sms",
};

/** Every text of a mail, each in the best language there is for it. */
export function mailSlots(document: MailDocument, kind: KindTexts | null, languages: Languages): ResolvedSlot[] {
  const visible = document.blocks.filter(({ hidden }) => !hidden);
  const texts: [string, Texts][] = [
    ["subject", document.subject],
    ["preheader", document.preheader],
    ...visible.flatMap((block) =>
      Object.entries(textsOf(block)).map(([field, own]): [string, Texts] => [`${block.id}.${field}`, own]),
    ),
  ];
  return texts.map(([name, own]) => resolveSlot({ name, own, builtIn: builtInOf(kind, name) }, languages));
}

/** The text that a reader of this language gets: theirs, else the product's in their language, else the shop's, else English. */
export function resolveSlot(
  { name, own, builtIn }: { name: string; own: Texts; builtIn: string },
  { locale, shopLocale }: Languages,
): ResolvedSlot {
  const mine = own[locale];
  if (mine) return { name, source: mine, origin: "own", locale, builtIn };
  if (builtIn) return { name, source: builtIn, origin: "built_in", locale, builtIn };
  const other = ([shopLocale, "en"] as const).find((language) => own[language]);
  if (other) return { name, source: own[other] ?? "", origin: "other_language", locale: other, builtIn };
  return { name, source: "", origin: "built_in", locale, builtIn };
}

/** What the product says in a kind's messages, by the slot that shows it; empty for what is no kind. */
export function builtInSlots(kind: KindTexts | null): Record<string, string> {
  return kind ? Object.fromEntries(Object.entries(BUILT_IN).map(([slot, key]) => [slot, kind[key]])) : {};
}

export function builtInOf(kind: KindTexts | null, slot: string): string {
  const key = BUILT_IN[slot];
  return (key && kind?.[key]) || "";
}

/** The texts that can be written in a block, by field. */
export function textsOf(block: Block): Record<string, Texts> {
  switch (block.type) {
    case "hero":
      return { heading: block.heading, alt: block.alt };
    case "heading":
    case "text":
    case "support":
    case "footer":
      return { text: block.text };
    case "window":
    case "button":
      return { label: block.label };
    case "apology":
      return { text: block.text, next: block.next };
    case "promo":
      return { heading: block.heading, text: block.text };
    case "recommendations":
      return { heading: block.heading };
    default:
      return {};
  }
}
