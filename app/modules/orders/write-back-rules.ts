import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";
import type { NativeStatus, WriteBackIntent } from "./write-back-intent.ts";

/** A parcel as the decision sees it. */
export interface WriteBackParcel {
  id: string;
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  /** The carrier's time of this state; null when it cannot be known as an instant. */
  statusAt: Date | null;
  /** Since when we know it. */
  statusSince: Date;
  estimatedDeliveryAt: Date | null;
  message: string | null;
}

export interface WriteBackFacts {
  enabled: boolean;
  now: Date;
  orderCancelled: boolean;
  fulfillmentId: string;
  /** Shopify's status of the fulfillment, lower case. */
  fulfillmentStatus: string;
  nativeStatus: string | null;
  /** Parcels that are part of the fulfillment now: removed ones are left out by the caller. */
  parcels: readonly WriteBackParcel[];
}

export type WriteBackSkip =
  "switched_off" | "cancelled" | "already_delivered" | "no_parcels" | "nothing_to_tell" | "time_unknown_and_old";

export type WriteBackDecision = { kind: "write"; intent: WriteBackIntent } | { kind: "skip"; reason: WriteBackSkip };

/** Without a time of its own, only fresh news is written: Shopify would date it now. */
const FRESH_MS = 6 * 3_600_000;

/** How far along a state is; the least advanced parcel speaks for its fulfillment. */
const PROGRESS: Record<NativeStatus, number> = {
  CARRIER_PICKED_UP: 1,
  IN_TRANSIT: 2,
  DELAYED: 3,
  OUT_FOR_DELIVERY: 4,
  ATTEMPTED_DELIVERY: 5,
  READY_FOR_PICKUP: 6,
  FAILURE: 7,
  DELIVERED: 8,
};

const CANNOT_ARRIVE: ReadonlySet<SubStatus> = new Set(["lost", "damaged", "refused", "returning", "returned"]);

/** Shopify's word for a parcel's state; null where Shopify has none, or says enough by itself. */
export function nativeWordFor(parcel: Pick<WriteBackParcel, "status" | "subStatus">): NativeStatus | null {
  switch (parcel.status) {
    case "in_transit":
      return parcel.subStatus === "picked_up" ? "CARRIER_PICKED_UP" : "IN_TRANSIT";
    case "out_for_delivery":
      return "OUT_FOR_DELIVERY";
    case "available_for_pickup":
      return "READY_FOR_PICKUP";
    case "delivery_attempted":
      return "ATTEMPTED_DELIVERY";
    case "delivered":
      return "DELIVERED";
    case "exception":
      return parcel.subStatus !== null && CANNOT_ARRIVE.has(parcel.subStatus) ? "FAILURE" : "DELAYED";
    case "return_to_sender":
      return "FAILURE";
    case "unknown":
    case "pre_transit":
    case "cancelled":
    case "expired":
      return null;
  }
}

/**
 * What Shopify should be told about a fulfillment, from the state of its parcels alone; whether Shopify knows it already
 * is asked right before the writing (`lacks`). A fulfillment has one state: that of its least advanced parcel, so that
 * "delivered" is written only when all of them are.
 */
export function decideWriteBack(facts: WriteBackFacts): WriteBackDecision {
  if (!facts.enabled) return skip("switched_off");
  if (facts.orderCancelled || facts.fulfillmentStatus === "cancelled") return skip("cancelled");
  if (facts.nativeStatus === "delivered") return skip("already_delivered");
  const parcels = facts.parcels.filter((parcel) => parcel.status !== "cancelled");
  if (parcels.length === 0) return skip("no_parcels");
  const words = parcels.map((parcel) => ({ parcel, word: nativeWordFor(parcel) }));
  const told = words.flatMap(({ parcel, word }) => (word === null ? [] : [{ parcel, word }]));
  // A parcel without a word holds the whole fulfillment back.
  if (told.length < words.length) return skip("nothing_to_tell");
  const least = told.reduce((left, right) => (PROGRESS[right.word] < PROGRESS[left.word] ? right : left)).word;
  const speaking = told.filter(({ word }) => word === least).map(({ parcel }) => parcel);
  const parcel = latest(speaking);
  const happenedAt = speaking.some((one) => one.statusAt === null) ? null : parcel.statusAt;
  if (happenedAt === null && facts.now.getTime() - parcel.statusSince.getTime() > FRESH_MS) {
    return skip("time_unknown_and_old");
  }
  const estimate = least === "DELIVERED" ? null : parcel.estimatedDeliveryAt;
  return {
    kind: "write",
    intent: {
      fulfillmentId: facts.fulfillmentId,
      shipmentId: parcel.id,
      status: least,
      happenedAt: happenedAt?.toISOString() ?? null,
      estimatedDeliveryAt: estimate !== null && estimate > facts.now ? estimate.toISOString() : null,
      message: parcel.message,
    },
  };
}

/** Of parcels in the same state, the one that reached it last: since then the state holds for the fulfillment. */
function latest(parcels: readonly WriteBackParcel[]): WriteBackParcel {
  const at = (parcel: WriteBackParcel) => (parcel.statusAt ?? parcel.statusSince).getTime();
  return parcels.reduce((left, right) => (at(right) > at(left) ? right : left));
}

function skip(reason: WriteBackSkip): WriteBackDecision {
  return { kind: "skip", reason };
}
