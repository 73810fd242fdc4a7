import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { readDay, weekOf } from "./civil-day.ts";
import { judgeScore, type Scorecard } from "./judge-score.ts";
import { mergeScores, openScore, type Score } from "./score-forecasts.ts";

export interface LaneScore {
  /** Our carrier id, or "?" while it was not known. */
  carrier: string;
  /** ISO country of the destination, or "?"; null for the carrier as a whole. */
  countryCode: string | null;
  parcels: number;
  scorecard: Scorecard;
}

export interface WeekScore {
  /** Monday of the week in which the parcels' promise or window passed. */
  weekOf: string;
  parcels: number;
  scorecard: Scorecard;
}

/** What was said beside what came of it, of the parcels of which everything that was said could have come true. */
export interface ShopScorecard {
  /** Monday of its first week. */
  since: string;
  parcels: number;
  overall: Scorecard;
  carriers: LaneScore[];
  lanes: LaneScore[];
  /** The oldest first. */
  weeks: WeekScore[];
}

/** Lanes that one page lists. */
const MOST_LANES = 200;

/** The shop's scorecard over so many weeks up to now; the largest carriers and lanes first. */
export async function readScorecard(
  tx: ShopTx,
  shopId: string,
  { weeks, clock }: { weeks: number; clock: Clock },
): Promise<ShopScorecard> {
  const today = readDay(clock.now().toISOString());
  const since = weekOf(today - 7 * (weeks - 1));
  const rows = await tx.forecastScore.findMany({
    where: { shopId, weekOf: { gte: since } },
    orderBy: { weekOf: "asc" },
  });
  const scores = rows.map((row) => ({ ...row, score: { ...openScore(), ...(row.score as object) } }));
  const total = scores.map(({ score }) => score).reduce(mergeScores, openScore());
  const laneOf = (key: string, score: Score): LaneScore => {
    const [carrier = "?", countryCode = null] = key.split("\n");
    return { carrier, countryCode, parcels: score.parcels, scorecard: judgeScore(score) };
  };
  return {
    since,
    parcels: total.parcels,
    overall: judgeScore(total),
    carriers: largest(sumBy(scores, ({ carrier }) => carrier)).map(([key, score]) => laneOf(key, score)),
    lanes: largest(sumBy(scores, ({ carrier, countryCode }) => `${carrier}\n${countryCode}`))
      .slice(0, MOST_LANES)
      .map(([key, score]) => laneOf(key, score)),
    weeks: [...sumBy(scores, (row) => row.weekOf)].map(([monday, score]) => {
      return { weekOf: monday, parcels: score.parcels, scorecard: judgeScore(score) };
    }),
  };
}

function sumBy<Row extends { score: Score }>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Score> {
  const sums = new Map<string, Score>();
  for (const row of rows) sums.set(keyOf(row), mergeScores(sums.get(keyOf(row)) ?? openScore(), row.score));
  return sums;
}

function largest(sums: ReadonlyMap<string, Score>): [string, Score][] {
  return [...sums].sort(([, left], [, right]) => right.parcels - left.parcels);
}
