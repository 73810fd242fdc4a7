import type { ShopTx } from "#app/lib/db.server.ts";
import { weekOf } from "./civil-day.ts";
import { mergeScores, openScore, type Score, type ScoredParcel, scoreParcel } from "./score-forecasts.ts";

interface Scored {
  row: { carrier: string | null; countryCode: string | null };
  score: ScoredParcel;
}

/** Adds due parcels to the sums of their week, carrier and country: one statement, in the order of the keys. */
export async function addScores(tx: ShopTx, shopId: string, scored: readonly Scored[]): Promise<void> {
  if (scored.length === 0) return;
  const sums = new Map<string, { week: string; carrier: string; country: string; score: Score }>();
  for (const { row, score: parcel } of scored) {
    const [week, carrier, country] = [weekOf(parcel.promiseDay), row.carrier ?? "?", row.countryCode ?? "?"];
    const key = `${week}|${carrier}|${country}`;
    const score = mergeScores(sums.get(key)?.score ?? openScore(), scoreParcel(openScore(), parcel));
    sums.set(key, { week, carrier, country, score });
  }
  await tx.$executeRaw`
    INSERT INTO forecast_score AS s (shop_id, week_of, carrier, country_code, score)
    SELECT ${shopId}, u.week, u.carrier, u.country, u.score
    FROM jsonb_to_recordset(${JSON.stringify([...sums.values()])}::jsonb)
      AS u (week text, carrier text, country text, score jsonb)
    ORDER BY u.week, u.carrier, u.country
    ON CONFLICT (shop_id, week_of, carrier, country_code) DO UPDATE SET score = (
      SELECT jsonb_object_agg(a.key, a.value::float8 + COALESCE((s.score ->> a.key)::float8, 0))
      FROM jsonb_each_text(excluded.score) a)`;
}
