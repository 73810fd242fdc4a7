import { bytesOf, type ShopTx } from "#app/lib/db.server.ts";
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
  peakLate: number | null;
}

/** What a night writes of it. */
export interface NightResult {
  id: string;
  /** As JSON: a text of a batch is lighter to keep than what it was made from. */
  clocks: string;
  learnFrom: Day | null;
  /** An instant, as ISO 8601. */
  learnAt: string | null;
  firstSaid: FirstSaid | null;
  warnedOn: string | null;
  peakLate: number | null;
  /** The night has found what was not written before: what would have been said, or that a delay was to be seen. */
  tells: boolean;
  /** It may be scored: it was learnt to its end, or nothing that was said of it can come true any more. */
  due: boolean;
}

/** The first day that is over at its destination and that a parcel has not been learnt for; null when all is learnt. */
export async function firstUnlearntDay(tx: ShopTx, shopId: string, now: Date): Promise<Day | null> {
  const rows = await tx.$queryRaw<{ day: number | null }[]>`
    SELECT min(learn_from) AS day FROM parcel_clock
    WHERE shop_id = ${shopId} AND learn_at <= ${now.toISOString()}::timestamptz`;
  return rows[0]?.day ?? null;
}

/** A place in a day's parcels, which are learnt in the order of their ids. */
export interface NightPlace {
  shopId: string;
  day: Day;
  after: string;
  now: Date;
}

/** Whether a day has parcels left to learn. */
export async function hasMore(tx: ShopTx, { shopId, day, after, now }: NightPlace): Promise<boolean> {
  const left = await tx.parcelClock.findFirst({
    where: { shopId, shipmentId: { gt: after }, learnFrom: day, learnAt: { lte: now } },
    select: { shipmentId: true },
    orderBy: { shipmentId: "asc" },
  });
  return left !== null;
}

/**
 * The next parcels of a day in the order of their ids, locked: a line of JSON for each. They come as one text, since a value
 * costs more than a byte, and are read one by one (`readNightRow`), since many at once would outlive the youngest garbage.
 */
export async function lockNightRows(
  tx: ShopTx,
  { shopId, day, after, now, limit }: NightPlace & { limit: number },
): Promise<string[]> {
  const [read] = await tx.$queryRaw<{ rows: string | null }[]>`
    SELECT string_agg(row_to_json(r)::text, E'\n') AS rows FROM (
      SELECT c.shipment_id AS id, p.facts, c.clocks,
        CASE WHEN p.journey -> 'news' = p.journey -> 'stages' THEN p.journey - 'news' ELSE p.journey END AS journey,
        p.promised_on AS "promisedOn", p.first_said AS "firstSaid", p.warned_on AS "warnedOn", p.peak_late AS "peakLate"
      FROM parcel_clock c
        JOIN parcel_forecast p ON p.shop_id = c.shop_id AND p.shipment_id = c.shipment_id AND p.shipment_id > ${after}
      WHERE c.shop_id = ${shopId} AND c.learn_from = ${day}::int AND c.shipment_id > ${after}
        AND c.learn_at <= ${now.toISOString()}::timestamptz
      ORDER BY c.shipment_id LIMIT ${limit}::int FOR NO KEY UPDATE OF c) r`;
  return read?.rows?.split("\n") ?? [];
}

/** A parcel from its line. */
export function readNightRow(line: string): NightRow {
  const row = JSON.parse(line) as NightRow & { journey: unknown; clocks: unknown };
  row.journey = readJourney(withNews(row.journey as Partial<Journey> | null));
  row.clocks = readClocks(row.clocks);
  return row;
}

/** Most ways have the same news as stages; they are the longest part of a line, and come once then. */
const withNews = (journey: Partial<Journey> | null): unknown =>
  journey?.stages && !journey.news ? { ...journey, news: journey.stages } : journey;

/** Writes how far the parcels were learnt: the narrow rows of all of them, and the forecasts of the few that it tells of. */
export async function writeNightResults(
  tx: ShopTx,
  { shopId, day, results, now }: { shopId: string; day: Day; results: readonly NightResult[]; now: Date },
): Promise<void> {
  const [left, over]: [NightResult[], string[]] = [[], []];
  for (const result of results)
    if (result.learnFrom === null) over.push(result.id);
    else left.push(result);
  if (left.length > 0)
    // The ends of the range keep the join from reading all the shop's parcels for a few of them.
    await tx.$executeRaw`
      UPDATE parcel_clock c SET clocks = u.clocks, learn_from = ${day + 1}::int, learn_at = u.at
      FROM unnest(string_to_array(${lines(left, ({ id }) => id)}, E'\n'),
        string_to_array(convert_from(${bytesOf(lines(left, ({ clocks }) => clocks))}, 'UTF8'), E'\n')::json[],
        string_to_array(${lines(left, ({ learnAt }) => learnAt ?? "")}, E'\n')::timestamptz[])
        AS u (id, clocks, at)
      WHERE c.shop_id = ${shopId} AND c.shipment_id = u.id
        AND c.shipment_id BETWEEN ${left[0]?.id ?? ""} AND ${left.at(-1)?.id ?? ""}`;
  if (over.length > 0)
    await tx.$executeRaw`
      DELETE FROM parcel_clock WHERE shop_id = ${shopId} AND shipment_id = ANY (${over}::text[])`;
  await tellForecasts(tx, { shopId, results, now });
}

/** One text for a column: an array of texts is escaped and parsed value by value. None of the values has a line's end. */
function lines(results: readonly NightResult[], textOf: (result: NightResult) => string): string {
  return results.map(textOf).join("\n");
}

/** What is due to be scored is looked at by the sweep: parcels that never came with those that did. */
async function tellForecasts(
  tx: ShopTx,
  { shopId, results, now }: { shopId: string; results: readonly NightResult[]; now: Date },
): Promise<void> {
  const told = results
    .filter(({ tells, due }) => tells || due)
    .map(({ id, firstSaid, warnedOn, peakLate, due }) => ({ id, firstSaid, warnedOn, peakLate, due }));
  if (told.length === 0) return;
  // Locked in the order in which forecasts are written, before the update joins them in any.
  await tx.$queryRaw`
    SELECT shipment_id FROM parcel_forecast WHERE shop_id = ${shopId}
      AND shipment_id = ANY (${told.map(({ id }) => id)}::text[]) ORDER BY shipment_id FOR NO KEY UPDATE`;
  await tx.$executeRaw`
    UPDATE parcel_forecast p SET first_said = COALESCE(p.first_said, u."firstSaid"),
      warned_on = COALESCE(p.warned_on, u."warnedOn"), peak_late = GREATEST(p.peak_late, u."peakLate"),
      review_at = CASE WHEN u.due AND p.scored_at IS NULL
        THEN LEAST(p.review_at, ${now.toISOString()}::timestamptz) ELSE p.review_at END
    FROM jsonb_to_recordset(${JSON.stringify(told)}::jsonb)
      AS u (id text, "firstSaid" jsonb, "warnedOn" text, "peakLate" float8, due boolean)
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
    const own = new Map<string, Row>();
    for (const key of rows.keys()) {
      const row = known?.get(key);
      if (row !== undefined) own.set(key, row);
    }
    picked.set(table, own);
  }
  return picked;
}
