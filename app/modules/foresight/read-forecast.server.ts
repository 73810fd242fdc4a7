import type { ShopTx } from "#app/lib/db.server.ts";
import type { Reason } from "./explain-forecast.ts";
import { type ForecastView, type PromiseSource, readShown, type Trouble } from "./forecast-view.ts";
import { readJourney } from "./journey.ts";

/** What is foreseen for one parcel; null while nothing has been computed, which is a matter of seconds. */
export async function readForecast(tx: ShopTx, shopId: string, shipmentId: string): Promise<ForecastView | null> {
  const row = await tx.parcelForecast.findUnique({ where: { shopId_shipmentId: { shopId, shipmentId } } });
  if (!row) return null;
  return {
    windows: row.windows as ForecastView["windows"],
    shown: readShown(row.shown),
    likelyOn: row.likelyOn,
    promise: row.promisedOn ? { on: row.promisedOn, source: row.promiseSource as PromiseSource } : null,
    lateProbability: row.lateProbability,
    lostProbability: row.lostProbability,
    reasons: row.reasons as unknown as Reason[],
    troubles: row.troubles as unknown as Trouble[],
    ended: readJourney(row.journey).end !== null,
    computedAt: row.updatedAt,
    modelVersion: row.modelVersion,
  };
}
