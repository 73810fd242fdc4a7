import { daysBetween } from "../local-day.ts";
import type { ParcelScan, ParcelSituation } from "../situation.ts";
import { dayOfScan, happenedAt, scansOf } from "./scans.ts";

const ATTEMPTS = new Set(["delivery_attempted", "available_for_pickup", "delivered"]);

/** The scan that delivered the parcel to the shopper; null before, and where it was on its way back already. */
export function deliveryScan(parcel: ParcelSituation): ParcelScan | null {
  const first = scansOf(parcel, ({ status }) => status === "delivered")[0];
  if (!first) return null;
  const back = scansOf(parcel, ({ status }) => status === "return_to_sender")[0];
  return back && happenedAt(back) < happenedAt(first) ? null : first;
}

/**
 * By how many civil days the carrier came after the promise: the first attempt counts, because a shopper who was out did
 * not get a late parcel. Null without a promise, or before anybody came.
 */
export function daysLate(parcel: ParcelSituation): number | null {
  const promisedOn = parcel.forecast?.promisedOn;
  const attempt = scansOf(parcel, ({ status }) => ATTEMPTS.has(status))[0];
  return promisedOn && attempt ? daysBetween(promisedOn, dayOfScan(attempt, parcel)) : null;
}

/** A trouble that foresight sees in the parcel now. */
export function troubleIn(parcel: ParcelSituation | null, kind: string): { since: Date } | null {
  return parcel?.forecast?.troubles.find((trouble) => trouble.kind === kind) ?? null;
}

const ENDED = new Set(["delivered", "return_to_sender", "cancelled", "expired"]);

export function hasEnded(parcel: ParcelSituation | null): boolean {
  return parcel === null || ENDED.has(parcel.status);
}
