import type { CarrierErrorKind } from "#app/modules/carriers/carrier.ts";
import { isBeyondTerms, isDaySpent, leastInterval, nextUtcDay } from "./contract-terms.ts";
import { type Phase, phaseOf } from "./rhythm/phase.ts";
import { civilDay } from "./rhythm/rhythm.ts";
import { shapeNews } from "./rhythm/shape-news.ts";
import { whenToAsk } from "./rhythm/when-to-ask.ts";
import { PRESSING_LEAST, urgencyOf } from "./share-budget.ts";
import { spread } from "./spread.ts";
import type { NextCheck, StopReason, WatchFacts } from "./watch-facts.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SILENT_DAYS = { parcel: 30, post: 60, abroad: 60 } as const;
/** A number that no carrier has known for so long was mistyped or never used. */
const NEVER_FOUND = 14 * DAY;
/** "Not found" in the first days is normal: the label may not have been scanned yet. */
export const NOT_FOUND_GRACE = 2 * DAY;
/** A number called invalid is asked again this often, in case the carrier was wrong. */
export const INVALID_TRIES = 3;
const CONFIRM_DELIVERY_AFTER = DAY;
/** With pushes arriving, asking only heals what a lost push left behind. */
const HEAL_INTERVAL = DAY;
const FIRST_BACK_OFF = 15 * MINUTE;
const LONGEST_BACK_OFF = 12 * HOUR;
/** A label is told within the hour or much later: while nothing is known, the waiting time grows with the parcel's age. */
const FIRST_LOOK = 50 * MINUTE;
const GROWTH = 1.5;
/** Hours between two questions, at most, in fast motion. */
const LIVELY = 4;
const MOST_APART = 15 * MINUTE;
/** From this time of its expected day on a parcel presses. */
const VAN_LOADED = 8 * HOUR;
/** Hours between two questions about what is on the van, at most, when few are asked: none of them may miss the day. */
const AT_DOOR = 3;

function isRationed({ fairHours = 0 }: WatchFacts): boolean {
  return fairHours > PRESSING_LEAST;
}

interface Rule {
  /** Hours by which one question should bring news forward, on average, to be worth asking. */
  price: number;
  /** Hours after which it is asked whatever the rhythm says: forecasts move, and rhythms err. */
  atMost: number;
}

/** What hearing early is worth: most at the door, least on the ocean. */
const RULES: Readonly<Record<Phase, Rule>> = {
  unheard: { price: 0.8, atMost: 24 },
  waiting: { price: 0.8, atMost: 24 },
  abroad: { price: 4, atMost: 40 },
  moving: { price: 0.5, atMost: 24 },
  on_van: { price: 0.25, atMost: 14 },
  held: { price: 0.7, atMost: 24 },
  at_point: { price: 2, atMost: 24 },
  returning: { price: 3, atMost: 36 },
};

/**
 * When to ask the carrier again, or why not to. Pure: the same facts give the same moment, a little apart for each parcel,
 * so that parcels imported together do not stay together. While all is well, the moment is the one that `whenToAsk` finds
 * in the rhythm of the carrier's scans; the carrier's terms come before it, and so do faults and pushes.
 */
export function planNextCheck(facts: WatchFacts, now: Date): NextCheck {
  const stop = stopReason(facts, now);
  if (stop) return { kind: "stop", reason: stop };
  // While the carrier cannot answer, its silence means nothing.
  const faulty = facts.problem !== null && isFault(facts.problem.kind);
  if (!faulty && isSilent(facts, now)) return { kind: "expire" };
  const least = leastBetween(facts, now);
  const interval = Math.max(faulty ? backOff(facts) : usualInterval(facts, now), least);
  const wished = now.getTime() + Math.max(interval + apart(facts, interval), least) / facts.pace;
  return { kind: "check", at: new Date(withinDailyLimit(facts, notBefore(facts, now, wished), now)) };
}

function stopReason(facts: WatchFacts, now: Date): StopReason | null {
  if (facts.lifecycle === "removed") return "removed";
  if (facts.lifecycle === "cancelled" || facts.status === "cancelled") return "cancelled";
  if (facts.status === "expired") return "expired";
  if (facts.status === "return_to_sender" && facts.subStatus === "returned") return "returned";
  if (facts.status === "delivered" && isDeliveryConfirmed(facts)) return "delivered";
  if (isBeyondTerms(facts.limits, now.getTime() - facts.startedAt.getTime())) return "terms";
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
  if (facts.limits?.silentAfterDelivery) return true;
  const asked = facts.lastCheckAt?.getTime() ?? -Infinity;
  return asked >= facts.statusSince.getTime() + (CONFIRM_DELIVERY_AFTER * 0.85) / facts.pace;
}

