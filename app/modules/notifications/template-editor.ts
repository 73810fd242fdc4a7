import type { Locale } from "#app/lib/i18n.ts";
import type { Channel } from "./channels/channel.ts";
import type { SegmentCount } from "./sms/count-segments.ts";
import type { SlotProblem } from "./templates/slot-request.ts";
import type { Block, BlockType, MailDocument, TextDocument } from "./templates/template-document.ts";
import type { Variable } from "./templates/variable-list.ts";

/** What the page on which a merchant edits a message shows and sends; its words for what lies deeper in this module. */
export type MailTemplate = MailDocument;
export type MailTemplateBlock = Block;
export type MailTemplateBlockType = BlockType;
export type TextTemplate = TextDocument;
export type TemplateProblem = SlotProblem;
export type TemplateChannel = Channel;
export type TemplateVariable = Variable;

/** What the product says where the merchant says nothing, in one language. */
export interface BuiltInTexts {
  /** By slot: `subject`, `body.text` … */
  slots: Readonly<Record<string, string>>;
  /** By what they stand in: `window.label`, `button.tracking`, `apology.text` … */
  words: Readonly<Record<string, string>>;
}

/** Something to look at a message with: a made-up parcel in a state, or a real order. */
export type PreviewSample =
  | { id: string; type: "demo"; status: string; variant: "plain" | "late" | "split" }
  | { id: string; type: "order"; name: string; placedAt: string };

export interface TemplateVersion {
  number: number;
  note: string | null;
  createdAt: string;
}

export interface EditorData {
  kind: string;
  shopLocale: Locale;
  mail: MailTemplate;
  sms: TextTemplate;
  whatsapp: TextTemplate;
  /** Newest version of each; 0 = the product's own. */
  numbers: Readonly<Record<TemplateChannel, number>>;
  versions: Readonly<Record<TemplateChannel, TemplateVersion[]>>;
  builtIn: Readonly<Record<Locale, BuiltInTexts>>;
  samples: PreviewSample[];
  /** The id of the one to begin with. */
  firstSample: string;
  variables: readonly TemplateVariable[];
  /** Where a mail to try it out goes; null while the shop has no address. */
  testAddress: string | null;
  /** An account for texts is connected, so that they can be tried out. */
  canText: boolean;
  /** A mail of this kind is advertising by itself. */
  marketing: boolean;
  /** Nothing sends it yet: what it says can be written all the same. */
  dormant: boolean;
}

/** What a template looks like with a sample. */
export type TemplatePreview =
  | {
      channel: "email";
      subject: string;
      preheader: string;
      from: string;
      html: string;
      text: string;
      problems: TemplateProblem[];
    }
  | {
      channel: "sms" | "whatsapp";
      body: string;
      variables: Readonly<Record<string, string>> | null;
      segments: SegmentCount;
      /** Millionths of a US dollar for the whole text, to the country of the sample; null where the price is not known. */
      micros: number | null;
      country: string;
      problems: TemplateProblem[];
    };
