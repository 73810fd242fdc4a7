import type { MailBlock, MailModel } from "#app/emails/mail-model.ts";
import { mailTexts } from "#app/emails/mail-texts.ts";
import { type BlockContext, buildBlock } from "./build-block.ts";
import { cleanLine } from "./clean-text.ts";
import { mailColours } from "./mail-colours.ts";
import type { MessageFacts } from "./message-facts.ts";
import type { MailDocument } from "./template-document.ts";

export interface MailInput {
  document: MailDocument;
  facts: MessageFacts;
  /** Rendered texts by slot. */
  texts: Readonly<Record<string, string>>;
  hrefs: ReadonlyMap<string, string>;
  /** The reader may be sent advertising. */
  marketing: boolean;
  /** The mail as a whole is advertising, whatever its blocks say. */
  advertises: boolean;
  /** Civil date at the reader's end: no earlier day is announced. */
  today: string;
  maxItems: number;
}

const MAX_SUBJECT = 200;
const MAX_PREHEADER = 200;

/** Puts a mail together from its arrangement, its rendered texts and the facts; a block that has nothing to say is left out. */
export function buildMail(input: MailInput): MailModel & { advertises: boolean } {
  const { document, facts } = input;
  const context: BlockContext = { ...input, words: mailTexts(facts.locale) };
  const visible = document.blocks.filter(({ hidden }) => !hidden);
  const offers = visible.filter(({ type }) => type === "promo" || type === "recommendations");
  context.advertises ||= offers.some((block) => buildBlock(block, context) !== null);
  const blocks = visible.flatMap((block) => buildBlock(block, context) ?? []);
  return {
    advertises: context.advertises,
    locale: facts.locale,
    subject: cleanLine(input.texts["subject"] ?? "", MAX_SUBJECT),
    preheader: cleanLine(input.texts["preheader"] ?? "", MAX_PREHEADER),
    colours: mailColours(facts.brand.colour),
    blocks: withoutDoubleLines(blocks),
  };
}

/** Lines between blocks that were left out would stand together, or at an end. */
function withoutDoubleLines(blocks: readonly MailBlock[]): MailBlock[] {
  return blocks.filter(({ type }, index) => {
    if (type !== "divider") return true;
    return index > 0 && index < blocks.length - 1 && blocks[index - 1]?.type !== "divider";
  });
}
