import type { ShopTx } from "#app/lib/db.server.ts";
import type { Day } from "./civil-day.ts";
import type { FirstSaid } from "./foresee-parcel.ts";
import { type Journey, readJourney } from "./journey.ts";
import type { NightSums } from "./night-sums.ts";
import type { LawState } from "./law.ts";
import { type LawRows, toRows } from "./law-rows.ts";
import { type ParcelClocks, readClocks } from "./parcel-clocks.ts";
import type { StoredFacts } from "./stored-facts.ts";

/** A parcel that a night learns from. */
export interface NightRow {
  id: string;
  facts: StoredFacts;
  journey: Journey;
  clocks: ParcelClocks;
  promisedOn: string | null;
  firstSaid: FirstSaid | null;
  warnedOn: string | null;
}

/** What a night writes of it. */
export interface NightResult {
  id: string;
  clocks: ParcelClocks;
  learnFrom: Day | null;
  learnAt: Date | null;
  firstSaid: FirstSaid | null;
  warnedOn: string | null;
}

/** The first day that is over at its destination and that a parcel has not been learnt for; null when all is learnt. */
export async function firstUnlearntDay(tx: ShopTx, shopId: string, now: Date): Promise<Day | null> {
  const rows = await tx.$queryRaw<{ day: number }[]>`
    SELECT learn_from AS day FROM parcel_forecast
    WHERE shop_id = ${shopId} AND learn_from IS NOT NULL AND learn_at <= ${now.toISOString()}::timestamptz
    ORDER BY learn_from LIMIT 1`;
  return rows[0]?.day ?? null;
}

/** Whether a day has parcels left to learn. */
export async function hasMore(
  tx: ShopTx,
  { shopId, day, now }: { shopId: string; day: Day; now: Date },
): Promise<boolean> {
  const left = await tx.parcelForecast.findFirst({
    where: { shopId, learnFrom: day, learnAt: { lte: now } },
    select: { shipmentId: true },
  });
  return left !== null;
}

/** The next parcels of a day in the order of their ids, locked. */
export async function lockNightRows(
  tx: ShopTx,
  { shopId, day, after, now, limit }: { shopId: string; day: Day; after: string; now: Date; limit: number },
): Promise<NightRow[]> {
  const rows = await tx.$queryRaw<(NightRow & { clocks: unknown; journey: unknown })[]>`
    SELECT shipment_id AS id, facts, journey, clocks, promised_on AS "promisedOn", first_said AS "firstSaid",
      warned_on AS "warnedOn"
    FROM parcel_forecast
    WHERE shop_id = ${shopId} AND learn_from = ${day}::int AND shipment_id > ${after}
      AND learn_at <= ${now.toISOString()}::timestamptz
    ORDER BY shipment_id LIMIT ${limit}::int FOR NO KEY UPDATE`;
  return rows.map((row) => ({ ...row, journey: readJourney(row.journey), clocks: readClocks(row.clocks) }));
}

/**
 * Writes how far the parcels were learnt, in one statement. One that is learnt to its end and was foreseen is due to be
 * scored, and the sweep looks at it.
 */
export async function writeNightResults(
  tx: ShopTx,
  { shopId, results, now }: { shopId: string; results: readonly NightResult[]; now: Date },
): Promise<void> {
  if (results.length === 0) return;
  await tx.$executeRaw`
    UPDATE parcel_forecast p SET clocks = u.clocks, learn_from = u."learnFrom", learn_at = u."learnAt",
      first_said = COALESCE(p.first_said, u."firstSaid"), warned_on = COALESCE(p.warned_on, u."warnedOn"),
      review_at = CASE WHEN u."learnFrom" IS NULL AND p.scored_at IS NULL AND u."firstSaid" IS NOT NULL
        THEN LEAST(p.review_at, ${now.toISOString()}::timestamptz) ELSE p.review_at END
    FROM jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
      AS u (id text, clocks jsonb, "learnFrom" int, "learnAt" timestamptz, "firstSaid" jsonb, "warnedOn" text)
    WHERE p.shop_id = ${shopId} AND p.shipment_id = u.id`;
}

/** The rows that a night has added to; not those of the whole law. */
export function changedRows(state: LawState, { counts, ratios }: NightSums): LawRows {
  return toRows({ ...state, cells: pick(state.cells, counts), ratios: pick(state.ratios, ratios) });
}

type Tables<Row> = Map<string, Map<string, Row>>;

function pick<Row>(tables: Tables<Row>, keys: Tables<unknown>): Tables<Row> {
  const picked: Tables<Row> = new Map();
  for (const [table, rows] of keys) {
    const known = tables.get(table);
    const entries = [...rows.keys()].flatMap((key): [string, Row][] => {
      const row = known?.get(key);
      return row === undefined ? [] : [[key, row]];
    });
    picked.set(table, new Map(entries));
  }
  return picked;
}
