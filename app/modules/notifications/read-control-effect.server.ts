import type { ShopTx } from "#app/lib/db.server.ts";
import { eventRulesOf } from "./event-rules.ts";
import { KINDS } from "./kinds/kinds.ts";
import { compareRates, type RateDifference } from "./log/compare-rates.ts";
import { messageRulesSchema } from "./message-rules.ts";

/** What may differ between those who were told and those who were not. None of it is made by the message itself. */
export const EFFECT_MEASURES = ["looked_up", "bought_again", "called_off"] as const;
export type EffectMeasure = (typeof EFFECT_MEASURES)[number];

/** What telling of one event changes, as far as its control group can show. */
export interface ControlEffect {
  kind: string;
  /** Of the shoppers, who are told nothing of it: 0 … 1. */
  share: number;
  /** Null where one of the groups is empty. */
  measures: { name: EffectMeasure; difference: RateDifference | null }[];
}

/** Something counts that happened within so many days of the event. */
export const EFFECT_DAYS = 30;
/** Sets of rules that are looked through for the present share. */
const MOST_RULE_SETS = 500;

/**
 * Compares, for every event that has a control group now, the shoppers who were told since `since` with those who were
 * not. Only what was decided under the present share counts: with another share the groups are no longer alike in time.
 * Each shopper counts once, with the first such event, and as chosen, whether the message then arrived or not.
 */
export async function readControlEffects(
  tx: ShopTx,
  { shopId, since }: { shopId: string; since: Date },
): Promise<ControlEffect[]> {
  const studies = await readStudies(tx, shopId);
  if (studies.length === 0) return [];
  const counts = await countOutcomes(tx, { shopId, since, studies });
  return studies.map(({ kind, share }) => {
    const [told, withheld] = [false, true].map((asked) =>
      counts.find((row) => row.kind === kind && row.withheld === asked),
    );
    const measures = EFFECT_MEASURES.map((name) => ({
      name,
      difference: compareRates(shareOf(told, name), shareOf(withheld, name)),
    }));
    return { kind, share, measures };
  });
}

interface Study {
  kind: string;
  share: number;
  /** Rules under which that share held. */
  numbers: number[];
}

async function readStudies(tx: ShopTx, shopId: string): Promise<Study[]> {
  const rows = await tx.ruleSet.findMany({
    where: { shopId, state: { in: ["published", "retired"] } },
    orderBy: { number: "desc" },
    take: MOST_RULE_SETS,
    select: { number: true, state: true, rules: true },
  });
  const sets = rows.map(({ rules, ...row }) => ({ ...row, rules: messageRulesSchema.parse(rules) }));
  const published = sets.find(({ state }) => state === "published");
  if (!published) return [];
  return Object.values(KINDS).flatMap((kind) => {
    const { on, controlShare: share } = eventRulesOf(published.rules, kind);
    if (!on || kind.urgent || share === 0) return [];
    const same = sets.filter(({ rules }) => eventRulesOf(rules, kind).controlShare === share);
    return [{ kind: kind.key, share, numbers: same.map(({ number }) => number) }];
  });
}

interface Outcomes extends Record<EffectMeasure, number> {
  kind: string;
  withheld: boolean;
  shoppers: number;
  /** Those whose next order would be known. */
  known: number;
}

function shareOf(row: Outcomes | undefined, name: EffectMeasure): { part: number; whole: number } {
  if (!row) return { part: 0, whole: 0 };
  return { part: row[name], whole: name === "bought_again" ? row.known : row.shoppers };
}

function countOutcomes(
  tx: ShopTx,
  { shopId, since, studies }: { shopId: string; since: Date; studies: readonly Study[] },
): Promise<Outcomes[]> {
  const pairs = studies.flatMap(({ kind, numbers }) => numbers.map((number) => ({ kind, number })));
  return tx.$queryRaw<Outcomes[]>`
    WITH study AS (
      SELECT * FROM unnest(${pairs.map(({ kind }) => kind)}::text[], ${pairs.map(({ number }) => number)}::int[])
        AS s (kind, rules_number)
    ), chosen AS (
      SELECT DISTINCT ON (n.kind, coalesce(o.customer_id, o.id)) n.kind, n.decided_at, o.id, o.customer_id, o.cancelled_at,
        o.financial_status, n.decision ->> 'rule' IS NOT DISTINCT FROM 'control_group' AS withheld
      FROM notification n
      JOIN study USING (kind, rules_number)
      JOIN orders o ON o.shop_id = n.shop_id AND o.id = n.order_id AND NOT o.test
      WHERE n.shop_id = ${shopId} AND n.decided_at >= ${since} AND n.audience = 'shopper' AND n.purpose = 'event'
        AND (n.decision ->> 'action' = 'send' OR n.decision ->> 'rule' IN ('control_group', 'bundled', 'quiet_hours'))
      ORDER BY n.kind, coalesce(o.customer_id, o.id), n.decided_at, n.id
    )
    SELECT kind, withheld, count(*)::int AS shoppers, count(customer_id)::int AS known,
      count(*) FILTER (WHERE EXISTS (SELECT 1 FROM fact f
        WHERE f.shop_id = ${shopId} AND f.kind = 'order.looked_up' AND f.data ->> 'orderId' = chosen.id
          AND f.at > chosen.decided_at AND f.at <= chosen.decided_at + make_interval(days => ${EFFECT_DAYS}::int)))::int
        AS looked_up,
      count(*) FILTER (WHERE EXISTS (SELECT 1 FROM orders next
        WHERE next.shop_id = ${shopId} AND next.customer_id = chosen.customer_id AND next.placed_at > chosen.decided_at
          AND next.placed_at <= chosen.decided_at + make_interval(days => ${EFFECT_DAYS}::int)))::int AS bought_again,
      count(*) FILTER (WHERE cancelled_at > decided_at
        OR financial_status IN ('refunded', 'partially_refunded'))::int AS called_off
    FROM chosen GROUP BY kind, withheld`;
}
