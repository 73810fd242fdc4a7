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
  await beginToLearn(tx, shopId, rows);
  await tx.$executeRaw`
    INSERT INTO parcel_forecast AS p (shop_id, shipment_id, model_version, facts, journey,
      promised_on, promise_source, windows, likely_on, shown, late_probability, lost_probability, peak_late, peak_label, peak_silence, peak_lost, reasons,
      troubles, trouble_kinds, first_said, warned_on, scored_at, score_week, review_at, created_at, updated_at)
    SELECT ${shopId}, u.id, COALESCE(u."modelVersion", ${MODEL_VERSION}), u.facts, u.journey, u."promisedOn",
      u."promiseSource", u.windows, u."likelyOn", u.shown, u."lateProbability", u."lostProbability", u."peakLate", u."peakLabel", u."peakSilence", u."peakLost",
      COALESCE(u.reasons, '[]'), u.troubles, u.kinds, u."firstSaid", u."warnedOn", u."scoredAt", u."scoreWeek", u."reviewAt",
      ${at}::timestamptz, ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows.map(toRecord))}::jsonb) AS u (id text, "modelVersion" text, facts jsonb, journey jsonb,
      "promisedOn" text, "promiseSource" text, windows jsonb, "likelyOn" text,
      shown jsonb, "lateProbability" float8, "lostProbability" float8, "peakLate" float8, "peakLabel" float8, "peakSilence" float8, "peakLost" float8, reasons jsonb,
      troubles jsonb, kinds text[], "firstSaid" jsonb, "warnedOn" text, "scoredAt" timestamptz, "scoreWeek" text, "reviewAt" timestamptz)
    ON CONFLICT (shop_id, shipment_id) DO UPDATE SET model_version = excluded.model_version, facts = excluded.facts,
      journey = excluded.journey, promised_on = excluded.promised_on, promise_source = excluded.promise_source,
      windows = COALESCE(excluded.windows, p.windows), likely_on = COALESCE(excluded.likely_on, p.likely_on),
      shown = COALESCE(excluded.shown, p.shown),
      late_probability = COALESCE(excluded.late_probability, p.late_probability),
      lost_probability = COALESCE(excluded.lost_probability, p.lost_probability),
      peak_late = COALESCE(excluded.peak_late, p.peak_late), peak_label = COALESCE(excluded.peak_label, p.peak_label),
      peak_silence = COALESCE(excluded.peak_silence, p.peak_silence), peak_lost = COALESCE(excluded.peak_lost, p.peak_lost),
      reasons = CASE WHEN excluded.windows IS NULL THEN p.reasons ELSE excluded.reasons END,
      troubles = excluded.troubles, trouble_kinds = excluded.trouble_kinds, first_said = excluded.first_said,
      warned_on = excluded.warned_on, scored_at = excluded.scored_at, score_week = COALESCE(excluded.score_week, p.score_week), review_at = excluded.review_at,
      updated_at = excluded.updated_at`;
}

/**
 * Hands new parcels to the nights, and those that are followed again; before their forecasts are written, which tell by
 * what was there whether they are. How far any other was learnt is the night's business.
 */
async function beginToLearn(tx: ShopTx, shopId: string, rows: readonly ForecastRow[]): Promise<void> {
  const due = rows.filter(({ learnFrom, learnAt }) => learnFrom !== null && learnAt !== null);
  await tx.$executeRaw`
    INSERT INTO parcel_clock (shop_id, shipment_id, learn_from, learn_at)
    SELECT ${shopId}, u.id, u.day, u.at
    FROM unnest(${due.map(({ id }) => id)}::text[], ${due.map(({ learnFrom }) => learnFrom)}::int[],
      ${due.map(({ learnAt }) => learnAt?.toISOString())}::timestamptz[]) AS u (id, day, at)
      LEFT JOIN parcel_forecast p ON p.shop_id = ${shopId} AND p.shipment_id = u.id
    WHERE p.shop_id IS NULL OR p.journey -> 'end' ->> 'kind' IN ('censored', 'lost')
    ORDER BY u.id ON CONFLICT DO NOTHING`;
}

function toRecord({ foreseen, ...row }: ForecastRow) {
  const troubles = foreseen?.troubles ?? [];
  const { modelVersion, windows, likelyOn, shown, lateProbability, lostProbability, peakLate, peaks, reasons } =
    foreseen ?? {};
  return {
    ...row,
    ...{
      modelVersion,
      windows,
      likelyOn,
      shown,
      lateProbability,
      lostProbability,
      peakLate,
      ...peaks,
      reasons,
      troubles,
    },
    kinds: troubles.map(({ kind }) => kind),
  };
}
