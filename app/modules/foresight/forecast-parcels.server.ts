import { enqueueAll } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { recordFacts } from "#app/modules/analytics/record-fact.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { loadLogs } from "#app/modules/shipments/recording-store.server.ts";
import { readDay } from "./civil-day.ts";
import { forecastRow, type ForecastStep, openRowLaws } from "./forecast-row.ts";
import type { ForesightDeps } from "./foresight-deps.ts";
import { callNight } from "./night-schedule.server.ts";
import type { ParcelRow } from "./parcel-row.ts";
import { lockParcels } from "./parcel-rows.server.ts";
import { freezePromises } from "./promise.server.ts";
import { addScores } from "./score-store.server.ts";
import { activitiesOf, newTroubles } from "./tell-forecast.ts";
import { troubleFacts } from "./trouble-facts.ts";
import { type ForecastRow, writeForecasts } from "./write-forecasts.server.ts";

/** Parcels in one transaction. */
export const MOST_PARCELS = 200;

/** What came of forecasting some parcels. */
export interface ForecastReport {
  forecast: number;
  scored: number;
}

/**
 * Forecasts parcels of one shop again from their logs: windows, risks, what is wrong, the date to show, and what they
 * leave to learn. Safe to repeat; with what it tells in one transaction. The state of the parcels is never touched.
 * @throws RangeError above MOST_PARCELS parcels.
 */
export function forecastParcels(
  deps: ForesightDeps,
  { shopId, shipmentIds }: { shopId: string; shipmentIds: readonly string[] },
): Promise<ForecastReport> {
  if (shipmentIds.length > MOST_PARCELS) throw new RangeError(`${shipmentIds.length} parcels in one batch`);
  return deps.db.forShop(shopId, (tx) => forecastIn(tx, deps, { shopId, shipmentIds }));
}

async function forecastIn(
  tx: ShopTx,
  deps: ForesightDeps,
  { shopId, shipmentIds }: { shopId: string; shipmentIds: readonly string[] },
): Promise<ForecastReport> {
  const now = deps.clock.now();
  const locked = await lockParcels(tx, shopId, shipmentIds);
  const laws = await deps.laws.of(tx, shopId, readDay(now.toISOString()));
  const settings = await loadSettings(tx, shopId);
  const rows = await freezePromises(tx, deps, { shopId, rows: locked, settings, holidays: laws.holidays });
  const logs = await loadLogs(
    tx,
    shopId,
    rows.map(({ id }) => id),
  );
  const rowLaws = openRowLaws(laws, settings);
  const steps = rows.map((row) => forecastRow(rowLaws, { row, log: logs.get(row.id) ?? [], now }));
  await writeForecasts(
    tx,
    shopId,
    steps.map(({ after }) => after),
    now,
  );
  const scored = steps.flatMap(({ row, score }) => (score ? [{ row, score }] : []));
  await addScores(tx, shopId, scored);
  await recordActivity(tx, deps.clock, shopId, steps.flatMap(activitiesOf));
  await decideMessages(tx, deps, { shopId, steps });
  await recordFacts(tx, deps.clock, shopId, factsOf(steps, now));
  await lookAgain(tx, { shopId, rows, now });
  await callNight(tx, deps, { shopId, late: steps.some(({ after }) => isLate(after, now)) });
  return { forecast: rows.length, scored: scored.length };
}

/** What went wrong, is over, or moved the date may call for a message. */
async function decideMessages(
  tx: ShopTx,
  { queue }: ForesightDeps,
  { shopId, steps }: { shopId: string; steps: readonly ForecastStep[] },
): Promise<void> {
  const changed = steps.filter((step) => step.row.origin !== "import" && activitiesOf(step).length > 0);
  const orderIds = [...new Set(changed.map(({ row }) => row.orderId))];
  const payloads = orderIds.map((orderId) => ({ shopId, orderId }));
  await enqueueAll({ queue, tx }, "notifications.decide", payloads);
}

/** An order that waited for too long has a parcel now: it is looked at by the next sweep. */
async function lookAgain(tx: ShopTx, { shopId, rows, now }: { shopId: string; rows: readonly ParcelRow[]; now: Date }) {
  const waiting = rows.filter(({ unfulfilledSince }) => unfulfilledSince !== null).map(({ orderId }) => orderId);
  if (waiting.length === 0) return;
  await tx.order.updateMany({ where: { shopId, id: { in: waiting } }, data: { shipReviewAt: now } });
}

const factsOf = (steps: readonly ForecastStep[], now: Date) =>
  steps.flatMap((step) => troubleFacts(newTroubles(step), { id: step.row.id, facts: step.after.facts, now }));

const isLate = ({ learnAt }: ForecastRow, now: Date): boolean => learnAt !== null && learnAt <= now;
