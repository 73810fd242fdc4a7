import type { ShopTx } from "#app/lib/db.server.ts";
import type { FirstSaid, Foreseen } from "./foresee-parcel.ts";
import type { Journey } from "./journey.ts";
import type { StoredFacts } from "./stored-facts.ts";
import { MODEL_VERSION } from "./transit-law.ts";

/** A parcel's forecast as it is to be written. */
export interface ForecastRow {
  id: string;
  facts: StoredFacts;
  journey: Journey;
  /** Null for a parcel that has arrived: what was said last stays, and nothing is wrong any more. */
  foreseen: Foreseen | null;
  firstSaid: FirstSaid | null;
  warnedOn: string | null;
  learnFrom: number | null;
  learnAt: Date | null;
  promisedOn: string | null;
  promiseSource: string | null;
  scoredAt: Date | null;
  /** The week in whose score it is now; null when it is in none yet, or has been for long. */
  scoreWeek: string | null;
  reviewAt: Date | null;
}

/** Writes the forecasts in one statement. How far a parcel was learnt is the night's business, once the row exists. */
export async function writeForecasts(
  tx: ShopTx,
  shopId: string,
  rows: readonly ForecastRow[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const at = now.toISOString();
  await tx.$executeRaw`
    INSERT INTO parcel_forecast AS p (shop_id, shipment_id, model_version, facts, journey, learn_from, learn_at,
      promised_on, promise_source, windows, likely_on, shown, late_probability, lost_probability, peak_late, reasons,
      troubles, trouble_kinds, first_said, warned_on, scored_at, score_week, review_at, created_at,
      updated_at)
    SELECT ${shopId}, u.id, ${MODEL_VERSION}, u.facts, u.journey, u."learnFrom", u."learnAt", u."promisedOn",
      u."promiseSource", u.windows, u."likelyOn", u.shown, u."lateProbability", u."lostProbability", u."peakLate",
      COALESCE(u.reasons, '[]'), u.troubles, u.kinds, u."firstSaid", u."warnedOn", u."scoredAt", u."scoreWeek", u."reviewAt",
      ${at}::timestamptz, ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows.map(toRecord))}::jsonb) AS u (id text, facts jsonb, journey jsonb,
      "learnFrom" int, "learnAt" timestamptz, "promisedOn" text, "promiseSource" text, windows jsonb, "likelyOn" text,
      shown jsonb, "lateProbability" float8, "lostProbability" float8, "peakLate" float8, reasons jsonb,
      troubles jsonb, kinds text[], "firstSaid" jsonb, "warnedOn" text, "scoredAt" timestamptz, "scoreWeek" text,
      "reviewAt" timestamptz)
    ON CONFLICT (shop_id, shipment_id) DO UPDATE SET model_version = excluded.model_version, facts = excluded.facts,
      journey = excluded.journey, learn_from = COALESCE(p.learn_from, excluded.learn_from),
      learn_at = COALESCE(p.learn_at, excluded.learn_at), promised_on = excluded.promised_on, promise_source = excluded.promise_source,
      windows = COALESCE(excluded.windows, p.windows), likely_on = COALESCE(excluded.likely_on, p.likely_on),
      shown = COALESCE(excluded.shown, p.shown),
      late_probability = COALESCE(excluded.late_probability, p.late_probability),
      lost_probability = COALESCE(excluded.lost_probability, p.lost_probability),
      peak_late = COALESCE(excluded.peak_late, p.peak_late),
      reasons = CASE WHEN excluded.windows IS NULL THEN p.reasons ELSE excluded.reasons END,
      troubles = excluded.troubles, trouble_kinds = excluded.trouble_kinds, first_said = excluded.first_said,
      warned_on = excluded.warned_on, scored_at = excluded.scored_at, score_week = COALESCE(excluded.score_week, p.score_week), review_at = excluded.review_at,
      updated_at = excluded.updated_at`;
}

function toRecord({ foreseen, ...row }: ForecastRow) {
  const troubles = foreseen?.troubles ?? [];
  const { windows, likelyOn, shown, lateProbability, lostProbability, peakLate, reasons } = foreseen ?? {};
  return {
    ...row,
    ...{ windows, likelyOn, shown, lateProbability, lostProbability, peakLate, reasons, troubles },
    kinds: troubles.map(({ kind }) => kind),
  };
}
