/**
 * What a provider can tell about a message, from the least to the most that is known: of two statements the later one in
 * this list holds, whenever they came. A refusal stands above every good news, because it is the one to act on.
 */
export const DELIVERY_STATES = [
  "sent",
  "delayed",
  "delivered",
  "opened",
  "clicked",
  "failed",
  "suppressed",
  "bounced",
  "complained",
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One statement of a provider, or one click on a link of ours. */
export interface MessageEvent {
  /** What makes it one statement, however often it comes. */
  id: string;
  type: DeliveryState;
  at: Date;
}

export interface DeliveryFold {
  delivery: DeliveryState | null;
  deliveredAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  /** When it bounced, was complained about, or was refused further on. */
  refusedAt: Date | null;
  /** Clicks that a provider counted. */
  clicks: number;
}

const REFUSALS: readonly DeliveryState[] = ["failed", "suppressed", "bounced", "complained"];

/**
 * Where a message stands by everything that was told about it: the highest statement, and the first instant of each kind.
 * Order and repetition of the events change nothing.
 */
export function foldDelivery(events: readonly MessageEvent[]): DeliveryFold {
  const first = (types: readonly DeliveryState[]): Date | null => {
    const times = events.filter(({ type }) => types.includes(type)).map(({ at }) => at.getTime());
    return times.length > 0 ? new Date(Math.min(...times)) : null;
  };
  const highest = Math.max(-1, ...events.map(({ type }) => DELIVERY_STATES.indexOf(type)));
  return {
    delivery: DELIVERY_STATES[highest] ?? null,
    deliveredAt: first(["delivered"]),
    openedAt: first(["opened"]),
    clickedAt: first(["clicked"]),
    refusedAt: first(REFUSALS),
    clicks: new Set(events.filter(({ type }) => type === "clicked").map(({ id }) => id)).size,
  };
}
