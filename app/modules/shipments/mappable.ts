import type { ShipmentStatus, SubStatus } from "#app/modules/carriers/status.ts";

/**
 * What a merchant can say that a code means, each with the details that fit it. "Unknown" is what it is already, and
 * "expired" is a decision of ours that no scan can report.
 */
export const MAPPABLE = {
  pre_transit: ["label_created"],
  in_transit: [
    "accepted",
    "picked_up",
    "arrived_at_facility",
    "departed",
    "handed_to_partner",
    "arrived_in_destination_country",
    "customs",
    "customs_cleared",
    "delayed",
    "weather",
    "rescheduled",
    "held",
  ],
  out_for_delivery: [],
  available_for_pickup: ["locker", "post_office"],
  delivery_attempted: ["nobody_home", "refused", "address_problem", "rescheduled"],
  delivered: ["signed", "front_door", "mailbox", "locker", "safe_place", "other_recipient", "post_office"],
  exception: [
    "delayed",
    "weather",
    "customs_hold",
    "held",
    "missorted",
    "address_problem",
    "refused",
    "damaged",
    "lost",
  ],
  return_to_sender: ["returning", "returned", "refused"],
  cancelled: [],
} as const satisfies Partial<Record<ShipmentStatus, readonly SubStatus[]>>;

type MappableStatus = keyof typeof MAPPABLE;

/** What a form said, checked; null when it is no meaning that a scan can have. */
export function readMeaning(
  status: string,
  subStatus: string,
): { status: MappableStatus; subStatus: SubStatus | null } | null {
  if (!Object.hasOwn(MAPPABLE, status)) return null;
  const details: readonly SubStatus[] = MAPPABLE[status as MappableStatus];
  if (subStatus === "") return { status: status as MappableStatus, subStatus: null };
  const detail = details.find((name) => name === subStatus);
  return detail ? { status: status as MappableStatus, subStatus: detail } : null;
}
