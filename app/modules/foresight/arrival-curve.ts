import type { Day, LocalMoment } from "./civil-day.ts";
import type { DeliveryClock } from "./delivery-clock.ts";

/** The whole forecast as one thing: what share of such parcels is still waiting at the end of each day from `now.day`. */
export interface ArrivalCurve {
  now: LocalMoment;
  /** Falls from day to day; the last value is what remains at the horizon. */
  survival: Float64Array;
}

export type Coverage = 0.5 | 0.8 | 0.9;

/** Civil days at the destination, both ends included. */
export interface DeliveryWindow {
  from: Day;
  to: Day;
  coverage: Coverage;
}

/** The moment by which a share of such parcels has arrived; at the horizon at the latest, never before now. */
export function momentOf({ now, survival }: ArrivalCurve, share: number, clock: DeliveryClock): LocalMoment {
  let before = 1;
  for (const [ahead, after] of survival.entries()) {
    if (1 - after >= share) {
      const part = before > after ? (share - (1 - before)) / (before - after) : 1;
      const hour = clock.hourOf(part, ahead === 0 ? now.hour : 0);
      return { day: now.day + ahead, hour };
    }
    before = after;
  }
  return { day: now.day + survival.length, hour: 0 };
}

/** The day by whose end a share has arrived. */
export function dayOf({ now, survival }: ArrivalCurve, share: number): Day {
  const ahead = survival.findIndex((after) => 1 - after >= share);
  return now.day + (ahead < 0 ? survival.length : ahead);
}

/** The middle part of the arrivals: equal shares come before and after it. */
export function windowOf(curve: ArrivalCurve, coverage: Coverage): DeliveryWindow {
  return { from: dayOf(curve, (1 - coverage) / 2), to: dayOf(curve, (1 + coverage) / 2), coverage };
}

/** P(it has not arrived by the end of a day | it has not arrived yet). */
export function waitingAfter({ now, survival }: ArrivalCurve, day: Day): number {
  if (day < now.day) return 1;
  return survival[Math.min(day - now.day, survival.length - 1)] ?? 1;
}
