import { type Locale, LOCALES } from "#app/lib/i18n.ts";
import { isLinkTarget } from "../links/link-target.ts";
import type { TemplateEngine } from "../template-engine.server.ts";
import { demoFacts } from "./demo-facts.ts";
import { textsOf } from "./mail-slots.ts";
import { scopeOf } from "./message-scope.ts";
import type { SlotProblem } from "./slot-request.ts";
import type { MailDocument, TextDocument } from "./template-document.ts";

/** A problem, and the language that it is in. */
export interface DocumentProblem extends SlotProblem {
  locale: Locale;
}

type Texts = Partial<Record<Locale, string>>;

/** Everything that is wrong with what the merchant wrote, in every language: found when it is saved, not when it is sent. */
export async function checkDocument(
  engine: TemplateEngine,
  document: { channel: "email"; mail: MailDocument } | { channel: "sms" | "whatsapp"; text: TextDocument },
): Promise<DocumentProblem[]> {
  const slots = document.channel === "email" ? mailTexts(document.mail) : textTexts(document.text);
  const found: DocumentProblem[] = document.channel === "email" ? badLinks(document.mail) : [];
  for (const locale of LOCALES) {
    const own = slots.flatMap(([name, texts]) => (texts[locale] ? [{ name, source: texts[locale] }] : []));
    if (own.length === 0) continue;
    const answer = await engine.render({ locale, ...WORLD, scope: scopeOf(sampleFacts(locale)), slots: own });
    const problems = "killed" in answer ? own.map(({ name }) => tooSlow(name)) : answer.problems;
    found.push(...problems.map((problem) => ({ ...problem, locale })));
  }
  return found.filter(({ severity }) => severity === "error");
}

const WORLD = { currency: "USD", now: "2026-01-15T12:00:00Z", zone: "UTC" } as const;

function sampleFacts(locale: Locale) {
  return demoFacts({
    ...{
      kind: "shipped",
      locale,
      status: "in_transit",
      subStatus: "weather",
      today: "2026-01-15",
      currency: "USD",
      split: true,
    },
    shop: { name: "Shop", url: "", email: "", supportEmail: "", supportUrl: "", address: "" },
    brand: { logoUrl: "", colour: "#000000" },
    trackingUrl: "https://shop.example/track",
  });
}

function mailTexts({ subject, preheader, blocks }: MailDocument): [string, Texts][] {
  const own = blocks.flatMap((block) =>
    Object.entries(textsOf(block)).map(([field, texts]): [string, Texts] => [`${block.id}.${field}`, texts]),
  );
  return [["subject", subject], ["preheader", preheader], ...own];
}

function textTexts({ text, contentVariables }: TextDocument): [string, Texts][] {
  return [
    ["text", text],
    ...contentVariables.map((one, index): [string, Texts] => [`variable.${index + 1}`, { en: one }]),
  ];
}

/** Addresses that no shopper may be sent to: refused when they are written down, not when they are clicked. */
function badLinks({ blocks }: MailDocument): DocumentProblem[] {
  return blocks.flatMap((block): DocumentProblem[] => {
    if ((block.type !== "button" && block.type !== "promo") || block.url === "" || isLinkTarget(block.url)) return [];
    return [{ ...tooSlow(`${block.id}.url`), code: "syntax", word: block.url.slice(0, 60), locale: "en" }];
  });
}

const tooSlow = (slot: string): SlotProblem => {
  return { slot, severity: "error", code: "too_slow", line: 1, column: 1, word: "", message: "" };
};
