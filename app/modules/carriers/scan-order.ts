import { MAX_EVENTS } from "./read-json.ts";

/**
 * Oldest first, the newest `MAX_EVENTS` of a list that may come in either order: the moments of its two ends, as comparable
 * text, tell which. Without both moments the list is taken to be newest first, as most are.
 */
export function oldestFirst<T>(scans: readonly T[], moment: (scan: T) => string | null): T[] {
  const [first, last] = [scans.at(0), scans.at(-1)];
  const start = first === undefined ? null : moment(first);
  const end = last === undefined ? null : moment(last);
  const ascending = start !== null && end !== null && start < end;
  return (ascending ? scans.slice() : scans.toReversed()).slice(-MAX_EVENTS);
}
