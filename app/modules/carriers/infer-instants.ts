import type { CarrierEvent, CarrierShipment, CarrierTime } from "./carrier.ts";
import { instantIn } from "./local-instant.ts";
import { zonesOfPlace } from "./zone-of-place.ts";

/** Clocks of scanners and ours may differ by so much. */
const TOLERANCE = 15 * 60_000;

/** Times that carriers write where they have a date only. */
const PLACEHOLDER_CLOCKS: ReadonlySet<string> = new Set(["00:00:00", "11:59:59", "23:59:00", "23:59:59"]);

/** What labels of zones may mean, in minutes east of UTC. A label that means something else than the place is no help. */
const LABELS: Readonly<Record<string, readonly number[]>> = {
  AST: [-240],
  ADT: [-180],
  NST: [-210],
  NDT: [-150],
  EST: [-300],
  EDT: [-240],
  CST: [-360, 480],
  CDT: [-300],
  MST: [-420],
  MDT: [-360],
  PST: [-480],
  PDT: [-420],
  AKST: [-540],
  AKDT: [-480],
  HST: [-600],
  GMT: [0],
  UTC: [0],
  WET: [0],
  WEST: [60],
  BST: [60],
  CET: [60],
  CEST: [120],
  MEZ: [60],
  MESZ: [120],
  EET: [120],
  EEST: [180],
  MSK: [180],
  IST: [330, 60, 120],
  JST: [540],
  HKT: [480],
  AWST: [480],
  ACST: [570],
  ACDT: [630],
  AEST: [600],
  AEDT: [660],
  NZST: [720],
  NZDT: [780],
};

/**
 * Gives the scans that carry no zone the instant that follows from their place, marked `inferred`, where the place leaves
 * no doubt; the others stay without an instant. The carrier's own times always win: an instant that contradicts the order
 * in which the same answer lists its timed scans, or that lies after `now`, is not believed. Pure.
 */
export function inferInstants(shipment: CarrierShipment, now: Date): CarrierShipment {
  if (!shipment.events.some(isOpen)) return shipment;
  const timed = shipment.events
    .filter((event) => event.at?.utc)
    .map((event) => ({ sequence: event.sequence, at: Date.parse(event.at?.utc ?? "") }));
  const events = shipment.events.map((event) => {
    if (!event.at || !isOpen(event)) return event;
    const at = inferTime(event.at, event);
    if (at === null || Date.parse(at.utc ?? "") > now.getTime() + TOLERANCE) return event;
    return contradicts(event.sequence, Date.parse(at.utc ?? ""), timed) ? event : { ...event, at };
  });
  return { ...shipment, events, deliveredAt: deliveryTime(shipment.deliveredAt, events) };
}

/** Label data is left out: it names the sender's place, but no scanner stood there; its clock may be that of an office. */
function isOpen({ at, status }: CarrierEvent): boolean {
  return status !== "pre_transit" && at !== null && at.utc === null && at.offset === null && at.local.length > 10;
}

function inferTime(at: CarrierTime, { location, countryCode }: CarrierEvent): CarrierTime | null {
  if (PLACEHOLDER_CLOCKS.has(at.local.slice(11))) return null;
  const utc = instantIn(zonesOfPlace(location, countryCode), at.local);
  if (utc === null || (at.zoneName !== undefined && !agrees(at.zoneName, at.local, utc))) return null;
  return { ...at, utc, inferred: true };
}

/** Whether a label such as "EDT" means the offset that follows from the place; "MST" in September does not. */
function agrees(label: string, local: string, utc: string): boolean {
  const minutes = (Date.parse(`${local}Z`) - Date.parse(utc)) / 60_000;
  return LABELS[label.trim().toUpperCase()]?.includes(minutes) ?? false;
}

interface Timed {
  sequence: number;
  at: number;
}

/** Whether the nearest scan before it in the carrier's order is later, or the nearest one after it is earlier. */
function contradicts(sequence: number, at: number, timed: readonly Timed[]): boolean {
  let before: Timed | null = null;
  let after: Timed | null = null;
  for (const one of timed) {
    if (one.sequence < sequence && (before === null || one.sequence > before.sequence)) before = one;
    if (one.sequence > sequence && (after === null || one.sequence < after.sequence)) after = one;
  }
  return (before !== null && before.at > at) || (after !== null && after.at < at);
}

/** The time of the delivery is that of its scan, when that is what it repeats. */
function deliveryTime(at: CarrierTime | null, events: readonly CarrierEvent[]): CarrierTime | null {
  if (at === null || at.utc !== null || at.offset !== null) return at;
  const scan = events.find(
    (event) => event.status === "delivered" && event.at?.inferred && event.at.local === at.local,
  );
  return scan?.at ?? at;
}