function isSilent(facts: WatchFacts, now: Date): boolean {
  if (facts.status === "delivered") return false;
  // No scan is younger than our hearing of it, whatever time the carrier wrote on it.
  const heard = facts.lastNewsAt?.getTime() ?? facts.lastEventAt?.getTime() ?? facts.startedAt.getTime();
  const happened = Math.min(facts.lastEventAt?.getTime() ?? Infinity, heard);
  const days = SILENT_DAYS[facts.postal ? "post" : facts.abroad ? "abroad" : "parcel"];
  return now.getTime() - happened > days * DAY;
}

/** Milliseconds until the next question while all is well. */
function usualInterval(facts: WatchFacts, now: Date): number {
  const phase = phaseOf(facts.status, facts.abroad);
  const interval = phase === null ? untilConfirmed(facts, now) : intervalOfPhase(facts, phase, now);
  const pushed = facts.pushUntil !== null && facts.pushUntil > now;
  return pushed ? Math.max(interval, HEAL_INTERVAL) : interval;
}

function untilConfirmed({ statusSince, pace }: WatchFacts, now: Date): number {
  return Math.max(CONFIRM_DELIVERY_AFTER - (now.getTime() - statusSince.getTime()) * pace, FIRST_BACK_OFF);
}

function intervalOfPhase(facts: WatchFacts, phase: Phase, now: Date): number {
  const { price, atMost } = RULES[phase];
  const hours = whenToAsk({
    price,
    atMost: Math.min(
      atMost,
      facts.pace > 1 ? LIVELY : Infinity,
      isRationed(facts) && phase === "on_van" ? AT_DOOR : Infinity,
    ),
    shape: facts.shape ?? shapeNews(phase, {}),
    now,
    offset: facts.offset,
    sinceDay: civilDay(new Date(facts.phaseSince.getTime() + facts.offset * MINUTE).toISOString()),
    expectedDay: facts.expectedOn === null ? null : civilDay(facts.expectedOn),
    atLeast: leastBetween(facts, now) / HOUR,
    // In fast motion every parcel moves at any hour.
    timeless: facts.pace > 1,
  });
  if (phase !== "unheard") return hours * HOUR;
  const age = (now.getTime() - facts.startedAt.getTime()) * facts.pace;
  return Math.min(hours * HOUR, Math.max(FIRST_LOOK, age * GROWTH));
}

/** Milliseconds that the carrier's terms and the account's budget want between two questions. */
function leastBetween(facts: WatchFacts, now: Date): number {
  const terms = leastInterval(facts, facts.problem?.kind === "not_found");
  const { fairHours: fair = 0, status, expectedOn, offset } = facts;
  if (!isRationed(facts)) return terms;
  const there = now.getTime() + offset * MINUTE;
  if (urgencyOf(status, expectedOn, new Date(there).toISOString().slice(0, 10)) > 0) {
    return Math.max(terms, PRESSING_LEAST * HOUR);
  }
  const expected = expectedOn === null ? NaN : Date.parse(expectedOn) + VAN_LOADED;
  // A parcel presses from the morning of its day on.
  return Math.max(terms, Math.min(fair * HOUR, expected > there ? expected - there : Infinity));
}

function backOff({ failures }: WatchFacts): number {
  return Math.min(FIRST_BACK_OFF * 2 ** Math.min(Math.max(failures - 1, 0), 10), LONGEST_BACK_OFF);
}

/** The carrier's own "not before", which no pace shortens. */
function notBefore(facts: WatchFacts, now: Date, wished: number): number {
  const seconds = facts.problem?.retryAfterSeconds ?? 0;
  return Math.max(wished, now.getTime() + Math.min(seconds * 1_000, DAY));
}

function withinDailyLimit(facts: WatchFacts, wished: number, now: Date): number {
  return isDaySpent(facts, now) ? Math.max(wished, nextUtcDay(now) + fraction(facts) * HOUR) : wished;
}

/** Milliseconds by which a parcel is asked earlier or later than others, which does not spoil the moment. */
function apart(facts: WatchFacts, interval: number): number {
  // Where the budget is scarce, the hours of the day share the parcels.
  if (interval > DAY && facts.fairHours) return (fraction(facts) * interval) / 8;
  return (2 * fraction(facts) - 1) * Math.min(interval / 8, MOST_APART);
}

function fraction(facts: WatchFacts): number {
  return spread(`${facts.shipmentId}:${facts.checksOn ?? ""}:${facts.checksThatDay}:${facts.failures}`);
}

/** An answer that only says "not yet" is no fault: the carrier works, and so do we. */
export function isFault(kind: string): boolean {
  return kind !== "not_found" && kind !== "not_registered";
}
