import type { ShipmentStatus } from "#app/modules/carriers/status.ts";
import { describeState, type FoldContext, type FoldedState, type ShipmentFlag } from "./folded-state.ts";
import { compareText, orderEvents } from "./order-events.ts";
import { judge, type Run } from "./reduction-rules.ts";
import { isScan, isTopLevelStatement, STATEMENT_RULES, type StoredEvent } from "./stored-event.ts";

const DAY = 86_400_000;
/** Carriers give numbers out again; a scan this much older than the fulfillment is another parcel's. */
const REUSE_MARGIN = 3 * DAY;

/**
 * The state of a parcel: a pure function of its event log. Any order, repetition and splitting of the same events gives
 * the same state; a shorter answer cannot take anything back, because the log is a union.
 */
export function foldEvents(events: readonly StoredEvent[], context: FoldContext): FoldedState {
  const log = distinct(events);
  const own = log.filter((event) => !belongsToEarlierParcel(event, context));
  const flags = new Set<ShipmentFlag>();
  if (own.length < log.length) flags.add("reusedNumber");
  const ordered = orderEvents(latestStatementOnly(own).filter((event) => event.source !== "system"));
  const run = expire(walk(ordered, own, flags), own);
  if (ordered.some(isTopLevelStatement)) {
    const scansAlone = walk(
      ordered.filter((event) => !isTopLevelStatement(event)),
      own,
      new Set(),
    );
    if (scansAlone.status !== run.status && run.status !== "expired") flags.add("statusConflict");
  }
  return describeState(run, ordered.filter(isScan), { context, flags });
}

/** One row per fingerprint; of two versions of one scan, the one received first stands, as in the database. */
function distinct(events: readonly StoredEvent[]): StoredEvent[] {
  const kept = new Map<string, StoredEvent>();
  for (const event of events) {
    const other = kept.get(event.fingerprint);
    if (!other || compareVersions(event, other) < 0) kept.set(event.fingerprint, event);
  }
  return [...kept.values()];
}

function compareVersions(a: StoredEvent, b: StoredEvent): number {
  return (
    a.receivedAt.getTime() - b.receivedAt.getTime() ||
    a.sequence - b.sequence ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  );
}

function belongsToEarlierParcel(event: StoredEvent, { shippedAt }: FoldContext): boolean {
  if (!shippedAt || !isScan(event)) return false;
  const earliest = shippedAt.getTime() - REUSE_MARGIN;
  if (event.occurredAt) return event.occurredAt.getTime() < earliest;
  // Civil dates are compared with a day to spare: no zone is further from UTC than that.
  return event.localTime !== null && event.localTime.slice(0, 10) < new Date(earliest - DAY).toISOString().slice(0, 10);
}

/** A carrier's published status is about now: only its last one counts, and older ones are history. */
function latestStatementOnly(events: readonly StoredEvent[]): StoredEvent[] {
  const last = events.filter(isTopLevelStatement).sort(compareByTime).at(-1);
  return events.filter((event) => !isTopLevelStatement(event) || event === last);
}

function compareByTime(a: StoredEvent, b: StoredEvent): number {
  return (
    (a.occurredAt?.getTime() ?? 0) - (b.occurredAt?.getTime() ?? 0) ||
    a.receivedAt.getTime() - b.receivedAt.getTime() ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** Reads the log from old to new; a correction by staff starts it afresh, and only what is newer can move it on. */
function walk(ordered: readonly StoredEvent[], all: readonly StoredEvent[], flags: Set<ShipmentFlag>): Run {
  const correction = ordered
    .filter((event) => event.source === "staff")
    .sort(compareByTime)
    .at(-1);
  let run: Run = correction
    ? { status: correction.status, subStatus: correction.subStatus, startedBy: correction }
    : { status: "unknown", subStatus: null, startedBy: null };
  const partly = isPartlyDelivered(all);
  for (const event of ordered) {
    if (event.source === "staff" || (correction && !isNewsAfter(event, correction))) continue;
    run = step(run, partly && isScan(event) ? asPiece(event, flags) : event, flags);
  }
  return run;
}

function isNewsAfter(event: StoredEvent, correction: StoredEvent): boolean {
  if (event.occurredAt && correction.occurredAt) return event.occurredAt > correction.occurredAt;
  return event.receivedAt > correction.receivedAt;
}

function step(run: Run, event: StoredEvent, flags: Set<ShipmentFlag>): Run {
  const verdict = judge(run, event);
  if (verdict === "after_delivery") flags.add("postDeliveryScans");
  if (verdict === "after_return" || verdict === "returned") flags.add("movedAfterReturn");
  if (verdict === "returned") return { ...run, subStatus: "returned" };
  if (verdict !== "moves") return run;
  const takesOver = run.startedBy?.source === "shopify" && event.source !== "shopify";
  if (event.status !== run.status || takesOver) {
    return { status: event.status, subStatus: event.subStatus, startedBy: event };
  }
  // The first word about a delivery is the most exact; on the way, the newest detail counts. A return stays returned.
  const keepsDetail = run.status === "delivered" || run.subStatus === "returned";
  const newest = event.subStatus ?? run.subStatus;
  return { ...run, subStatus: keepsDetail ? (run.subStatus ?? newest) : newest };
}

function isPartlyDelivered(events: readonly StoredEvent[]): boolean {
  const shares = events
    .filter((event) => event.rule.startsWith(STATEMENT_RULES.pieces))
    .map((event) => event.rule.slice(STATEMENT_RULES.pieces.length).split("/").map(Number));
  if (shares.length === 0) return false;
  // Pieces only ever become delivered, so the best statement is the newest one.
  return Math.max(...shares.map(([delivered = 0, total = 1]) => delivered / total)) < 1;
}

/** The delivery of one piece is progress of the parcel, not its delivery. */
function asPiece(event: StoredEvent, flags: Set<ShipmentFlag>): StoredEvent {
  if (event.status !== "delivered") return event;
  flags.add("partlyDelivered");
  return { ...event, status: "in_transit", subStatus: null };
}

const ENDED: readonly ShipmentStatus[] = ["delivered", "cancelled", "return_to_sender"];

/** Our decision to stop holds until anything new is heard. */
function expire(run: Run, events: readonly StoredEvent[]): Run {
  const decision = events
    .filter((event) => event.source === "system" && event.status === "expired")
    .sort(compareByTime)
    .at(-1);
  if (!decision || ENDED.includes(run.status)) return run;
  const heardSince = events.some((event) => event.source !== "system" && event.receivedAt >= decision.receivedAt);
  return heardSince ? run : { status: "expired", subStatus: null, startedBy: decision };
}
