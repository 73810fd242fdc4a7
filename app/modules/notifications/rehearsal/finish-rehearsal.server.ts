import { createHash } from "node:crypto";
import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { REHEARSAL_LIMITS } from "./rehearsal-request.ts";
import type { RehearsalSummary } from "./rehearsal-summary.ts";

/** What so many texts to each country would cost, at one text per message; null where it cannot be said. */
export type PriceTexts = (
  tx: ShopTx,
  wanted: { shopId: string; texts: readonly { countryCode: string | null; count: number }[] },
) => Promise<{ micros: number; currency: string } | null>;

interface Finished {
  shopId: string;
  dryRunId: string;
  total: number;
  done: number;
}

/** Rows that are hashed at a time. */
const PAGE = 2_000;
const WORST = 20;

/** Sums the rehearsal up and seals it with a digest of every line: two rehearsals of the same past have the same. */
export async function finishRehearsal(
  tx: ShopTx,
  { clock, priceTexts }: { clock: Clock; priceTexts?: PriceTexts },
  { shopId, dryRunId, total, done }: Finished,
): Promise<void> {
  const where = { shopId, dryRunId };
  const counts = await sumUp(tx, where);
  const texts = counts.texts;
  const summary: RehearsalSummary = {
    ...counts,
    orders: Math.min(done, total),
    leftOut: Math.max(0, total - done),
    capped: total >= REHEARSAL_LIMITS.orders || done < total,
    cost: priceTexts && texts.length > 0 ? await priceTexts(tx, { shopId, texts }) : null,
  };
  const digest = await digestOf(tx, where, summary);
  await tx.dryRun.update({
    where: { shopId_id: { shopId, id: dryRunId } },
    data: { state: "done", summary: summary as object, digest, ordersTotal: total, finishedAt: clock.now() },
  });
}

type Of = { shopId: string; dryRunId: string };
type Counts = Omit<RehearsalSummary, "orders" | "leftOut" | "capped" | "cost">;

async function sumUp(tx: ShopTx, { shopId, dryRunId }: Of): Promise<Counts> {
  const byKind = await tx.$queryRaw<Counts["byKind"]>`
    SELECT kind, channel, outcome, count(*)::int AS count FROM dry_run_message
    WHERE shop_id = ${shopId} AND dry_run_id = ${dryRunId} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
  const byDay = await tx.$queryRaw<Counts["byDay"]>`
    SELECT "on", channel, count(*)::int AS count FROM dry_run_message
    WHERE shop_id = ${shopId} AND dry_run_id = ${dryRunId} AND outcome IN ('sent', 'waiting')
    GROUP BY 1, 2 ORDER BY 1, 2`;
  const byRule = await tx.$queryRaw<Counts["byRule"]>`
    SELECT rule, count(*)::int AS count FROM dry_run_message
    WHERE shop_id = ${shopId} AND dry_run_id = ${dryRunId} AND rule IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`;
  const worst = await tx.$queryRaw<Counts["worst"]>`
    SELECT d.person_key AS "personKey", sum(d.count)::int AS count, max(d.count)::int AS "mostOnOneDay",
      (array_agg(d.order_id ORDER BY d.count DESC, d.order_id))[1] AS "orderId"
    FROM (SELECT person_key, "on", min(order_id) AS order_id, count(*)::int AS count FROM dry_run_message
      WHERE shop_id = ${shopId} AND dry_run_id = ${dryRunId} AND outcome IN ('sent', 'waiting')
        AND person_key IS NOT NULL GROUP BY 1, 2) d
    GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1 LIMIT ${WORST}::int`;
  const texts = await tx.$queryRaw<Counts["texts"]>`
    SELECT decision->>'countryCode' AS "countryCode", count(*)::int AS count FROM dry_run_message
    WHERE shop_id = ${shopId} AND dry_run_id = ${dryRunId} AND outcome IN ('sent', 'waiting') AND channel <> 'email'
    GROUP BY 1 ORDER BY 1`;
  const [people] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT person_key)::int AS count FROM dry_run_message
    WHERE shop_id = ${shopId} AND dry_run_id = ${dryRunId} AND outcome IN ('sent', 'waiting')`;
  const differences = await tx.$queryRaw<{ difference: string; count: number }[]>`
    SELECT difference, count(*)::int AS count FROM dry_run_message
    WHERE shop_id = ${shopId} AND dry_run_id = ${dryRunId} AND difference IS NOT NULL GROUP BY 1 ORDER BY 1`;
  const difference = Object.fromEntries(differences.map(({ difference: name, count }) => [name, count]));
  return { byKind, byDay, byRule, worst, texts, people: people?.count ?? 0, difference };
}

async function digestOf(tx: ShopTx, where: Of, summary: RehearsalSummary): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify(summary));
  for (let position = 0; ; position += PAGE) {
    const rows = await tx.dryRunMessage.findMany({
      where: { ...where, position: { gte: position, lt: position + PAGE } },
      orderBy: { position: "asc" },
      omit: { shopId: true, dryRunId: true },
    });
    for (const row of rows) hash.update(JSON.stringify(row));
    if (rows.length < PAGE) return hash.digest("base64url");
  }
}
