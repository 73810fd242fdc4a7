import { z } from "zod";
import { type KeyRing, UnsealError } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import type { BlockReason } from "./address-blocks.server.ts";
import { blocksOf } from "./address-blocks.server.ts";
import { ENTRY_COLUMNS, type LogEntry, type ReadDecision, readDecision, toLogEntry } from "./log-entry.ts";
import { previewDocument } from "./log/preview-document.ts";
import { type MuteSubject, mutesOf } from "./log/mutes.server.ts";

/** Everything there is to know about one message. */
export interface MessageView {
  entry: LogEntry;
  orderName: string | null;
  why: ReadDecision & { rulesNumber: number; templateNumber: number | null; note: string | null; occurrence: string };
  /** What was sent, or null while nothing was rendered, or after the buyer's data have gone. */
  body: MessageBody | null;
  timeline: TimelineLine[];
  links: { label: string; clicks: number }[];
  figures: {
    attempts: number;
    firstAttemptAt: Date | null;
    provider: string | null;
    providerId: string | null;
    segments: number | null;
    costMicros: number | null;
    costCurrency: string | null;
  };
  /** Why nothing may be sent there; null where nothing stands in the way. */
  blocked: BlockReason | null;
  person: boolean;
  mutes: MuteSubject[];
}

export interface MessageBody {
  from: string | null;
  to: string | null;
  subject: string | null;
  /** The HTML made fit to be shown in a frame; null for text messages. */
  preview: string | null;
  text: string;
}

export interface TimelineLine {
  id: string;
  type: string;
  at: Date;
  detail: Record<string, string>;
}

const mail = z.looseObject({
  from: z.string().nullish(),
  to: z.string().nullish(),
  subject: z.string().nullish(),
  html: z.string().nullish(),
  text: z.string().nullish(),
  /** Text messages. */
  body: z.string().nullish(),
});
const detail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** Where the notifications module seals what it rendered. */
const FIELD = "notification.rendered";

/** One message with what was sent, why, and what became of it. @returns null when the shop has no such message. */
export async function readMessage(
  tx: ShopTx,
  keys: KeyRing,
  { shopId, id }: { shopId: string; id: string },
): Promise<MessageView | null> {
  const row = await tx.notification.findUnique({
    where: { shopId_id: { shopId, id } },
    include: { events: { orderBy: [{ at: "asc" }, { id: "asc" }], take: 300 }, links: { take: 60 } },
  });
  if (!row) return null;
  const order = row.orderId ? await tx.order.findUnique({ where: { shopId_id: { shopId, id: row.orderId } } }) : null;
  return {
    entry: toLogEntry(pickEntry(row)),
    orderName: order?.name ?? null,
    why: {
      ...readDecision(row.decision),
      ...{ rulesNumber: row.rulesNumber, templateNumber: row.templateNumber, note: row.note },
      occurrence: row.occurrence,
    },
    body: openBody(keys, shopId, row.renderedSealed),
    timeline: row.events.map(({ id: eventId, type, at, detail: told }) => ({
      id: eventId,
      type,
      at,
      detail: readDetail(told),
    })),
    links: row.links.map(({ label, clicks }) => ({ label, clicks })),
    figures: {
      ...{ attempts: row.attempts, firstAttemptAt: row.firstAttemptAt, provider: row.provider },
      ...{ providerId: row.providerId, segments: row.segments, costCurrency: row.costCurrency },
      costMicros: row.costMicros === null ? null : Number(row.costMicros),
    },
    blocked: await blockReason(tx, row),
    person: row.personKey !== null,
    mutes: await mutesOf(tx, {
      ...{ shopId, orderId: row.orderId, shipmentId: row.shipmentId },
      ...{ customerId: order?.customerId ?? null, tags: order?.tags ?? [] },
    }),
  };
}

type Row = NonNullable<Awaited<ReturnType<ShopTx["notification"]["findUnique"]>>>;

function pickEntry(row: Row) {
  const names = Object.keys(ENTRY_COLUMNS) as (keyof typeof ENTRY_COLUMNS)[];
  return Object.fromEntries(names.map((name) => [name, row[name]])) as Pick<Row, keyof typeof ENTRY_COLUMNS>;
}

async function blockReason(tx: ShopTx, { shopId, channel, personKey }: Row): Promise<BlockReason | null> {
  if (!personKey) return null;
  if (channel === "email") return (await blocksOf(tx, shopId, { emailHash: personKey })).email.all;
  return (await blocksOf(tx, shopId, { phoneHash: personKey })).phone.all;
}

function openBody(keys: KeyRing, shopId: string, sealed: string | null): MessageBody | null {
  if (sealed === null) return null;
  try {
    const read = mail.safeParse(JSON.parse(keys.open(sealed, { shopId, field: FIELD }))).data;
    if (!read) return null;
    const { from = null, to = null, subject = null, html } = read;
    return { from, to, subject, preview: html ? previewDocument(html) : null, text: read.text ?? read.body ?? "" };
  } catch (error) {
    // A lost key must not keep the rest of the page away.
    if (error instanceof UnsealError || error instanceof SyntaxError) return null;
    throw error;
  }
}

function readDetail(stored: unknown): Record<string, string> {
  const told = detail.safeParse(stored).data ?? {};
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [name, String(value ?? "")]));
}
