import type { StoredEvent } from "#app/modules/shipments/stored-event.ts";
import type { ShopSettings } from "#app/modules/shops/settings.ts";
import { readDay, weekOf } from "./civil-day.ts";
import { type FirstSaid, foreseeParcel } from "./foresee-parcel.ts";
import { type ForecastWishes, wishesOf } from "./forecast-wishes.ts";
import type { Journey } from "./journey.ts";
import type { ShopLaws } from "./law-book.server.ts";
import { learnTime } from "./learn-time.ts";
import { instantOf, localMoment } from "./local-moment.ts";
import { ClockWalker } from "./parcel-clocks.ts";
import { beforeOf, isFollowed, type ParcelRow, storedFactsOf } from "./parcel-row.ts";
import { isDue, lastDaySaid, type ScoredParcel } from "./score-forecasts.ts";
import { traceJourney } from "./trace-journey.ts";
import type { ForecastRow } from "./write-forecasts.server.ts";

/** A parcel before and after forecasting. */
export interface ForecastStep {
  row: ParcelRow;
  after: ForecastRow;
  score: ScoredParcel | null;
}

/** What the forecasts of one shop's parcels are made from. */
export type RowLaws = ShopLaws & { walker: ClockWalker; settings: ShopSettings; wishes: ForecastWishes };

/** Opens a shop's laws for its parcels; one of these serves a whole batch. */
export function openRowLaws(laws: ShopLaws, settings: ShopSettings): RowLaws {
  return { ...laws, walker: new ClockWalker(laws.transit, laws.holidays), settings, wishes: wishesOf(settings) };
}

/** A parcel with what was heard of it by now. */
export interface HeardParcel {
  row: ParcelRow;
  log: readonly StoredEvent[];
  now: Date;
}

/** Everything that is foreseen for a parcel now, from its row and its log: pure, whatever the clock says. */
export function forecastRow(laws: RowLaws, { row, log, now }: HeardParcel): ForecastStep {
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
    scoreWeek: score ? weekOf(score.promiseDay) : null,
    reviewAt:
      foreseen?.reviewAt ?? reviewOfEnded({ firstSaid, zone: facts.zone, done: Boolean(score ?? row.scoredAt) }),
  };
  return { row, after, score };
}

/** A parcel that is followed again is learnt from the day on which it is. */
function nextDay(row: ParcelRow, { journey, from, today }: { journey: Journey; from: number; today: number }) {
  if (row.learns) return from;
  return row.endedAs !== null && row.endedAs !== "arrived" && !journey.end ? today : null;
}

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
  return instantOf(zone, { day: lastDaySaid(firstSaid) + 1, hour: 0.1 });
}
