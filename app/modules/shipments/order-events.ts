import type { StoredEvent } from "./stored-event.ts";
import { isTopLevelStatement } from "./stored-event.ts";

interface Position {
  event: StoredEvent;
  /** Milliseconds of the instant that the event stands at or beside. */
  anchor: number;
  /** Beside the anchor: before it (-1), at it (0), after it (1); a statement closes what was known then (2). */
  side: number;
  /** Wall clock, compared only where nobody in the group has an instant. */
  wallClock: string;
}

/**
 * Chronological order, oldest first, and total: every permutation of the same events comes out the same.
 *
 * Scans with an instant go by it. A scan without one stays beside its neighbour in the carrier's own sequence, because
 * local text must not be compared with UTC; where no scan of a carrier has an instant, wall clock is compared with wall
 * clock. Ties go by the carrier's sequence and at last by fingerprint.
 */
export function orderEvents(events: readonly StoredEvent[]): StoredEvent[] {
  const groups = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const name = `${event.source === "shopify" ? "shopify" : "carrier"}:${event.carrier}`;
    const group = groups.get(name);
    if (group) group.push(event);
    else groups.set(name, [event]);
  }
  return [...groups.values()]
    .flatMap(placeGroup)
    .sort(comparePositions)
    .map(({ event }) => event);
}

function placeGroup(group: StoredEvent[]): Position[] {
  const sorted = group.toSorted((a, b) => a.sequence - b.sequence || compareText(a.fingerprint, b.fingerprint));
  const first = sorted.find((event) => event.occurredAt !== null && !isTopLevelStatement(event))?.occurredAt ?? null;
  let anchor: Date | null = null;
  return sorted.map((event) => {
    if (isTopLevelStatement(event)) return at(event, event.occurredAt?.getTime() ?? -Infinity, 2);
    if (event.occurredAt) {
      anchor = event.occurredAt;
      return at(event, anchor.getTime(), 0);
    }
    if (anchor) return at(event, anchor.getTime(), 1);
    if (first) return at(event, first.getTime(), -1);
    return { ...at(event, -Infinity, 0), wallClock: event.localTime ?? "" };
  });
}

function at(event: StoredEvent, anchor: number, side: number): Position {
  return { event, anchor, side, wallClock: "" };
}

function comparePositions(a: Position, b: Position): number {
  return (
    compareNumbers(a.anchor, b.anchor) ||
    a.side - b.side ||
    compareText(a.wallClock, b.wallClock) ||
    a.event.sequence - b.event.sequence ||
    compareText(a.event.fingerprint, b.event.fingerprint)
  );
}

/** Also right for two infinities, whose difference is no number. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
