/**
 * The eleven states of a parcel, in the order of normal progress; the words are the same on every screen, mail and API.
 * Meaning and the mapping from carriers and aggregators: README, "Words".
 */
export const SHIPMENT_STATUSES = [
  "unknown",
  "pre_transit",
  "in_transit",
  "out_for_delivery",
  "available_for_pickup",
  "delivery_attempted",
  "delivered",
  "exception",
  "return_to_sender",
  "cancelled",
  "expired",
] as const;

export type ShipmentStatus = (typeof SHIPMENT_STATUSES)[number];

/** Detail beside the status: free to grow, never required for logic that moves a parcel. */
export const SUB_STATUSES = [
  "label_created",
  "accepted",
  "picked_up",
  "arrived_at_facility",
  "departed",
  "handed_to_partner",
  "arrived_in_destination_country",
  "customs",
  "customs_hold",
  "customs_cleared",
  "missorted",
  "delayed",
  "weather",
  "held",
  "rescheduled",
  "address_problem",
  "refused",
  "damaged",
  "lost",
  "nobody_home",
  "signed",
  "front_door",
  "mailbox",
  "locker",
  "safe_place",
  "other_recipient",
  "post_office",
  "returning",
  "returned",
] as const;

export type SubStatus = (typeof SUB_STATUSES)[number];
