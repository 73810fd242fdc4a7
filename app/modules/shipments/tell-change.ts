import type { ActivityEvent } from "#app/modules/activity/activity-event.ts";
import type { FactInput } from "#app/modules/analytics/record-fact.server.ts";
import { NAMED_BY_AGGREGATOR } from "./detection.ts";
import { isFault } from "./next-check.ts";
import type { RecordingRow } from "./recording-row.ts";

/** A parcel before and after recording. */
export interface Step {
  before: RecordingRow;
  after: RecordingRow;
}

type Actor = ActivityEvent["actor"];

const ACTORS: Readonly<Record<string, Actor>> = { shopify: "shopify", staff: "staff", system: "system" };

/** What the audit trail says about the step. */
export function activitiesOf({ before, after }: Step): ActivityEvent[] {
  const subject = { type: "shipment" as const, id: after.id };
  const events: ActivityEvent[] = [];
  if (before.status !== after.status) {
    const reason = after.statusReason;
    events.push({
      type: "shipment.status_changed",
      actor: ACTORS[reason?.source ?? ""] ?? "carrier",
      subject,
      data: {
        from: before.status,
        to: after.status,
        subStatus: after.subStatus,
        source: reason?.source ?? "none",
        fingerprint: reason?.fingerprint ?? null,
        rule: reason?.rule ?? "none",
      },
    });
  }
  if (before.carrier === null && after.carrier !== null) {
    const data = { from: null, to: after.carrier, reason: NAMED_BY_AGGREGATOR };
    events.push({ type: "shipment.carrier_changed", actor: "carrier", subject, data });
  }
  const problem = after.checkProblem;
  if (problem && isFault(problem.kind) && before.checkProblem?.kind !== problem.kind) {
    const data = { carrier: after.carrier ?? "unknown", kind: problem.kind };
    events.push({ type: "shipment.check_failed", actor: "system", subject, data });
  }
  if (after.stopReason && after.stopReason !== before.stopReason) {
    events.push({ type: "shipment.watch_stopped", actor: "system", subject, data: { reason: after.stopReason } });
  }
  return events;
}

/** The facts that the step made true; each is counted once per parcel, in the scan's own civil date where it is known. */
export function factsOf({ before, after }: Step): FactInput[] {
  const facts: FactInput[] = [];
  const about = { subjectId: after.id, carrier: after.carrier, countryCode: after.countryCode };
  if (!before.firstScanAt && after.firstScanAt) {
    const happenedOn = utcDay(after.firstScanAt);
    facts.push({ ...about, kind: "shipment.first_scan", at: after.firstScanAt, happenedOn, data: {} });
  }
  if (before.status === after.status) return facts;
  const at = after.statusAt ?? after.statusSince;
  const happenedOn = after.deliveredLocal?.slice(0, 10) ?? utcDay(at);
  if (after.status === "delivered") {
    facts.push({ ...about, kind: "shipment.delivered", at, happenedOn, data: { transitHours: transitHours(after) } });
  }
  if (after.status === "return_to_sender")
    facts.push({ ...about, kind: "shipment.returned", at, happenedOn, data: {} });
  if (after.status === "exception") {
    facts.push({ ...about, kind: "shipment.exception", at, happenedOn, data: { subStatus: after.subStatus } });
  }
  return facts;
}

function transitHours({ firstScanAt, deliveredAt }: RecordingRow): number | null {
  if (!firstScanAt || !deliveredAt) return null;
  return Math.round((deliveredAt.getTime() - firstScanAt.getTime()) / 360_000) / 10;
}

function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}
