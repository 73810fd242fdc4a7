import type { CarrierErrorKind, CarrierLimits, EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import { isFault, type NextCheck, planNextCheck } from "./next-check.ts";
import type { CheckResult } from "./record-input.ts";
import type { RecordingRow } from "./recording-row.ts";
import { clip } from "./to-stored-events.ts";
import { isPostalNumber } from "./tracking-number.ts";

/** What the schedule needs to know about the world; given by the composition root. */
export interface WatchRules {
  /** Divides every interval; 1 in production. */
  pace: number;
  /** The contract terms of a carrier, by our id; null when it has none or is not known. */
  limitsOf(carrier: string): CarrierLimits | null;
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

/** Plans the next check of the row as it stands. */
export function planRow(row: RecordingRow, rules: WatchRules, now: Date, retryAfterSeconds?: number): NextCheck {
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
      destinationCountry: row.countryCode,
      crossBorder: row.flags.includes("crossBorder"),
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
      limits: row.carrier === null ? null : rules.limitsOf(row.carrier),
      pace: rules.pace,
    },
    now,
  );
}

/** The civil date on which the carrier expects to deliver, as the carrier wrote it; null when unknown. */
export function expectedDay(estimate: EstimatedDelivery | null): string | null {
  if (!estimate) return null;
  if ("date" in estimate) return estimate.date;
  return ("at" in estimate ? estimate.at.local : estimate.to.local).slice(0, 10);
}
