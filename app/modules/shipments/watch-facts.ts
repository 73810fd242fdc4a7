import type { CarrierErrorKind, CarrierLimits } from "#app/modules/carriers/carrier.ts";
import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import type { NewsShape } from "./rhythm/shape-news.ts";

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
  | "auth_failed"
  /** The carrier's terms allow no further question about it. */
  | "terms";

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
  /** Last scanned outside the country it goes to. */
  abroad: boolean;
  /** When it came to be where it is: the phase of its journey, which a border divides too. */
  phaseSince: Date;
  /** Minutes that the clock is ahead of UTC where the next scan will be made. */
  offset: number;
  /** When news of this phase comes; null = as with any carrier. */
  shape: NewsShape | null;
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
  /** Hours between two questions that the account's budget has for a parcel which can wait; absent = as many as needed. */
  fairHours?: number;
  /** Divides every interval; 1 in production. */
  pace: number;
}

export type NextCheck =
  | { kind: "check"; at: Date }
  | { kind: "stop"; reason: StopReason }
  /** Silent for too long: record that, which is what makes it `expired`. */
  | { kind: "expire" };
