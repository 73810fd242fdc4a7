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
