import type { CarrierLimits } from "#app/modules/carriers/carrier.ts";
import type { ShipmentStatus } from "#app/modules/carriers/status.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A day's budget below this is too small to be shared out by the hour. */
const WORTH_SHARING = 48;
/** No hour takes more than this many times its share of the day. */
const MOST_IN_HOUR = 2;
/** Part of a day's budget by which pressing questions may run ahead of the clock. */
const AHEAD = 0.25;
/** Part of an hour's budget that questions which can wait leave to those that cannot. */
const FOR_PRESSING = 0.25;
/** Questions per parcel and day that the schedule asks when nothing holds it back, about. */
const USUAL_ASKS = 4;
/** Part of the budget that plans may count on: tokens, tests and repeated questions need the rest. */
const PLANNED = 0.9;
/** Hours between two questions about a pressing parcel while the budget is scarce. */
export const PRESSING_LEAST = 2.5;

/** Parcels that an account is asked about, and how many of them press. */
export interface Load {
  parcels: number;
  pressing: number;
}

/**
 * How little the next question about a parcel can wait: 2 where it is at the door, on the van or missed, 1 where it is
 * expected today (`today` as its carrier writes dates), 0 otherwise.
 */
export function urgencyOf(status: ShipmentStatus, expectedOn: string | null, today: string): 0 | 1 | 2 {
  if (status === "out_for_delivery" || status === "delivery_attempted") return 2;
  return expectedOn === today && status !== "delivered" ? 1 : 0;
}

/**
 * Hours between two questions about a parcel that can wait, so that the account's budget lasts for all of its parcels, the
 * pressing ones first; 0 where the budget is no matter.
 */
export function fairHours(limits: CarrierLimits | null, { parcels, pressing }: Load): number {
  const perDay = limits
    ? Math.min(limits.requestsPerDay ?? Infinity, (limits.requestsPerHour ?? Infinity) * 24)
    : Infinity;
  if (!limits || perDay === Infinity) return 0;
  const budget = perDay * limits.batchSize * PLANNED;
  if (parcels * USUAL_ASKS <= budget) return 0;
  return (24 * (parcels - pressing)) / Math.max(budget - pressing * USUAL_ASKS, budget / 4);
}

/** Requests that an account may make in one clock hour; null = any number. */
export function mostInHour({ requestsPerHour, requestsPerDay }: CarrierLimits, pace: number): number | null {
  if (requestsPerHour !== undefined) return requestsPerHour * pace;
  if (!isShared(requestsPerDay)) return null;
  return Math.floor((MOST_IN_HOUR * requestsPerDay * pace) / 24);
}

interface Spending {
  limits: CarrierLimits;
  pace: number;
  /** Requests made in this UTC day and in this clock hour. */
  usedToday: number;
  usedThisHour: number;
  /** The question cannot wait. */
  pressing: boolean;
  now: Date;
}

/**
 * Whether the next question may be asked in this hour. A day's budget becomes free hour by hour: what can wait never runs
 * ahead of the clock, what presses may a little. So the evening has questions left, and a busy noon goes to the van.
 */
export function maySpend({ limits, pace, usedToday, usedThisHour, pressing, now }: Spending): boolean {
  const { requestsPerDay, requestsPerHour } = limits;
  if (requestsPerHour !== undefined && !pressing && usedThisHour >= requestsPerHour * pace * (1 - FOR_PRESSING)) {
    return false;
  }
  if (!isShared(requestsPerDay)) return true;
  const hours = Math.floor((now.getTime() % DAY) / HOUR) + 1;
  return usedToday < requestsPerDay * pace * (hours / 24 + (pressing ? AHEAD : 0));
}

function isShared(requestsPerDay: number | null): requestsPerDay is number {
  return requestsPerDay !== null && requestsPerDay >= WORTH_SHARING;
}
