import type { ShopTx } from "#app/lib/db.server.ts";
import type { StaffLine, StaffSection } from "./staff-mail.ts";

const DAY_MS = 86_400_000;
/** Providers tell within days what became of a message; what was decided before is not looked through. */
const DECIDED_WITHIN_MS = 4 * DAY_MS;

interface FailedMessage {
  id: string;
  orderName: string | null;
  recipient: string | null;
  state: "failed" | "bounced" | "complained";
  at: Date;
  count: number;
}

/** Messages that failed, bounced or were complained about within the last day; null where none was. */
export async function readFailedMessages(
  tx: ShopTx,
  { shopId, now, most }: { shopId: string; now: Date; most: number },
): Promise<StaffSection | null> {
  const since = new Date(now.getTime() - DAY_MS);
  const rows = await tx.$queryRaw<FailedMessage[]>`
    SELECT n.id, o.name AS "orderName", n.recipient, coalesce(n.refused_at, n.updated_at) AS at,
      CASE WHEN n.refused_at IS NULL OR n.channel <> 'email' THEN 'failed'
        WHEN n.delivery = 'complained' THEN 'complained' ELSE 'bounced' END AS state, (count(*) OVER ())::int AS count
    FROM notification n LEFT JOIN orders o ON o.shop_id = n.shop_id AND o.id = n.order_id
    WHERE n.shop_id = ${shopId} AND n.decided_at >= ${new Date(now.getTime() - DECIDED_WITHIN_MS)}
      AND n.purpose <> 'test'
      AND (n.refused_at >= ${since} OR (n.state IN ('failed', 'unknown') AND n.updated_at >= ${since}))
    ORDER BY at, n.id LIMIT ${most}`;
  const [first] = rows;
  return first ? { name: "messages", count: first.count, fresh: first.count, lines: rows.map(lineOf) } : null;
}

/** Messages about no order are known by whom they went to: staff themselves. */
function lineOf({ id, orderName, recipient, state, at }: FailedMessage): StaffLine {
  return {
    ...{ title: orderName ?? recipient ?? id, detail: "", state: `staff.message.${state}` },
    ...{ since: at.toISOString(), path: `/app/messages/${id}` },
  };
}
