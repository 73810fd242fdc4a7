import type { EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import type { FoldContext, FoldedState } from "./folded-state.ts";

/** A parcel as it stands while its row is locked for recording. */
export interface RecordingRow {
  id: string;
  orderId: string;
  fulfillmentId: string;
  trackingNumber: string;
  carrier: string | null;
  origin: "live" | "import";
  countryCode: string | null;
  provinceCode: string | null;
  /** Where the shop's clock is: parcels are collected there. */
  shopZone: string | null;
  lifecycle: string;
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  statusAt: Date | null;
  statusSince: Date;
  statusReason: FoldedState["reason"];
  firstScanAt: Date | null;
  lastEventAt: Date | null;
  lastEvent: FoldedState["lastEvent"];
  deliveredAt: Date | null;
  deliveredLocal: string | null;
  estimatedDelivery: EstimatedDelivery | null;
  service: string | null;
  eventCount: number;
  flags: FoldedState["flags"];
  version: number;
  nextCheckAt: Date | null;
  lastCheckAt: Date | null;
  lastNewsAt: Date | null;
  pushUntil: Date | null;
  checkFailures: number;
  checkProblem: { kind: string; message: string; at: string } | null;
  checksOn: string | null;
  checksThatDay: number;
  stopReason: string | null;
  createdAt: Date;
  shippedAt: Date;
}

export function foldContextOf(row: RecordingRow): FoldContext {
  return { createdAt: row.createdAt, shippedAt: row.shippedAt, destinationCountry: row.countryCode };
}

/** The row with the folded state in place of the old one. */
export function withState(row: RecordingRow, state: FoldedState): RecordingRow {
  const { reason, ...rest } = state;
  return { ...row, ...rest, statusReason: reason };
}
