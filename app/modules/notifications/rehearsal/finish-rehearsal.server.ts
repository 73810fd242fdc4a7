import { createHash } from "node:crypto";
import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { pickLocale } from "#app/lib/i18n.ts";
import type { TextGroup } from "../sms/price-texts.ts";
import { REHEARSAL_LIMITS } from "./rehearsal-request.ts";
import type { PriceTexts } from "./price-rehearsed.server.ts";
import type { RehearsalSummary } from "./rehearsal-summary.ts";

interface Finished {
  shopId: string;
  dryRunId: string;
  /** The end of what was rehearsed. */
  to: Date;
  total: number;
  done: number;
}

/** Rows that are hashed at a time. */
const PAGE = 2_000;
const WORST = 20;

/** Sums the rehearsal up and seals it with a digest of every line: two rehearsals of the same past have the same. */
export async function finishRehearsal(
  tx: ShopTx,
  { clock, priceTexts }: { clock: Clock; priceTexts: PriceTexts },
  { shopId, dryRunId, to, total, done }: Finished,
): Promise<void> {
  const where = { shopId, dryRunId };
  const counts = await sumUp(tx, where);
  const texts = await readTexts(tx, where);
  const summary: RehearsalSummary = {
    ...counts,
    orders: Math.min(done, total),
    leftOut: Math.max(0, total - done),
    capped: total >= REHEARSAL_LIMITS.orders || done < total,
    textCost: texts.length > 0 ? await priceTexts(tx, { shopId, at: to, texts }) : null,
  };
  const digest = await digestOf(tx, where, summary);
  await tx.dryRun.update({
    where: { shopId_id: { shopId, id: dryRunId } },
    data: { state: "done", summary: summary as object, digest, ordersTotal: total, finishedAt: clock.now() },
  });
}

type Of = { shopId: string; dryRunId: string };
type Counts = Omit<RehearsalSummary, "orders" | "leftOut" | "capped" | "textCost">;

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
  const [people] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT person_key)::int AS count FROM dry_run_message
    WHERE shop_id = ${shopId} AND dry_run_id = ${dryRunId} AND outcome IN ('sent', 'waiting')`;
  const differences = await tx.$queryRaw<{ difference: string; count: number }[]>`
    SELECT difference, count(*)::int AS count FROM dry_run_message
    WHERE shop_id = ${shopId} AND dry_run_id = ${dryRunId} AND difference IS NOT NULL GROUP BY 1 ORDER BY 1`;
  const difference = Object.fromEntries(differences.map(({ difference: name, count }) => [name, count]));
  return { byKind, byDay, byRule, worst, people: people?.count ?? 0, difference };
}

/** The texts that cost alike, with how many of them are the first that their person gets. */
async function readTexts(tx: ShopTx, { shopId, dryRunId }: Of): Promise<TextGroup[]> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { locale: true } });
  const rows = await tx.$queryRaw<(Omit<TextGroup, "locale"> & { locale: string | null })[]>`
    SELECT kind, channel, locale, "countryCode", count(*)::int AS count,
      (count(*) FILTER (WHERE nth = 1 OR person_key IS NULL))::int AS first
    FROM (SELECT kind, channel, decision->>'locale' AS locale, decision->>'countryCode' AS "countryCode", person_key,
        row_number() OVER (PARTITION BY person_key ORDER BY at, position) AS nth
      FROM dry_run_message WHERE shop_id = ${shopId} AND dry_run_id = ${dryRunId}
        AND outcome IN ('sent', 'waiting') AND channel <> 'email') texts
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
  return rows.map(({ locale, ...row }) => ({ ...row, locale: pickLocale(locale, shop.locale) }));
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
