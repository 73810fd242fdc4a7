import type { ShopTx } from "#app/lib/db.server.ts";
import type { SuppressionRule } from "./message-decision.ts";

export interface MessageLogEntry {
  id: string;
  kind: string;
  channel: string;
  /** queued | sending | sent | failed | unknown | dropped | suppressed */
  state: string;
  /** The rule that held the message back, or null when none did. */
  rule: SuppressionRule | null;
  /** The scan behind the decision. */
  occurredAt: string | null;
  recipient: string | null;
  subject: string | null;
  error: string | null;
  attempts: number;
  providerId: string | null;
  decidedAt: Date;
  sentAt: Date | null;
  orderId: string | null;
  shipmentId: string | null;
}

const PAGE = 50;

/** Every message about one parcel, sent or not, newest first. */
export async function messagesOfShipment(tx: ShopTx, shipmentId: string): Promise<MessageLogEntry[]> {
  const rows = await tx.notification.findMany({
    where: { shipmentId },
    orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
    take: 200,
    omit: { renderedSealed: true },
  });
  return rows.map(toEntry);
}

/** One page of the shop's send log, newest first. `after` is the id of the last entry of the page before. */
export async function listMessages(
  tx: ShopTx,
  options: { shopId: string; after?: string; state?: string },
): Promise<{ entries: MessageLogEntry[]; next: string | null }> {
  const rows = await tx.notification.findMany({
    where: { shopId: options.shopId, ...(options.state ? { state: options.state } : {}) },
    orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
    ...(options.after ? { cursor: { shopId_id: { shopId: options.shopId, id: options.after } }, skip: 1 } : {}),
    take: PAGE + 1,
    omit: { renderedSealed: true },
  });
  const entries = rows.slice(0, PAGE).map(toEntry);
  return { entries, next: rows.length > PAGE ? (entries.at(-1)?.id ?? null) : null };
}

type Row = Omit<Awaited<ReturnType<ShopTx["notification"]["findMany"]>>[number], "renderedSealed">;

function toEntry(row: Row): MessageLogEntry {
  const decision = row.decision as { rule?: SuppressionRule | null; evidence?: { occurredAt?: string | null } };
  const { id, channel, state, recipient, subject, error, attempts, providerId, decidedAt, sentAt } = row;
  return {
    ...{ id, channel, state, recipient, subject, error, attempts, providerId, decidedAt, sentAt },
    kind: row.kind,
    rule: decision.rule ?? null,
    occurredAt: decision.evidence?.occurredAt ?? null,
    orderId: row.orderId,
    shipmentId: row.shipmentId,
  };
}
