import type { ShopTx } from "#app/lib/db.server.ts";
import { measureRate, type Rate } from "./log/measure-rate.ts";

/** How messages of one kind on one channel did. Shares are of what was sent; opens and clicks of what arrived. */
export interface KindPerformance {
  kind: string;
  channel: string;
  sent: number;
  delivered: Rate | null;
  opened: Rate | null;
  clicked: Rate | null;
  complained: Rate | null;
  bounced: Rate | null;
  /** Held back, by rule, the most frequent first. */
  suppressed: { rule: string; count: number }[];
  /** Shoppers who got no such message so that its effect can be measured. */
  control: number;
}

interface Counts {
  kind: string;
  channel: string;
  sent: number;
  arrived: number;
  opened: number;
  clicked: number;
  complained: number;
  bounced: number;
}

/** The kinds and channels of the period that begins at `since`, the most sent first. Only messages to shoppers count. */
export async function readPerformance(
  tx: ShopTx,
  { shopId, since }: { shopId: string; since: Date },
): Promise<KindPerformance[]> {
  const counts = await tx.$queryRaw<Counts[]>`
    SELECT kind, channel, count(*) FILTER (WHERE state = 'sent')::int AS sent,
      count(*) FILTER (WHERE state = 'sent' AND (delivered_at IS NOT NULL
        OR delivery IN ('delivered', 'opened', 'clicked', 'complained')))::int AS arrived,
      count(*) FILTER (WHERE state = 'sent' AND opened_at IS NOT NULL)::int AS opened,
      count(*) FILTER (WHERE state = 'sent' AND clicked_at IS NOT NULL)::int AS clicked,
      count(*) FILTER (WHERE delivery = 'complained')::int AS complained,
      count(*) FILTER (WHERE delivery = 'bounced')::int AS bounced
    FROM notification
    WHERE shop_id = ${shopId} AND decided_at >= ${since} AND audience = 'shopper' AND purpose IN ('event', 'manual')
    GROUP BY kind, channel`;
  const rules = await tx.$queryRaw<{ kind: string; channel: string; rule: string; count: number }[]>`
    SELECT kind, channel, coalesce(decision ->> 'rule', 'unknown') AS rule, count(*)::int AS count FROM notification
    WHERE shop_id = ${shopId} AND decided_at >= ${since} AND audience = 'shopper' AND state IN ('suppressed', 'dropped')
    GROUP BY 1, 2, 3 ORDER BY count DESC`;
  return counts
    .map((row) =>
      toPerformance(
        row,
        rules.filter(({ kind, channel }) => kind === row.kind && channel === row.channel),
      ),
    )
    .sort((left, right) => right.sent - left.sent || left.kind.localeCompare(right.kind));
}

function toPerformance(
  { kind, channel, sent, arrived, opened, clicked, complained, bounced }: Counts,
  rules: readonly { rule: string; count: number }[],
): KindPerformance {
  return {
    ...{ kind, channel, sent },
    delivered: measureRate(arrived, sent),
    opened: measureRate(Math.min(opened, arrived), arrived),
    clicked: measureRate(Math.min(clicked, arrived), arrived),
    complained: measureRate(complained, sent),
    bounced: measureRate(bounced, sent),
    suppressed: rules.map(({ rule, count }) => ({ rule, count })),
    control: rules.find(({ rule }) => rule === "control_group")?.count ?? 0,
  };
}
