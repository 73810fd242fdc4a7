import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import type { Run } from "./reduction-rules.ts";
import { isUnread, type StoredEvent } from "./stored-event.ts";

/** What the fold needs to know besides the log. */
export interface FoldContext {
  /** When we first knew of the parcel: since when it is `unknown`. */
  createdAt: Date;
  /** When Shopify says it was handed over or labelled: older scans belong to an earlier parcel with the same number. */
  shippedAt: Date | null;
  destinationCountry: string | null;
}

export type ShipmentFlag =
  /** Scans after the delivery that did not undo it. */
  | "postDeliveryScans"
  /** The carrier's published status and its scans disagree. */
  | "statusConflict"
  /** Scanned on after the return began. */
  | "movedAfterReturn"
  /** Some pieces of the parcel are delivered, others are not. */
  | "partlyDelivered"
  /** Scans of an earlier parcel with the same number were left out. */
  | "reusedNumber"
  /** At least one scan has a code that is in no table, and that the merchant has not explained. */
  | "unknownCode"
  /** Scanned outside the destination country. */
  | "crossBorder";

export interface FoldedState {
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  /** The instant the status began; null when it cannot be known. */
  statusAt: Date | null;
  /** The same, or when we heard of it where the instant cannot be known. */
  statusSince: Date;
  /** Which event made the status what it is; null while nothing has. */
  reason: { rule: string; fingerprint: string; source: string; at: string | null } | null;
  firstScanAt: Date | null;
  lastEventAt: Date | null;
  lastEvent: FoldedEvent | null;
  deliveredAt: Date | null;
  deliveredLocal: string | null;
  eventCount: number;
  flags: ShipmentFlag[];
}

export interface FoldedEvent {
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  code: string | null;
  description: string | null;
  location: string | null;
  localTime: string | null;
  at: string | null;
  /** Where the parcel was last scanned, whether or not this scan says so; absent in rows of an older version. */
  countryCode?: string | null;
}

export interface Telling {
  context: FoldContext;
  flags: Set<ShipmentFlag>;
}

/** Puts the outcome of the fold, and what can be read off the scans (oldest first), into words. */
export function describeState(run: Run, scans: readonly StoredEvent[], { context, flags }: Telling): FoldedState {
  const { startedBy } = run;
  const carried = scans.filter((event) => event.source !== "shopify");
  const moved = carried.filter((event) => !["unknown", "pre_transit", "cancelled"].includes(event.status));
  if (scans.some(isUnread)) flags.add("unknownCode");
  const home = context.destinationCountry;
  if (home && carried.some((event) => event.countryCode && event.countryCode !== home)) flags.add("crossBorder");
  return {
    status: run.status,
    subStatus: run.subStatus,
    statusAt: startedBy?.occurredAt ?? null,
    statusSince: startedBy?.occurredAt ?? startedBy?.receivedAt ?? context.createdAt,
    reason: startedBy && {
      rule: startedBy.rule,
      fingerprint: startedBy.fingerprint,
      source: startedBy.source,
      at: startedBy.occurredAt?.toISOString() ?? startedBy.localTime,
    },
    firstScanAt: extreme(moved, (a, b) => a < b),
    lastEventAt: extreme(scans, (a, b) => a > b),
    lastEvent: lastOf(scans, carried),
    deliveredAt: run.status === "delivered" ? (startedBy?.occurredAt ?? null) : null,
    deliveredLocal: run.status === "delivered" ? (startedBy?.localTime ?? null) : null,
    eventCount: scans.length,
    flags: [...flags].sort(),
  };
}

function extreme(events: readonly StoredEvent[], isBetter: (a: Date, b: Date) => boolean): Date | null {
  return events.reduce<Date | null>((best, { occurredAt }) => {
    if (!occurredAt) return best;
    return best === null || isBetter(occurredAt, best) ? occurredAt : best;
  }, null);
}

function lastOf(scans: readonly StoredEvent[], carried: readonly StoredEvent[]): FoldedEvent | null {
  const last = scans.at(-1);
  if (!last) return null;
  const { status, subStatus, code, description, location, localTime } = last;
  const countryCode = carried.findLast((scan) => scan.countryCode !== null)?.countryCode ?? null;
  const at = last.occurredAt?.toISOString() ?? null;
  return { status, subStatus, code, description, location, localTime, at, countryCode };
}
