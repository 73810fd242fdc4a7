import type { Locale } from "#app/lib/i18n.ts";
import type { TemplateEngine } from "../template-engine.server.ts";
import { cleanText } from "./clean-text.ts";
import { kindTexts } from "./kind-texts.ts";
import { builtInOf, resolveSlot } from "./mail-slots.ts";
import type { MessageFacts } from "./message-facts.ts";
import { renderTexts, type TextWorld } from "./render-texts.ts";
import type { SlotProblem } from "./slot-request.ts";
import type { TextDocument } from "./template-document.ts";

export interface TextRequest {
  document: TextDocument;
  facts: MessageFacts;
  world: TextWorld;
  shopLocale: Locale;
  check?: boolean;
}

export interface ProducedText {
  body: string;
  /** WhatsApp: the approved template and what fills its places, by number. */
  content: { sid: string; variables: Record<string, string> } | null;
  problems: SlotProblem[];
}

/** Providers take no longer text. */
const MAX_BODY = 1_600;
const MAX_VARIABLE = 500;

/** Renders the text of an SMS or WhatsApp message; a longer one than providers take is cut, and that is a problem. */
export async function produceText(engine: TemplateEngine, request: TextRequest): Promise<ProducedText> {
  const { document, facts, shopLocale, world, check } = request;
  const { locale } = facts;
  const own = kindTexts(facts.kind, locale, facts.parcels.length > 1);
  const languages = { locale, shopLocale };
  const body = resolveSlot({ name: "text", own: document.text, builtIn: builtInOf(own, "text") }, languages);
  const variables = document.contentVariables.map((source, index) => {
    return resolveSlot({ name: `variable.${index + 1}`, own: { [locale]: source }, builtIn: "" }, languages);
  });
  const { texts, problems } = await renderTexts(engine, {
    ...{ facts, world, slots: [body, ...variables] },
    ...(check ? { check } : {}),
  });
  const whole = cleanText(texts["text"] ?? "").replace(/[ \t]{2,}/g, " ");
  const tooLong: SlotProblem[] =
    whole.length > MAX_BODY
      ? [
          {
            slot: "text",
            severity: "error",
            code: "too_large",
            line: 1,
            column: 1,
            word: "",
            message: `${whole.length}`,
          },
        ]
      : [];
  const content = document.contentSid ? { sid: document.contentSid, variables: filled(texts, variables.length) } : null;
  return { body: whole.slice(0, MAX_BODY), content, problems: [...problems, ...tooLong] };
}

function filled(texts: Readonly<Record<string, string>>, count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, index) => String(index + 1));
  return Object.fromEntries(names.map((name) => [name, cleanText(texts[`variable.${name}`] ?? "", MAX_VARIABLE)]));
}
