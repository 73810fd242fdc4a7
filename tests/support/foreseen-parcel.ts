import type { ShopTx } from "#app/lib/db.server.ts";
import type { Trouble } from "#app/modules/foresight/forecast-view.ts";

export interface ForeseenOptions {
  shopId: string;
  shipmentId: string;
  now: Date;
  troubles?: Trouble["kind"][];
  lateProbability?: number;
  shown?: { on: string; from?: string };
}

/** What foresight would have written about a parcel. */
export async function makeForecast(tx: ShopTx, given: ForeseenOptions): Promise<void> {
  const { shopId, shipmentId, now, troubles = [], lateProbability = 0.2, shown = { on: "2026-12-01" } } = given;
  const day = { from: shown.from ?? shown.on, to: shown.on };
  const found: Trouble[] = troubles.map((kind) => ({
    ...{ kind, since: now.toISOString(), probability: null, silentShare: null, silentDays: null, daysOver: null },
  }));
  await tx.parcelForecast.create({
    data: {
      ...{ shopId, shipmentId, modelVersion: "test", facts: {}, createdAt: now, updatedAt: now },
      journey: { stages: [], news: [], end: null, attempt: null },
      windows: { w50: day, w80: day, w90: day },
      ...{ likelyOn: shown.on, lateProbability, lostProbability: 0.01, promisedOn: shown.on, promiseSource: "rule" },
      shown: { ...shown, source: "forecast", coverage: 0.5 },
      troubles: found as unknown as object[],
      troubleKinds: troubles,
    },
  });
  await tx.parcelClock.create({ data: { shopId, shipmentId, learnFrom: 20_000, learnAt: now } });
}
