import type { ShopTx } from "#app/lib/db.server.ts";
import type { DecidedMessage } from "../situation.ts";

/** More decisions than any order has; the newest count. */
const MOST_DECISIONS = 1_000;

type Row = Omit<DecidedMessage, "rule" | "evidence"> & { orderId: string; decision: unknown; rendered: boolean };

/** What was decided before about these orders, oldest first; what somebody sent by hand is no decision. */
export async function readHistories(
  tx: ShopTx,
  shopId: string,
  orderIds: readonly string[],
): Promise<Map<string, DecidedMessage[]>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT n.* FROM unnest(${[...orderIds]}::text[]) AS o (id) CROSS JOIN LATERAL (
      SELECT id, business_key AS "businessKey", order_id AS "orderId", kind, channel, audience,
        shipment_id AS "shipmentId", parcel_ids AS "parcelIds", occurrence, state, decision,
        decided_at AS "decidedAt", coalesce(sent_at, due_at) AS "dueAt", content_hash IS NOT NULL AS rendered
      FROM notification WHERE shop_id = ${shopId} AND order_id = o.id AND purpose = 'event'
      ORDER BY decided_at DESC, id DESC LIMIT ${MOST_DECISIONS}::int) n
    ORDER BY n."decidedAt", n.id`;
  const histories = new Map<string, DecidedMessage[]>();
  for (const row of rows) {
    const list = histories.get(row.orderId) ?? [];
    list.push(toDecided(row));
    histories.set(row.orderId, list);
  }
  return histories;
}

/** One line of the ledger as the decisions see it: what was written down once takes in nothing more. */
export function toDecided({ orderId: _orderId, decision, rendered, ...row }: Row): DecidedMessage {
  const { rule = null, evidence = {} } = (decision ?? {}) as Partial<Pick<DecidedMessage, "rule" | "evidence">>;
  return { ...row, rule, evidence, state: row.state === "queued" && rendered ? "sending" : row.state };
}
