import type { CarrierErrorKind, CarrierLimits } from "#app/modules/carriers/carrier.ts";
import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import { isDaytime } from "./destination-zone.ts";
import { spread } from "./spread.ts";

/** Why nobody asks about a parcel any more; shown to the merchant in words. */
export type StopReason =
  | "delivered"
  | "returned"
  | "cancelled"
  | "removed"
  | "expired"
  | "not_found"
  | "invalid_number"
  | "not_supported"
  | "no_account"
  | "auth_failed";

export interface WatchFacts {
  shipmentId: string;
  lifecycle: string;
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  statusSince: Date;
  /** When the parcel was shipped, or we first heard of it. */
  startedAt: Date;
  /** The instant of the newest scan; null where that scan has none. */
  lastEventAt: Date | null;
  lastNewsAt: Date | null;
  lastCheckAt: Date | null;
  destinationCountry: string | null;
  crossBorder: boolean;
  /** A postal item (S10 number): posts go quiet for longer. */
  postal: boolean;
  /** Civil date of the expected delivery, `YYYY-MM-DD`. */
  expectedOn: string | null;
  /** UTC day of the last checks, and how many there were on it. */
  checksOn: string | null;
  checksThatDay: number;
  failures: number;
  problem: { kind: CarrierErrorKind; retryAfterSeconds?: number } | null;
  /** Pushes of the carrier are expected until then. */
  pushUntil: Date | null;
  limits: CarrierLimits | null;
  /** Divides every interval; 1 in production. */
  pace: number;
}

export type NextCheck =
  | { kind: "check"; at: Date }
  | { kind: "stop"; reason: StopReason }
  /** Silent for too long: record that, which is what makes it `expired`. */
  | { kind: "expire" };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const JITTER = 0.15;
const SILENT_DAYS = { parcel: 30, post: 60 } as const;
/** A number that no carrier has known for so long was mistyped or never used. */
const NEVER_FOUND = 14 * DAY;
/** "Not found" in the first days is normal: the label may not have been scanned yet. */
const NOT_FOUND_GRACE = 2 * DAY;
/** A number called invalid is asked again this often, in case the carrier was wrong. */
const INVALID_TRIES = 3;
const CONFIRM_DELIVERY_AFTER = DAY;
/** With pushes arriving, asking only heals what a lost push left behind. */
const HEAL_INTERVAL = DAY;
const FIRST_BACK_OFF = 15 * MINUTE;
const LONGEST_BACK_OFF = 12 * HOUR;

/**
 * When to ask the carrier again, or why not to. Pure: the same facts give the same moment, with a jitter of ±15 % that
 * depends on the parcel and its count of checks, so that parcels imported together do not stay together.
 * Intervals by state: `intervalOfStatus`, made longer where the carrier's terms allow less.
 */
export function planNextCheck(facts: WatchFacts, now: Date): NextCheck {
  const stop = stopReason(facts, now);
  if (stop) return { kind: "stop", reason: stop };
  // While the carrier cannot answer, its silence means nothing.
  const faulty = facts.problem !== null && isFault(facts.problem.kind);
  if (!faulty && isSilent(facts, now)) return { kind: "expire" };
  const interval = facts.problem
    ? backOff(facts, facts.problem)
    : Math.max(usualInterval(facts, now), contractInterval(facts));
  const wished = now.getTime() + (interval * jitter(facts)) / facts.pace;
  return { kind: "check", at: new Date(withinDailyLimit(facts, notBefore(facts, now, wished), now)) };
}

function stopReason(facts: WatchFacts, now: Date): StopReason | null {
  if (facts.lifecycle === "removed") return "removed";
  if (facts.lifecycle === "cancelled" || facts.status === "cancelled") return "cancelled";
  if (facts.status === "expired") return "expired";
  if (facts.status === "return_to_sender" && facts.subStatus === "returned") return "returned";
  if (facts.status === "delivered" && isDeliveryConfirmed(facts)) return "delivered";
  return facts.problem ? stopForProblem(facts, facts.problem.kind, now) : null;
}

function stopForProblem(facts: WatchFacts, kind: CarrierErrorKind, now: Date): StopReason | null {
  if (kind === "auth") return "auth_failed";
  if (kind === "not_supported") return "not_supported";
  if (kind === "invalid_number" && facts.failures >= INVALID_TRIES) return "invalid_number";
  if (kind !== "not_found" || facts.status !== "unknown") return null;
  const age = now.getTime() - facts.startedAt.getTime();
  const patience = facts.limits?.stopOnNotFound ? NOT_FOUND_GRACE : NEVER_FOUND;
  return age > patience ? "not_found" : null;
}

