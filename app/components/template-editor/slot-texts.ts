import type { Locale } from "#app/lib/i18n.ts";
import type {
  BuiltInTexts,
  EditorData,
  MailTemplate,
  MailTemplateBlock,
} from "#app/modules/notifications/template-editor.ts";

export type LocaleTexts = Partial<Record<Locale, string>>;

/** One text that can be written: where it stands, and whether it has several lines. */
export interface TextSlot {
  /** `subject`, or the block's id and the field. */
  name: string;
  field: string;
  multiline: boolean;
}

const FIELDS: Readonly<Record<string, readonly [field: string, multiline: boolean][]>> = {
  hero: [
    ["heading", false],
    ["alt", false],
  ],
  heading: [["text", false]],
  text: [["text", true]],
  window: [["label", false]],
  button: [["label", false]],
  apology: [
    ["text", true],
    ["next", true],
  ],
  promo: [
    ["heading", false],
    ["text", true],
  ],
  recommendations: [["heading", false]],
  support: [["text", true]],
  footer: [["text", true]],
};

/** The texts of a block, in the order in which they are written. */
export function slotsOf(block: MailTemplateBlock): TextSlot[] {
  return (FIELDS[block.type] ?? []).map(([field, multiline]) => ({ name: `${block.id}.${field}`, field, multiline }));
}

export function textsAt(block: MailTemplateBlock, field: string): LocaleTexts {
  return (block as unknown as Record<string, LocaleTexts | undefined>)[field] ?? {};
}

/** What is said where the merchant says nothing; empty where nothing is. */
export function builtInAt(builtIn: BuiltInTexts, slot: string, block?: MailTemplateBlock): string {
  const ofTheKind = builtIn.slots[slot];
  if (ofTheKind !== undefined) return ofTheKind;
  if (!block) return "";
  const field = slot.slice(block.id.length + 1);
  const word = block.type === "button" ? `button.${block.to}` : `${block.type}.${field}`;
  return builtIn.words[word] ?? "";
}

/** How far a language has got: every text is the merchant's or the product's, or some are shown in another language. */
export interface TranslationState {
  own: number;
  missing: number;
}

export function translationState(data: EditorData, mail: MailTemplate, locale: Locale): TranslationState {
  const texts: [LocaleTexts, string][] = [
    [mail.subject, builtInAt(data.builtIn[locale], "subject")],
    [mail.preheader, builtInAt(data.builtIn[locale], "preheader")],
    ...mail.blocks.flatMap((block) =>
      slotsOf(block).map(({ name, field }): [LocaleTexts, string] => {
        return [textsAt(block, field), builtInAt(data.builtIn[locale], name, block)];
      }),
    ),
  ];
  return {
    own: texts.filter(([own]) => own[locale]).length,
    missing: texts.filter(([own, builtIn]) => !own[locale] && !builtIn && Object.values(own).some(Boolean)).length,
  };
}
