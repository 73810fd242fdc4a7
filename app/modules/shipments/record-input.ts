import type { CarrierErrorKind, CarrierShipment } from "#app/modules/carriers/carrier.ts";
import type { ShipmentChange } from "./shipment-change.ts";
import type { LoggedEvent } from "./stored-event.ts";

/** What was heard about one parcel. */
export interface RecordInput {
  shipmentId: string;
  /** What a carrier said, asked or unasked. */
  answer?: CarrierAnswer;
  /** Rows that come from elsewhere: Shopify, a person, ourselves. */
  events?: readonly LoggedEvent[];
  /** Set when we asked, whatever the outcome. */
  check?: CheckResult;
  /** The stored log itself was read anew: fold it although nothing has joined it. */
  refold?: true;
}

export interface CarrierAnswer {
  source: "poll" | "push";
  /** Our carrier id. */
  carrier: string;
  shipment: CarrierShipment;
  /** How many pieces of the parcel are delivered, when the answer lists them one by one. */
  pieces?: { delivered: number; total: number } | null;
}

export interface CheckResult {
  /** Whom we asked: our id of a carrier or aggregator. Absent = the parcel's own carrier. */
  asked?: string;
  /** Null when the carrier answered about this number. */
  problem: CheckProblem | null;
}

export interface CheckProblem {
  kind: CarrierErrorKind;
  /** Plain words, safe to show a merchant. */
  message: string;
  retryAfterSeconds?: number;
}

export type RecordOutcome =
  /** The status or its detail is another one. */
  | { kind: "changed"; change: ShipmentChange }
  /** New scans, same status. */
  | { kind: "news"; change: ShipmentChange }
  | { kind: "unchanged" }
  /** The parcel is not there (any more), or is another shop's. */
  | { kind: "gone" };
