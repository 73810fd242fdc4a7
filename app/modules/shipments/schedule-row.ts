import type { CarrierErrorKind, CarrierLimits, EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import { destinationZone, offsetOf, probableZone } from "./destination-zone.ts";
import type { LoadBook, LoadOf } from "./load-book.server.ts";
import { isFault, planNextCheck } from "./next-check.ts";
import type { CheckResult } from "./record-input.ts";
import type { RecordingRow } from "./recording-row.ts";
import { isAbroad, type Phase, phaseOf } from "./rhythm/phase.ts";
import type { RhythmBook } from "./rhythm-book.server.ts";
import type { NewsShape } from "./rhythm/shape-news.ts";
import { fairHours } from "./share-budget.ts";
import { clip } from "./to-stored-events.ts";
import { isPostalNumber } from "./tracking-number.ts";
import type { NextCheck } from "./watch-facts.ts";

/** What the schedule needs to know about the world; given by the composition root. */
export interface WatchRules {
  /** Divides every interval; 1 in production. */
  pace: number;
  /** The contract terms of a carrier, by our id; null when it has none or is not known. */
  limitsOf(carrier: string): CarrierLimits | null;
  /** When the carriers' news comes. */
  rhythms: RhythmBook;
  /** How many parcels the carriers are asked about. */
  loads: LoadBook;
}

/** The same with what is known of one shop's carriers. */
export interface PlanRules extends Pick<WatchRules, "pace" | "limitsOf"> {
  shapeOf(carrier: string | null, phase: Phase): NewsShape;
  loadOf: LoadOf;
}

/** A carrier that pushed once is expected to push again for this parcel. */
export const PUSH_TRUSTED_FOR = 5 * 86_400_000;

/** Counts a question that was asked, and what came of it. The folded state is not touched: an error changes nothing. */
export function withCheck(row: RecordingRow, check: CheckResult, now: Date): RecordingRow {
  const today = now.toISOString().slice(0, 10);
  const { problem } = check;
  return {
    ...row,
    lastCheckAt: now,
    checksOn: today,
    checksThatDay: row.checksOn === today ? row.checksThatDay + 1 : 1,
    checkFailures: problem && isFault(problem.kind) ? row.checkFailures + 1 : 0,
    checkProblem: problem && {
      kind: problem.kind,
      message: clip(problem.message, 300) ?? problem.kind,
      at: now.toISOString(),
    },
  };
}

/** Plans the next check of the row as it stands. The terms are those of whom was asked, or would be. */
export function planRow(
  row: RecordingRow,
  rules: PlanRules,
  { now, check }: { now: Date; check?: CheckResult },
): NextCheck {
  const { retryAfterSeconds } = check?.problem ?? {};
  const abroad = isAbroad(row.lastEvent?.countryCode ?? null, row.countryCode);
  const phase = phaseOf(row.status, abroad);
  const asked = check?.asked ?? row.carrier;
  const limits = asked === null ? null : rules.limitsOf(asked);
  return planNextCheck(
    {
      shipmentId: row.id,
      lifecycle: row.lifecycle,
      status: row.status,
      subStatus: row.subStatus,
      statusSince: row.statusSince,
      startedAt: row.shippedAt < row.createdAt ? row.shippedAt : row.createdAt,
      // An older scan's instant says nothing about a newer one that has none.
      lastEventAt: row.lastEvent !== null && row.lastEvent.at === null ? null : row.lastEventAt,
      lastNewsAt: row.lastNewsAt,
      lastCheckAt: row.lastCheckAt,
      abroad,
      phaseSince: phaseSince(row, phase),
      offset: offsetOfNextScan(row, phase, now),
      shape: phase && rules.shapeOf(row.carrier, phase),
      postal: isPostalNumber(row.trackingNumber),
      expectedOn: expectedDay(row.estimatedDelivery),
      checksOn: row.checksOn,
      checksThatDay: row.checksThatDay,
      failures: row.checkFailures,
      problem: row.checkProblem && {
        kind: row.checkProblem.kind as CarrierErrorKind,
        ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
      },
      pushUntil: row.pushUntil,
      limits,
      fairHours: asked === null ? 0 : fairHours(limits, rules.loadOf(asked)),
      pace: rules.pace,
    },
    now,
  );
}

/** A border crossed is no change of status: the last leg began, at the latest, with the newest scan at home. */
function phaseSince(row: RecordingRow, phase: Phase | null): Date {
  const arrived = phase === "moving" && row.flags.includes("crossBorder");
  return (arrived ? row.lastEventAt : null) ?? row.statusSince;
}

/** Minutes ahead of UTC where the next scan is made: with the shop, where the parcel is, or where it goes. */
function offsetOfNextScan(row: RecordingRow, phase: Phase | null, now: Date): number {
  const collected = phase === "unheard" || phase === "waiting";
  const zone = collected ? row.shopZone : destinationZone(row.countryCode, row.provinceCode);
  const known = zone === null || phase === "abroad" ? null : offsetOf(zone, now);
  const probable = probableZone(row.countryCode);
  return known ?? offsetOfScan(row) ?? (probable === null ? null : offsetOf(probable, now)) ?? 0;
}

const MINUTE = 60_000;
const MOST_AHEAD = 14 * 60;

/** How far the newest scan's own clock was ahead of UTC. */
function offsetOfScan({ lastEvent }: RecordingRow): number | null {
  if (!lastEvent?.at || !lastEvent.localTime || lastEvent.localTime.length <= 10) return null;
  const ahead = (Date.parse(`${lastEvent.localTime}Z`) - Date.parse(lastEvent.at)) / MINUTE;
  return Math.abs(ahead) <= MOST_AHEAD ? Math.round(ahead) : null;
}

/** The civil date on which the carrier expects to deliver, as the carrier wrote it; null when unknown. */
export function expectedDay(estimate: EstimatedDelivery | null): string | null {
  if (!estimate) return null;
  if ("date" in estimate) return estimate.date;
  return ("at" in estimate ? estimate.at.local : estimate.to.local).slice(0, 10);
}
