import { printMail } from "#app/emails/print-mail.tsx";
import { printText } from "#app/emails/print-text.ts";
import type { Locale } from "#app/lib/i18n.ts";
import type { TemplateEngine } from "../template-engine.server.ts";
import { buildMail, type MailInput } from "./build-mail.ts";
import { kindTexts } from "./kind-texts.ts";
import { mailSlots, textsOf } from "./mail-slots.ts";
import { renderTexts, type TextWorld } from "./render-texts.ts";
import type { SlotProblem } from "./slot-request.ts";
import type { MailDocument } from "./template-document.ts";

export interface MailRequest extends Omit<MailInput, "texts" | "maxItems"> {
  world: TextWorld;
  shopLocale: Locale;
  check?: boolean;
}

/** A mail as it goes out, apart from its addresses. */
export interface ProducedMail {
  subject: string;
  preheader: string;
  html: string;
  text: string;
  /** It is advertising, at least in part. */
  advertises: boolean;
  problems: SlotProblem[];
}

/** Gmail clips a longer mail (at about 102 kB); encoding it for transport makes it longer still. */
const MAX_HTML_BYTES = 90_000;
/** How many items are shown, and how many when the mail would be too long. */
const ITEM_STEPS = [12, 6, 2, 0];

/** Renders a mail, its texts away from this thread; one that stays too long comes back as the problem `too_large`. */
export async function produceMail(engine: TemplateEngine, request: MailRequest): Promise<ProducedMail> {
  const { document, facts, shopLocale, world, check } = request;
  const own = kindTexts(facts.kind, facts.locale, facts.parcels.length > 1);
  const slots = mailSlots(document, own, { locale: facts.locale, shopLocale });
  const rendered = await renderTexts(engine, { slots, facts, world, ...(check ? { check } : {}) });
  let mail = print({ ...request, texts: rendered.texts, maxItems: ITEM_STEPS[0] ?? 0 });
  for (const maxItems of ITEM_STEPS.slice(1)) {
    if (mail.bytes <= MAX_HTML_BYTES) break;
    mail = print({ ...request, texts: rendered.texts, maxItems });
  }
  const tooLarge = mail.bytes > MAX_HTML_BYTES ? [problemOf(longestSlot(document), mail.bytes)] : [];
  return { ...mail, problems: [...rendered.problems, ...tooLarge] };
}

function print(input: MailInput) {
  const model = buildMail(input);
  const html = printMail(model);
  const { subject, preheader, advertises } = model;
  return { subject, preheader, advertises, html, text: printText(model), bytes: Buffer.byteLength(html) };
}

/** True when the mail cannot go out as it is. */
export function isTooLarge({ html }: { html: string }): boolean {
  return Buffer.byteLength(html) > MAX_HTML_BYTES;
}

const problemOf = (slot: string, bytes: number): SlotProblem => {
  return { slot, severity: "error", code: "too_large", line: 1, column: 1, word: "", message: `${bytes}` };
};

/** The text that makes it too long, most probably. */
function longestSlot({ blocks }: MailDocument): string {
  const lengths = blocks.flatMap((block) =>
    Object.entries(textsOf(block)).map(([field, texts]): [string, number] => {
      return [`${block.id}.${field}`, Math.max(0, ...Object.values(texts).map((text) => text.length))];
    }),
  );
  return lengths.sort((left, right) => right[1] - left[1])[0]?.[0] ?? "subject";
}
