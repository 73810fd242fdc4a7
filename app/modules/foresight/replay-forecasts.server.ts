import type { ShopTx } from "#app/lib/db.server.ts";
import { loadLogs } from "#app/modules/shipments/recording-store.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { readDay } from "./civil-day.ts";
import { MOST_PARCELS } from "./forecast-parcels.server.ts";
import { openRowLaws } from "./forecast-row.ts";
import type { ForesightDeps } from "./foresight-deps.ts";
import { readParcels } from "./parcel-rows.server.ts";
import { readPromises } from "./promise.server.ts";
import { type ForecastMoment, replayParcel } from "./replay-parcel.ts";

/** Which parcels are replayed, and the time; both ends included. */
export interface ReplayInput {
  shopId: string;
  shipmentIds: readonly string[];
  from: Date;
  to: Date;
}

/**
 * What would have been foreseen for parcels of one shop between two moments, by the code that foresees them live, with
 * what the shop has learnt and wishes today. Writes nothing; the same rows give the same answer. Parcels that
 * are not there are left out, those of which nothing was known by `to` have no entries.
 * @throws RangeError above MOST_PARCELS parcels.
 */
export async function replayForecasts(
  tx: ShopTx,
  deps: Pick<ForesightDeps, "laws">,
  { shopId, shipmentIds, from, to }: ReplayInput,
): Promise<Map<string, ForecastMoment[]>> {
  if (shipmentIds.length > MOST_PARCELS) throw new RangeError(`${shipmentIds.length} parcels in one replay`);
  const laws = await deps.laws.of(tx, shopId, readDay(to.toISOString()));
  const settings = await loadSettings(tx, shopId);
  const parcels = await readParcels(tx, shopId, shipmentIds);
  const rows = await readPromises(tx, { shopId, rows: parcels, settings, holidays: laws.holidays });
  const logs = await loadLogs(
    tx,
    shopId,
    rows.map(({ id }) => id),
  );
  const rowLaws = openRowLaws(laws, settings);
  return new Map(rows.map((row) => [row.id, replayParcel(rowLaws, { row, log: logs.get(row.id) ?? [], from, to })]));
}
