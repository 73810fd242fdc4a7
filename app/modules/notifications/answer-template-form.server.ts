import { z } from "zod";
import type { Database } from "#app/lib/db.server.ts";
import { LOCALES, pickLocale } from "#app/lib/i18n.ts";
import { withinLimit } from "#app/lib/rate-limit.server.ts";
import { CHANNELS } from "./channels/channel.ts";
import { previewTemplate } from "./preview-template.server.ts";
import type { PreviewDocument } from "./render-preview.server.ts";
import { noteSeenPreview } from "./seen-previews.server.ts";
import { sendTestMail } from "./send-test-message.server.ts";
import type { TestText, TestTextOutcome } from "./sms/send-test-text.server.ts";
import type { TemplatePreview } from "./template-editor.ts";
import { restoreTemplate, saveTemplate } from "./template-store.server.ts";
import { checkDocument, type DocumentProblem } from "./templates/check-document.ts";
import type { RenderDeps } from "./templates/render-deps.ts";
import { mailDocument, textDocument } from "./templates/template-document.ts";

export type TemplateFormOutcome =
  | { kind: "saved" | "restored"; number: number }
  /** Somebody else has saved since the page was opened. */
  | { kind: "changed_meanwhile" }
  | { kind: "has_errors"; problems: DocumentProblem[] }
  | { kind: "test_sent"; to: string }
  /** A translation key under `text_problem.`. */
  | { kind: "text_not_sent"; problem: string }
  | { kind: "no_address" | "too_many" | "invalid" | "not_found" };

export interface TemplateFormDeps extends RenderDeps {
  db: Database;
  /** Sends a text to try it out, over the shop's own account. */
  sendText(test: TestText): Promise<TestTextOutcome>;
}

export interface TemplateForm {
  shopId: string;
  actorId: string;
  kind: string;
  fields: Readonly<Record<string, string>>;
}

const MAX_FORM = 600_000;
const TESTS_PER_HOUR = 20;

const asked = z.object({
  channel: z.enum(CHANNELS),
  locale: z.enum(LOCALES).catch("en"),
  sample: z.string().max(120).default("demo:in_transit:plain"),
  basedOn: z.coerce.number().int().min(0).catch(0),
  number: z.coerce.number().int().min(0).catch(0),
});

/** What the editor's page does with a form: saves a version, goes back to an older one, or sends a mail to try it out. */
export async function answerTemplateForm(deps: TemplateFormDeps, form: TemplateForm): Promise<TemplateFormOutcome> {
  const read = asked.safeParse(form.fields);
  if (!read.success) return { kind: "invalid" };
  if (form.fields["intent"] === "restore") {
    const key = { shopId: form.shopId, kind: form.kind, channel: read.data.channel };
    const change = { number: read.data.number, by: form.actorId };
    return deps.db.forShop(form.shopId, (tx) => restoreTemplate(tx, deps.clock, key, change));
  }
  const document = readDocument(read.data.channel, form.fields["document"]);
  if (!document) return { kind: "invalid" };
  return form.fields["intent"] === "test" ? test(deps, form, document) : save(deps, form, document, read.data.basedOn);
}

export type PreviewFormOutcome = { kind: "preview"; preview: TemplatePreview } | { kind: "invalid" | "not_found" };

/** A preview of what stands in the editor. */
export async function answerPreviewForm(
  deps: Omit<TemplateFormDeps, "sendText">,
  { shopId, kind, fields }: Omit<TemplateForm, "actorId">,
): Promise<PreviewFormOutcome> {
  const read = asked.safeParse(fields);
  const document = read.success ? readDocument(read.data.channel, fields["document"]) : null;
  if (!read.success || !document) return { kind: "invalid" };
  const { locale, sample } = read.data;
  const wish = { shopId, kind, locale, sample, document };
  const preview = await deps.db.forShop(shopId, (tx) => previewTemplate(deps, tx, wish));
  if (!preview) return { kind: "not_found" };
  await deps.db.forShop(shopId, (tx) => noteSeenPreview(tx, deps.clock, { shopId, kind, document }));
  return { kind: "preview", preview };
}

async function save(
  deps: TemplateFormDeps,
  { shopId, actorId, kind }: TemplateForm,
  document: PreviewDocument,
  basedOn: number,
): Promise<TemplateFormOutcome> {
  const problems = await checkDocument(deps.templates, document);
  if (problems.length > 0) return { kind: "has_errors", problems: problems.slice(0, 50) };
  const change = { document: document.channel === "email" ? document.mail : document.text, basedOn, by: actorId };
  const saved = await deps.db.forShop(shopId, (tx) =>
    saveTemplate(tx, deps.clock, { shopId, kind, channel: document.channel }, change),
  );
  return saved.kind === "saved" ? saved : { kind: "changed_meanwhile" };
}

async function test(
  deps: TemplateFormDeps,
  form: TemplateForm,
  document: PreviewDocument,
): Promise<TemplateFormOutcome> {
  const { shopId, kind, fields } = form;
  // Free text reaches only who has written within a day: it would prove nothing about what shoppers get.
  if (document.channel === "whatsapp" && document.text.contentSid === "")
    return { kind: "text_not_sent", problem: "needs_template" };
  const rule = { name: "templates.test", of: shopId, limit: TESTS_PER_HOUR, windowSeconds: 3_600 };
  if (!(await withinLimit(deps, shopId, rule))) return { kind: "too_many" };
  const shown = await answerPreviewForm(deps, form);
  if (shown.kind !== "preview") return shown;
  const { preview } = shown;
  const locale = pickLocale(fields["locale"]);
  if (preview.channel !== "email") {
    const { channel, body, variables } = preview;
    const sid = document.channel === "whatsapp" ? document.text.contentSid : "";
    const content = sid ? { content: { sid, variables: variables ?? {} } } : {};
    const text = { shopId, kind, locale, to: fields["testTo"] ?? "", body, channel, ...content };
    return testTextAnswer(await deps.sendText(text));
  }
  const outcome = await deps.db.forShop(shopId, (tx) => sendTestMail(deps, tx, { shopId, kind, locale, preview }));
  return outcome.kind === "queued" ? { kind: "test_sent", to: outcome.to } : outcome;
}

function testTextAnswer(outcome: TestTextOutcome): TemplateFormOutcome {
  switch (outcome.kind) {
    case "sent":
      return { kind: "test_sent", to: outcome.to };
    case "invalid":
      return { kind: "text_not_sent", problem: "invalid_number" };
    case "not_sent":
      return { kind: "text_not_sent", problem: outcome.problem };
  }
}

function readDocument(channel: PreviewDocument["channel"], text: string | undefined): PreviewDocument | null {
  if (text === undefined || text.length > MAX_FORM) return null;
  const given = parseJson(text);
  if (channel === "email") {
    const mail = mailDocument.safeParse(given);
    return mail.success && distinctIds(mail.data.blocks) ? { channel, mail: mail.data } : null;
  }
  const read = textDocument.safeParse(given);
  return read.success ? { channel, text: read.data } : null;
}

const distinctIds = (blocks: readonly { id: string }[]) => new Set(blocks.map(({ id }) => id)).size === blocks.length;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