/** One more look a day later: carriers correct themselves ("delivered" at the wrong door, and back on the van). */
function isDeliveryConfirmed(facts: WatchFacts): boolean {
  const asked = facts.lastCheckAt?.getTime() ?? -Infinity;
  return asked >= facts.statusSince.getTime() + (CONFIRM_DELIVERY_AFTER * (1 - JITTER)) / facts.pace;
}

function isSilent(facts: WatchFacts, now: Date): boolean {
  if (facts.status === "delivered") return false;
  // No scan is younger than our hearing of it, whatever time the carrier wrote on it.
  const heard = facts.lastNewsAt?.getTime() ?? facts.lastEventAt?.getTime() ?? facts.startedAt.getTime();
  const happened = Math.min(facts.lastEventAt?.getTime() ?? Infinity, heard);
  const days = facts.postal ? SILENT_DAYS.post : SILENT_DAYS.parcel;
  return now.getTime() - happened > days * DAY;
}

/** Milliseconds between two questions while all is well. */
function usualInterval(facts: WatchFacts, now: Date): number {
  const interval = intervalOfStatus(facts, now);
  const pushed = facts.pushUntil !== null && facts.pushUntil > now;
  return pushed ? Math.max(interval, HEAL_INTERVAL) : interval;
}

function intervalOfStatus(facts: WatchFacts, now: Date): number {
  const age = now.getTime() - facts.startedAt.getTime();
  const inStatus = now.getTime() - facts.statusSince.getTime();
  switch (facts.status) {
    case "unknown":
    case "pre_transit":
      return age < DAY ? 2 * HOUR : age < 5 * DAY ? 6 * HOUR : 12 * HOUR;
    case "in_transit":
      if (facts.expectedOn === now.toISOString().slice(0, 10)) return 2 * HOUR;
      return facts.crossBorder ? 6 * HOUR : 4 * HOUR;
    case "out_for_delivery":
    case "delivery_attempted":
      return deliveryDayInterval(facts, now);
    case "exception":
      return inStatus < 2 * DAY ? 4 * HOUR : 12 * HOUR;
    case "delivered":
      return Math.max(CONFIRM_DELIVERY_AFTER - inStatus * facts.pace, FIRST_BACK_OFF);
    case "available_for_pickup":
    case "return_to_sender":
    case "cancelled":
    case "expired":
      return 12 * HOUR;
  }
}

/** Where the country does not settle the time of day, about as many questions are spread evenly over the day. */
function deliveryDayInterval(facts: WatchFacts, now: Date): number {
  const daytime = isDaytime(facts.destinationCountry, now);
  return daytime === null ? 90 * MINUTE : daytime ? HOUR : 4 * HOUR;
}

/** Terms of the "so many per parcel and day, spread evenly" kind. */
function contractInterval({ limits }: WatchFacts): number {
  return limits?.perParcelPerDay ? DAY / limits.perParcelPerDay : 0;
}

/** Not knowing a number yet is an answer, not a fault: it is asked again at the usual pace. */
function backOff(facts: WatchFacts, problem: NonNullable<WatchFacts["problem"]>): number {
  if (!isFault(problem.kind)) return Math.max(2 * HOUR, contractInterval(facts));
  const doubled = FIRST_BACK_OFF * 2 ** Math.min(Math.max(facts.failures - 1, 0), 10);
  return Math.max(Math.min(doubled, LONGEST_BACK_OFF), contractInterval(facts));
}

/** The carrier's own "not before", which no pace shortens. */
function notBefore(facts: WatchFacts, now: Date, wished: number): number {
  const seconds = facts.problem?.retryAfterSeconds ?? 0;
  return Math.max(wished, now.getTime() + Math.min(seconds * 1_000, DAY));
}

function withinDailyLimit(facts: WatchFacts, wished: number, now: Date): number {
  const allowed = facts.limits?.perParcelPerDay;
  if (!allowed || facts.checksOn !== now.toISOString().slice(0, 10)) return wished;
  if (facts.checksThatDay < allowed * facts.pace) return wished;
  const tomorrow = Math.floor(now.getTime() / DAY + 1) * DAY;
  return Math.max(wished, tomorrow + fraction(facts) * HOUR);
}

function jitter(facts: WatchFacts): number {
  return 1 - JITTER + 2 * JITTER * fraction(facts);
}

function fraction(facts: WatchFacts): number {
  return spread(`${facts.shipmentId}:${facts.checksOn ?? ""}:${facts.checksThatDay}:${facts.failures}`);
}

/** An answer that only says "not yet" is no fault: the carrier works, and so do we. */
export function isFault(kind: string): boolean {
  return kind !== "not_found" && kind !== "not_registered";
}
