import type { CarrierEvent, CarrierShipment, CarrierTime } from "./carrier.ts";
import { isCodedRule } from "./map-status.ts";
import type { ShipmentStatus, SubStatus } from "./status.ts";

/**
 * Leaves exact repetitions out: same moment, same code, same words. The place is not compared, because carriers reformat
 * it; two different texts in one second are two scans.
 */
export function removeDuplicates(events: readonly CarrierEvent[]): CarrierEvent[] {
  // The words are looked at only where moment and code are the same, which is rare.
  const first = new Map<string, CarrierEvent>();
  const words = new Map<string, Set<string>>();
  return events.filter((event) => {
    const key = `${event.at?.utc ?? event.at?.local ?? ""}${event.code === null ? "" : `\n${event.code}`}`;
    const earlier = first.get(key);
    if (!earlier) {
      first.set(key, event);
      return true;
    }
    const told = words.get(key) ?? new Set([wordsOf(earlier)]);
    words.set(key, told);
    return told.size < told.add(wordsOf(event)).size;
  });
}

function wordsOf({ description }: CarrierEvent): string {
  return (description ?? "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Chronological order, oldest first. Scans with a known instant go by it; when none has one, by wall clock. A scan without
 * an instant among others stays beside its neighbour in the carrier's own order: local text is never compared with UTC.
 */
export function orderEvents(events: readonly CarrierEvent[]): CarrierEvent[] {
  const bySequence = events.toSorted((left, right) => left.sequence - right.sequence);
  const anyInstant = bySequence.some((event) => event.at?.utc);
  let anchor = bySequence.find((event) => event.at?.utc)?.at?.utc ?? "";
  const keyed = bySequence.map((event) => {
    anchor = event.at?.utc ?? anchor;
    return { event, key: anyInstant ? anchor : (event.at?.local ?? "") };
  });
  return keyed.toSorted((left, right) => compare(left.key, right.key)).map(({ event }) => event);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Not a reason to doubt a delivery: the parcel was late, or the message about it was. */
export const MERE_DELAY: readonly (SubStatus | null)[] = [
  "delayed",
  "weather",
  "customs",
  "customs_hold",
  "customs_cleared",
  "rescheduled",
  "held",
];

interface ReducedState {
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  deliveredAt: CarrierTime | null;
}

/**
 * The state that a list of scans tells, in any order and with any repetition. Label data never moves a parcel back;
 * `delivered` is sticky until a return or a new delivery problem told by code; a return told by code is sticky, too: a
 * parcel that is delivered on its way back is with its sender. Scans with an unknown code change nothing.
 */
export function reduceEvents(events: readonly CarrierEvent[]): ReducedState {
  return reduceOrdered(orderEvents(events));
}

function reduceOrdered(events: readonly CarrierEvent[]): ReducedState {
  let state: ReducedState = { status: "unknown", subStatus: null, deliveredAt: null };
  let goesBack = false;
  for (const event of events) {
    if (goesBack) {
      if (event.status === "delivered" || event.subStatus === "returned") state = { ...state, subStatus: "returned" };
      continue;
    }
    if (!moves(state, event)) continue;
    const deliveredAt = event.status === "delivered" ? event.at : null;
    state = { status: event.status, subStatus: event.subStatus, deliveredAt };
    goesBack = event.status === "return_to_sender" && isCodedRule(event.rule);
  }
  return state;
}

function moves(state: ReducedState, event: CarrierEvent): boolean {
  if (event.status === "unknown") return false;
  if (event.status === "pre_transit") return state.status === "unknown" || state.status === "pre_transit";
  if (state.status !== "delivered") return true;
  if (event.status === "return_to_sender") return true;
  const problem = event.status === "delivery_attempted" || event.status === "exception";
  return problem && isCodedRule(event.rule) && !MERE_DELAY.includes(event.subStatus);
}

type ShipmentFacts = Pick<CarrierShipment, "trackingNumber"> & Partial<CarrierShipment>;

/**
 * Completes a shipment from its scans: duplicates removed, oldest first, and the status reduced unless the carrier states
 * an authoritative one.
 */
export function buildShipment(facts: ShipmentFacts, scans: readonly CarrierEvent[]): CarrierShipment {
  const events = orderEvents(removeDuplicates(scans));
  const reduced = reduceOrdered(events);
  const top = facts.topLevelStatus ?? null;
  const status = top?.status ?? reduced.status;
  const agreed = status === reduced.status;
  return {
    deliveredAt: status === "delivered" ? deliveryTime(reduced, events) : null,
    estimatedDelivery: null,
    promisedDelivery: null,
    service: null,
    underlyingCarrier: null,
    underlyingCarrierId: null,
    carrierUniqueId: null,
    alternateNumbers: [],
    pieceCount: null,
    ...facts,
    topLevelStatus: top,
    status,
    subStatus: top?.subStatus ?? (agreed ? reduced.subStatus : null),
    events,
  };
}

function deliveryTime(reduced: ReducedState, events: readonly CarrierEvent[]): CarrierTime | null {
  return reduced.deliveredAt ?? events.findLast((event) => event.status === "delivered")?.at ?? null;
}
