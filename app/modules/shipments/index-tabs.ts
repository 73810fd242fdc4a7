import type { ShipmentStatus } from "#app/modules/carriers/status.ts";

/** The tabs of the list. Every status is in exactly one of them besides "all". */
export const INDEX_TABS = [
  "all",
  "attention",
  "waiting",
  "in_transit",
  "out_for_delivery",
  "available_for_pickup",
  "delivered",
  "ended",
] as const;

export type IndexTab = (typeof INDEX_TABS)[number];

export const TAB_STATUSES: Readonly<Record<Exclude<IndexTab, "all">, readonly ShipmentStatus[]>> = {
  attention: ["exception", "delivery_attempted", "return_to_sender"],
  waiting: ["unknown", "pre_transit"],
  in_transit: ["in_transit"],
  out_for_delivery: ["out_for_delivery"],
  available_for_pickup: ["available_for_pickup"],
  delivered: ["delivered"],
  ended: ["expired", "cancelled"],
};

/** What can be odd about a parcel. The first two are questions about the row, the others are flags of the fold. */
export const PROBLEMS = [
  "unscanned",
  "unchecked",
  "statusConflict",
  "reusedNumber",
  "partlyDelivered",
  "movedAfterReturn",
  "postDeliveryScans",
  "unknownCode",
  "crossBorder",
] as const;

export type Problem = (typeof PROBLEMS)[number];

/** Counting a tab stops here: a page needs "more than 10,000", and a count must not cost more the bigger the shop is. */
export const COUNTED_TO = 10_000;
