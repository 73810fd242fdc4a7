import type { NativeStatus } from "./write-back-intent.ts";

/** One event of Shopify's history of a fulfillment, as far as it decides whether we may add another. */
export interface HistoryEvent {
  /** Lower case */
  status: string;
  happenedAt: Date | null;
}

/** Normal progress; a later state is never followed by an earlier one. */
const RANK: Readonly<Record<string, number>> = {
  label_purchased: 0,
  label_printed: 0,
  confirmed: 0,
  carrier_picked_up: 1,
  in_transit: 2,
  out_for_delivery: 3,
  ready_for_pickup: 4,
  picked_up: 5,
  delivered: 5,
};

/** Bad news, after which a parcel may move on again. */
const DETOURS: ReadonlySet<string> = new Set(["delayed", "attempted_delivery", "failure"]);

export type Lack = { kind: "lacks" } | { kind: "known"; reason: "already_delivered" | "already_there" | "behind" };

/**
 * Whether Shopify lacks this state. Nothing follows "delivered". Progress never goes backwards and is told once, until bad
 * news comes between: then the same state may be told again. Bad news is told again only after progress.
 * @param news the state and its time; without a time it is never told again.
 * @param history in any order; an event without a time counts as older than all others.
 */
export function lacks(news: { status: NativeStatus; happenedAt: Date | null }, history: readonly HistoryEvent[]): Lack {
  const sorted = history.toSorted((left, right) => time(left) - time(right));
  const events = sorted.map((event) => event.status);
  if (events.some((event) => event === "delivered" || event === "picked_up")) return known("already_delivered");
  const word = news.status.toLowerCase();
  const highest = Math.max(-1, ...events.map((event) => RANK[event] ?? -1));
  if (!DETOURS.has(word) && (RANK[word] ?? -1) < highest) return known("behind");
  const last = events.lastIndexOf(word);
  if (last === -1) return { kind: "lacks" };
  // What allows the same word again: progress after bad news, bad news after progress.
  const between = sorted.slice(last + 1).find((event) => DETOURS.has(event.status) !== DETOURS.has(word));
  const later = between && news.happenedAt !== null && news.happenedAt.getTime() > time(between);
  return later ? { kind: "lacks" } : known("already_there");
}

function time(event: HistoryEvent): number {
  return event.happenedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
}

function known(reason: "already_delivered" | "already_there" | "behind"): Lack {
  return { kind: "known", reason };
}
