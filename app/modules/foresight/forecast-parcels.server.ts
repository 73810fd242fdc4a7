import { enqueueAll } from "#app/jobs/define-job.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { recordActivity } from "#app/modules/activity/record-activity.server.ts";
import { recordFacts } from "#app/modules/analytics/record-fact.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import type { ShopSettings } from "#app/modules/shops/settings.ts";
import { loadLogs } from "#app/modules/shipments/recording-store.server.ts";
import { readDay } from "./civil-day.ts";
import { type FirstSaid, foreseeParcel } from "./foresee-parcel.ts";
import { type ForecastWishes, wishesOf } from "./forecast-wishes.ts";
import type { ForesightDeps } from "./foresight-deps.ts";
import type { Journey } from "./journey.ts";
import type { ShopLaws } from "./law-book.server.ts";
import { instantOf, localMoment } from "./local-moment.ts";
import { learnTime } from "./learn-time.ts";
import { callNight } from "./night-schedule.server.ts";
import { ClockWalker } from "./parcel-clocks.ts";
import { beforeOf, isFollowed, lockParcels, type ParcelRow, storedFactsOf } from "./parcel-rows.server.ts";
import { freezePromises } from "./promise.server.ts";
import { addScores } from "./score-store.server.ts";
import { isDue, type ScoredParcel } from "./score-forecasts.ts";
import { activitiesOf, newTroubles } from "./tell-forecast.ts";
import { traceJourney } from "./trace-journey.ts";
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
  const walker = new ClockWalker(laws.transit, laws.holidays);
  const wishes = wishesOf(settings);
  const steps = rows.map((row) =>
    forecastRow({ ...laws, walker, settings, wishes }, { row, log: logs.get(row.id) ?? [], now }),
  );
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

/** A parcel before and after forecasting. */
export interface ForecastStep {
  row: ParcelRow;
  after: ForecastRow;
  score: ScoredParcel | null;
}

type Laws = ShopLaws & { walker: ClockWalker; settings: ShopSettings; wishes: ForecastWishes };
type Heard = { row: ParcelRow; log: Parameters<typeof traceJourney>[0]; now: Date };

function forecastRow(laws: Laws, { row, log, now }: Heard): ForecastStep {
  const facts = storedFactsOf(row, laws.settings);
  const journey = traceJourney(log, {
    ...{ status: row.status, subStatus: row.subStatus, statusAt: row.statusAt, shippedAt: row.shippedAt },
    active: isFollowed(row),
    zone: facts.zone,
    destination: { city: row.city, zip: row.postalCode },
  });
  const firstDay = journey.stages[0]?.day ?? localMoment(facts.zone, now).day;
  const before = beforeOf(row, firstDay);
  const promiseDay = row.promisedOn === null ? null : readDay(row.promisedOn);
  const foreseen = foreseeParcel(laws, { facts, journey, promiseDay, before, now, seed: row.id });
  const firstSaid = foreseen?.firstSaid ?? before.firstSaid;
  const warnedOn = foreseen?.warnedOn ?? before.warnedOn;
  const today = localMoment(facts.zone, now).day;
  const score = scoreOf({ row, journey, firstSaid, warnedOn, today });
  const learnFrom = nextDay(row, { journey, from: before.learnFrom, today });
  const after: ForecastRow = {
    ...{ id: row.id, facts, journey, foreseen, firstSaid, warnedOn, learnFrom },
    learnAt: learnFrom === null ? null : learnTime(facts.zone, learnFrom),
    promisedOn: row.promisedOn,
    promiseSource: row.promiseSource,
    scoredAt: score ? now : row.scoredAt,
    reviewAt:
      foreseen?.reviewAt ?? reviewOfEnded({ firstSaid, zone: facts.zone, done: Boolean(score ?? row.scoredAt) }),
  };
  return { row, after, score };
}

/** A parcel that is followed again is learnt from the day on which it is. */
function nextDay(row: ParcelRow, { journey, from, today }: { journey: Journey; from: number; today: number }) {
  if (row.learns) return from;
  return row.endedAs === "censored" && !journey.end ? today : null;
}

const factsOf = (steps: readonly ForecastStep[], now: Date) =>
  steps.flatMap((step) => troubleFacts(newTroubles(step), { id: step.row.id, facts: step.after.facts, now }));

const isLate = ({ learnAt }: ForecastRow, now: Date): boolean => learnAt !== null && learnAt <= now;

interface Scoring {
  row: ParcelRow;
  journey: Journey;
  firstSaid: FirstSaid | null;
  warnedOn: string | null;
  today: number;
}

/** What is scored of a parcel now: once, when everything that was said could have come true. */
function scoreOf({ row, journey, firstSaid, warnedOn, today }: Scoring): ScoredParcel | null {
  if (!firstSaid || row.scoredAt || journey.end?.kind === "censored") return null;
  const parcel: ScoredParcel = {
    ...firstSaid,
    warnedDay: warnedOn === null ? null : readDay(warnedOn),
    arrivedDay: journey.attempt,
  };
  return isDue(parcel, today) ? parcel : null;
}

/** A parcel that has arrived waits for the day on which it may be scored, and for nothing else. */
function reviewOfEnded({ firstSaid, zone, done }: { firstSaid: FirstSaid | null; zone: string; done: boolean }) {
  if (!firstSaid || done) return null;
  const { promiseDay, by, windows, carrierDay } = firstSaid;
  const dueDay = Math.max(promiseDay, by.q90, windows.w90.to, carrierDay ?? 0) + 1;
  return instantOf(zone, { day: dueDay, hour: 0.1 });
}
