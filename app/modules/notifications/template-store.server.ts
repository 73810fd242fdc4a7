import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { Channel } from "./channels/channel.ts";
import { defaultMail, defaultText } from "./templates/default-documents.ts";
import { mailDocument, type MailDocument, textDocument, type TextDocument } from "./templates/template-document.ts";

export interface DocumentOf {
  email: MailDocument;
  sms: TextDocument;
  whatsapp: TextDocument;
}

export interface TemplateName<Way extends Channel = Channel> {
  kind: string;
  channel: Way;
}

export interface TemplateKey<Way extends Channel = Channel> extends TemplateName<Way> {
  shopId: string;
}

/** A template and the number of its version; 0 is the product's own. */
export interface ReadTemplate<Way extends Channel> {
  document: DocumentOf[Way];
  number: number;
}

export interface TemplateVersionInfo {
  number: number;
  note: string | null;
  createdBy: string | null;
  createdAt: Date;
}

/** Older versions are forgotten. */
const KEPT_VERSIONS = 50;

/** The product's own template of a kind. */
export function defaultTemplate<Way extends Channel>(kind: string, channel: Way): DocumentOf[Way] {
  return (channel === "email" ? defaultMail(kind) : defaultText()) as DocumentOf[Way];
}

/**
 * The newest version of a shop's template, or the product's own. One that an older release stored and that cannot be read
 * any more counts as absent: better the product's words than no message.
 */
export async function readTemplate<Way extends Channel>(tx: ShopTx, key: TemplateKey<Way>): Promise<ReadTemplate<Way>> {
  const { shopId, kind, channel } = key;
  const row = await tx.templateVersion.findFirst({
    where: { shopId, kind, channel },
    orderBy: { number: "desc" },
    select: { number: true, document: true },
  });
  return toTemplate({ kind, channel }, row);
}

function toTemplate<Way extends Channel>(
  { kind, channel }: TemplateName<Way>,
  row: { number: number; document: unknown } | null,
): ReadTemplate<Way> {
  const document = row && parse(channel, row.document);
  return document ? { document, number: row.number } : { document: defaultTemplate(kind, channel), number: 0 };
}

/** The newest versions of several templates of a shop, as `readTemplate` reads each, in one statement. */
export async function openTemplateBook(
  tx: ShopTx,
  { shopId, names }: { shopId: string; names: readonly TemplateName[] },
): Promise<<Way extends Channel>(name: TemplateName<Way>) => ReadTemplate<Way>> {
  const rows = await tx.$queryRaw<(TemplateName & { number: number; document: unknown })[]>`
    SELECT v.* FROM (SELECT DISTINCT w.kind, w.channel
      FROM unnest(${names.map(({ kind }) => kind)}::text[], ${names.map(({ channel }) => channel)}::text[])
        AS w (kind, channel)) w
    CROSS JOIN LATERAL (SELECT kind, channel, number, document FROM template_version
      WHERE shop_id = ${shopId} AND kind = w.kind AND channel = w.channel ORDER BY number DESC LIMIT 1) v`;
  const read = new Map(rows.map((row) => [nameKey(row), toTemplate(row, row)]));
  return <Way extends Channel>(name: TemplateName<Way>) =>
    (read.get(nameKey(name)) ?? toTemplate(name, null)) as ReadTemplate<Way>;
}

const nameKey = ({ kind, channel }: TemplateName): string => `${channel}\n${kind}`;

/** Saves a new version; one made meanwhile by somebody else is refused, not overwritten. */
export async function saveTemplate<Way extends Channel>(
  tx: ShopTx,
  clock: Clock,
  key: TemplateKey<Way>,
  change: { document: DocumentOf[Way]; basedOn: number; by: string | null; note?: string },
): Promise<{ kind: "saved"; number: number } | { kind: "changed_meanwhile"; number: number }> {
  const { shopId, kind, channel } = key;
  const newest = await newestNumber(tx, key);
  if (newest !== change.basedOn) return { kind: "changed_meanwhile", number: newest };
  const number = newest + 1;
  await tx.templateVersion.create({
    data: {
      ...{ shopId, kind, channel, number, document: change.document as object },
      ...{ note: change.note ?? null, createdBy: change.by, createdAt: clock.now() },
    },
  });
  await tx.templateVersion.deleteMany({ where: { shopId, kind, channel, number: { lte: number - KEPT_VERSIONS } } });
  return { kind: "saved", number };
}

/**
 * Makes an older version (0 = the product's own) the newest one, as a version of its own: nothing is lost by it. Not found
 * when there is no such version, or it cannot be read any more.
 */
export async function restoreTemplate<Way extends Channel>(
  tx: ShopTx,
  clock: Clock,
  key: TemplateKey<Way>,
  { number, by }: { number: number; by: string | null },
): Promise<{ kind: "restored"; number: number } | { kind: "not_found" }> {
  const { shopId, kind, channel } = key;
  const stored =
    number === 0
      ? null
      : await tx.templateVersion.findUnique({
          where: { shopId_kind_channel_number: { shopId, kind, channel, number } },
        });
  const document = number === 0 ? defaultTemplate(kind, channel) : stored && parse(channel, stored.document);
  if (!document) return { kind: "not_found" };
  const basedOn = await newestNumber(tx, key);
  const saved = await saveTemplate(tx, clock, key, { document, basedOn, by, note: `restored:${number}` });
  return { kind: "restored", number: saved.number };
}

/** The versions of a template, newest first. */
export function listVersions(tx: ShopTx, { shopId, kind, channel }: TemplateKey): Promise<TemplateVersionInfo[]> {
  return tx.templateVersion.findMany({
    where: { shopId, kind, channel },
    orderBy: { number: "desc" },
    take: KEPT_VERSIONS,
    select: { number: true, note: true, createdBy: true, createdAt: true },
  });
}

async function newestNumber(tx: ShopTx, { shopId, kind, channel }: TemplateKey): Promise<number> {
  const row = await tx.templateVersion.findFirst({
    where: { shopId, kind, channel },
    orderBy: { number: "desc" },
    select: { number: true },
  });
  return row?.number ?? 0;
}

function parse<Way extends Channel>(channel: Way, stored: unknown): DocumentOf[Way] | null {
  const read = (channel === "email" ? mailDocument : textDocument).safeParse(stored);
  return read.success ? (read.data as DocumentOf[Way]) : null;
}
