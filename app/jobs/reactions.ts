import type { ShipmentChange } from "#app/modules/shipments/shipment-change.ts";
import type { JobName } from "./catalogue.ts";

/** A job that follows a change of a parcel, queued in the transaction that made the change. */
export interface Reaction {
  job: Extract<JobName, "notifications.decide" | "orders.decide-write-back" | "foresight.forecast">;
  /** Follows what was imported, too: nothing of it may reach a shopper. */
  fromImports?: true;
  /** What makes this change worth the job. */
  when(change: ShipmentChange): boolean;
}

/** "Picked up" and "on the way" are one status of ours and two of Shopify's. */
const stateChanged = ({ before, after }: ShipmentChange) =>
  before.status !== after.status || before.subStatus !== after.subStatus;

/**
 * Everything that follows when a parcel changes. Each is a job of its own, safe to run twice; none of them knows the
 * carrier. Nothing that was imported causes a message.
 */
export const reactions: readonly Reaction[] = [
  // Tell the shopper, or record why not: a second attempt and a second day on the vehicle change no status.
  { job: "notifications.decide", when: () => true },
  // Tell Shopify what it does not know.
  { job: "orders.decide-write-back", when: stateChanged },
  // Foresee it again: every scan changes the forecast, and what was imported is history to learn from.
  { job: "foresight.forecast", fromImports: true, when: () => true },
];

/** The jobs that follow this change. */
export function reactionsTo(change: ShipmentChange): Reaction["job"][] {
  return reactions
    .filter((reaction) => change.origin === "live" || reaction.fromImports)
    .filter((reaction) => reaction.when(change))
    .map((reaction) => reaction.job);
}
