import { isCodedRule } from "#app/modules/carriers/map-status.ts";
import { MERE_DELAY } from "#app/modules/carriers/reduce-events.ts";
import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import { isTopLevelStatement, type StoredEvent } from "./stored-event.ts";

/** The state while the log is read from old to new, and the event that began it. */
export interface Run {
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  /** The event that moved the parcel into this status; null before the first. */
  startedBy: StoredEvent | null;
}

/** How far along a parcel is. States that are a carrier's judgement, not progress, cannot be outrun. */
const PROGRESS: Partial<Record<ShipmentStatus, number>> = {
  unknown: 0,
  pre_transit: 1,
  in_transit: 2,
  delivery_attempted: 3,
  available_for_pickup: 3,
  out_for_delivery: 3,
  delivered: 4,
};

export type Verdict =
  | "moves"
  /** Says nothing about the parcel's state, or less than is known. */
  | "ignored"
  /** A scan after the delivery that does not undo it. */
  | "after_delivery"
  /** A scan on the way back to the sender. */
  | "after_return"
  /** The way back has ended: the parcel is with the sender again. */
  | "returned";

/** Whether this event, being the next in order, moves the parcel. */
export function judge(run: Run, event: StoredEvent): Verdict {
  if (event.status === "unknown" || event.status === "expired") return "ignored";
  // Label data never moves a parcel backwards, whatever its time says.
  if (event.status === "pre_transit" && run.status !== "unknown" && run.status !== "pre_transit") return "ignored";
  if (event.source === "shopify") return judgeShopify(run, event);
  // A delivery that only Shopify told does not bind the carrier, who may know better afterwards.
  if (run.startedBy?.source === "shopify") return "moves";
  if (run.status === "delivered") return judgeAfterDelivery(event);
  if (run.status === "return_to_sender" && run.startedBy !== null && isCoded(run.startedBy)) return judgeReturn(event);
  return "moves";
}

/**
 * Shopify repeats what a carrier told it, hours late and in fewer words, or what a person or another app typed in. So it
 * tells us where a parcel is while we know nothing better, and afterwards it may only carry the parcel forward: it never
 * undoes, and never doubts, what the carrier itself said.
 */
function judgeShopify(run: Run, event: StoredEvent): Verdict {
  const own = run.startedBy !== null && run.startedBy.source !== "shopify";
  if (!own) return run.status === "delivered" && event.status !== "delivered" ? "ignored" : "moves";
  const from = PROGRESS[run.status];
  const to = PROGRESS[event.status];
  return from !== undefined && to !== undefined && to > from ? "moves" : "ignored";
}

function judgeAfterDelivery(event: StoredEvent): Verdict {
  if (event.status === "delivered" || event.status === "return_to_sender") return "moves";
  const problem = event.status === "exception" || event.status === "delivery_attempted";
  return problem && isCoded(event) && !MERE_DELAY.includes(event.subStatus) ? "moves" : "after_delivery";
}

/**
 * A parcel on its way back is scanned like any other; without this it would read "in transit", and its arrival at the
 * sender would be announced to the shopper as a delivery. Only a published status of the carrier, or a person, ends it.
 */
function judgeReturn(event: StoredEvent): Verdict {
  if (event.status === "return_to_sender" || isTopLevelStatement(event)) return "moves";
  return event.status === "delivered" ? "returned" : "after_return";
}

/** Decided by a code (ours or the merchant's reading of it) or a published status, not guessed from words. */
function isCoded(event: StoredEvent): boolean {
  return event.source === "staff" || isCodedRule(event.rule);
}
