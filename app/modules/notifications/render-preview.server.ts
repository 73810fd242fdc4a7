import type { Locale } from "#app/lib/i18n.ts";
import type { TemplateEngine } from "./template-engine.server.ts";
import { mailTargets, withLinks } from "./templates/mail-links.ts";
import { produceMail } from "./templates/produce-mail.ts";
import { produceText } from "./templates/produce-text.ts";
import type { SlotProblem } from "./templates/slot-request.ts";
import { findMarkup } from "./templates/find-markup.ts";
import type { LoadedPreview } from "./templates/preview-source.ts";
import type { MailDocument, TextDocument } from "./templates/template-document.ts";

/** What a message would look like, and what is wrong with its texts. Its links lead straight there and count nothing. */
export type Preview =
  | { channel: "email"; subject: string; preheader: string; html: string; text: string; problems: SlotProblem[] }
  | { channel: "sms" | "whatsapp"; body: string; variables: Record<string, string> | null; problems: SlotProblem[] };

export type PreviewDocument =
  { channel: "email"; mail: MailDocument } | { channel: "sms" | "whatsapp"; text: TextDocument };

export interface PreviewRequest {
  document: PreviewDocument;
  source: LoadedPreview;
  shopLocale: Locale;
}

/** @throws RenderBacklogError, RenderThreadError */
export async function renderPreview(
  engine: TemplateEngine,
  { document, source, shopLocale }: PreviewRequest,
): Promise<Preview> {
  const { facts, world, today } = source;
  if (document.channel !== "email") {
    const { channel, text } = document;
    const { body, content, problems } = await produceText(engine, {
      document: text,
      facts,
      world,
      shopLocale,
      check: true,
    });
    return { channel, body, variables: content?.variables ?? null, problems };
  }
  const { mail } = document;
  const hrefs = new Map(
    mailTargets(mail, facts, true).map(({ key, target }) => [key, target === "tracking" ? "" : target]),
  );
  const linked = withLinks(facts, hrefs);
  const shown = { ...linked, links: { ...linked.links, unsubscribe: linked.shop.url } };
  const produced = await produceMail(engine, {
    ...{ document: mail, facts: shown, hrefs, today, world, shopLocale, check: true },
    ...{ marketing: true, advertises: false },
  });
  const { subject, preheader, html, text } = produced;
  const problems = [...produced.problems, ...findMarkup(mail, facts.locale)];
  return { channel: "email", subject, preheader, html, text, problems };
}
