import { localDay } from "../local-day.ts";
import type { ParcelScan, ParcelSituation, Situation } from "../situation.ts";
import type { Trigger } from "./kind.ts";

/**
 * When the scan was made, for rules about age: the instant where it is known, else the wall clock read as UTC, which is
 * at most 14 hours off, and the moment we heard of it only where the carrier gave no time at all.
 */
export function happenedAt({ occurredAt, localTime, receivedAt }: ParcelScan): Date {
  if (occurredAt) return occurredAt;
  const approximate = localTime ? new Date(`${localTime}${localTime.includes("T") ? "" : "T12:00:00"}Z`) : receivedAt;
  return Number.isNaN(approximate.getTime()) ? receivedAt : approximate;
}

/** The civil day of the scan where it was made: the carrier's own wall clock first, then the destination's. */
export function dayOfScan(scan: ParcelScan, parcel: Pick<ParcelSituation, "zone">): string {
  return scan.localTime?.slice(0, 10) ?? localDay(happenedAt(scan), parcel.zone);
}

/** Scans that fit, the oldest first; the same for every order in which they arrived. */
export function scansOf({ scans }: ParcelSituation, fits: (scan: ParcelScan) => boolean): ParcelScan[] {
  return scans.filter(fits).sort(byTime);
}

function byTime(left: ParcelScan, right: ParcelScan): number {
  const difference = happenedAt(left).getTime() - happenedAt(right).getTime();
  return difference || (left.fingerprint < right.fingerprint ? -1 : 1);
}

/** What a scan calls for, with the scan as its evidence. */
export function scanTrigger(parcel: ParcelSituation, scan: ParcelScan, occurrence = ""): Trigger {
  return {
    shipmentId: parcel.id,
    occurrence,
    happenedAt: happenedAt(scan),
    evidence: {
      fingerprint: scan.fingerprint,
      status: scan.status,
      subStatus: scan.subStatus,
      occurredAt: scan.occurredAt?.toISOString() ?? null,
      receivedAt: scan.receivedAt.toISOString(),
      statusThen: parcel.status,
    },
  };
}

/** The first scan of each parcel that fits: for what is said once per parcel. */
export function firstScans(situation: Situation, fits: (scan: ParcelScan) => boolean): Trigger[] {
  return situation.parcels.flatMap((parcel) =>
    scansOf(parcel, fits)
      .slice(0, 1)
      .map((scan) => scanTrigger(parcel, scan)),
  );
}

/** The parcel that a trigger is about; null where it is about the order, or the parcel was removed. */
export function parcelOf(trigger: Trigger, { parcels }: Situation): ParcelSituation | null {
  return parcels.find(({ id }) => id === trigger.shipmentId) ?? null;
}
