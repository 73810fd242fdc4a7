import type { ShopTx } from "#app/lib/db.server.ts";

/** Messages that went out since today and yesterday began. */
export interface SentCounts {
  today: number;
  yesterday: number;
}

/** A message goes out within hours of its decision, or never; the index is on the decision. */
const DECIDED_BEFORE_MS = 2 * 86_400_000;

export async function readSentCounts(
  tx: ShopTx,
  { shopId, todayAt, yesterdayAt }: { shopId: string; todayAt: Date; yesterdayAt: Date },
): Promise<SentCounts> {
  const since = new Date(yesterdayAt.getTime() - DECIDED_BEFORE_MS);
  const [row] = await tx.$queryRaw<SentCounts[]>`
    SELECT count(*) FILTER (WHERE sent_at >= ${todayAt})::int AS today,
      count(*) FILTER (WHERE sent_at >= ${yesterdayAt} AND sent_at < ${todayAt})::int AS yesterday
    FROM notification WHERE shop_id = ${shopId} AND decided_at >= ${since} AND state = 'sent'`;
  return row ?? { today: 0, yesterday: 0 };
}
