import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

/**
 * Australia Post sends no event codes: the words are the code. Compared in lower case. Words that are in neither table are
 * reported as an unknown code, like a code would be.
 */
export const AUSTRALIA_POST_WORDS: StatusTable = {
  source:
    "recorded answers of the Shipping and Tracking API and its documentation example (developers.auspost.com.au, Track " +
    "items); words of attempts, holds and returns from auspost.com.au, tracking updates explained",
  codes: {
    "shipping information received by australia post": ["pre_transit", "label_created"],
    "shipping information approved by australia post": ["pre_transit", "label_created"],
    "manifest received by australia post ready for processing": ["pre_transit", "label_created"],
    "received by australia post": ["in_transit", "accepted"],
    "received item from sender (outbound)": ["in_transit", "accepted"],
    "received and ready for processing": ["in_transit", "accepted"],
    "picked up from sender": ["in_transit", "picked_up"],
    "processed through australia post facility": ["in_transit", "arrived_at_facility"],
    "item processed at facility": ["in_transit", "arrived_at_facility"],
    "processed at export facility": ["in_transit", "arrived_at_facility"],
    "arrived at facility": ["in_transit", "arrived_at_facility"],
    "arrived at facility in destination country": ["in_transit", "arrived_in_destination_country"],
    "departed facility": ["in_transit", "departed"],
    "despatch parcels from export facility": ["in_transit", "departed"],
    "processed by air carrier": ["in_transit"],
    "in transit": ["in_transit"],
    "transferred to delivery partner": ["in_transit", "handed_to_partner"],
    "cleared and awaiting international departure": ["in_transit", "customs_cleared"],
    "arrived awaiting clearance (inbound)": ["in_transit", "customs"],
    "item is in customs": ["in_transit", "customs"],
    "item cleared by customs": ["in_transit", "customs_cleared"],
    "held by customs": ["exception", "customs_hold"],
    "onboard for delivery": ["out_for_delivery"],
    "on board for delivery": ["out_for_delivery"],
    "with australia post for delivery today": ["out_for_delivery"],
    "with driver": ["out_for_delivery"],
    "unsuccessful delivery": ["delivery_attempted"],
    "to be re-delivered": ["delivery_attempted", "rescheduled"],
    delivered: ["delivered"],
    "item delivered": ["delivered"],
    "delivered in full": ["delivered"],
    "delivered - left in a safe place": ["delivered", "safe_place"],
    "possible delay": ["exception", "delayed"],
    delayed: ["exception", "delayed"],
    "delayed by severe weather": ["exception", "weather"],
    "held by courier": ["exception", "held"],
    "refused by recipient": ["exception", "refused"],
    "article damaged": ["exception", "damaged"],
    "article lost": ["exception", "lost"],
    "cannot be delivered": ["exception"],
    "return to sender": ["return_to_sender", "returning"],
    "returning to sender": ["return_to_sender", "returning"],
    "returned to sender": ["return_to_sender", "returned"],
  },
};

/** Words that go on with a place or a remark ("Awaiting collection at KEW LPO"). */
export const AUSTRALIA_POST_BEGINNINGS: readonly (readonly [beginning: string, meaning: Meaning])[] = [
  ["in transit to next facility", ["in_transit", "departed"]],
  ["arrived in ", ["in_transit", "arrived_in_destination_country"]],
  ["awaiting collection", ["available_for_pickup"]],
  ["attempted delivery", ["delivery_attempted"]],
  ["delivered - ", ["delivered"]],
];

/** `status` of an item. "Unknown" (seen on parcels that move) and summaries of several items tell nothing. */
export const AUSTRALIA_POST_STATUSES: StatusTable = {
  source: "Australia Post, Shipping and Tracking API, Track items, status values (developers.auspost.com.au)",
  codes: {
    created: ["pre_transit", "label_created"],
    sealed: ["pre_transit", "label_created"],
    initiated: ["pre_transit", "label_created"],
    unconfirmed: ["pre_transit"],
    "ready for pickup": ["pre_transit"],
    "in transit": ["in_transit"],
    "on board for delivery": ["out_for_delivery"],
    "awaiting collection": ["available_for_pickup"],
    "unsuccessful delivery": ["delivery_attempted"],
    "to be re-delivered": ["delivery_attempted", "rescheduled"],
    delivered: ["delivered"],
    "delivered in full": ["delivered"],
    "possible delay": ["exception", "delayed"],
    "held by courier": ["exception", "held"],
    "article damaged": ["exception", "damaged"],
    "cannot be delivered": ["exception"],
    cancelled: ["cancelled"],
  },
};

export const AUSTRALIA_POST_ERRORS: ErrorTable = {
  source:
    "Australia Post, Shipping and Tracking API, Track items, error codes (developers.auspost.com.au); refusals of the " +
    "credentials by their name and HTTP status, which the page does not list",
  codes: {
    "ESB-10001": ["invalid_number", false],
    "ESB-10002": ["not_supported", false],
    "ESB-20010": ["server", true],
    "ESB-20050": ["server", true],
    "51100": ["invalid_request", false],
    "51101": ["invalid_request", false],
    "51102": ["invalid_request", false],
    "51103": ["invalid_request", false],
    "51104": ["not_found", true],
    API_002: ["rate_limited", true],
  },
};

export const REFUSED_WORDS = /\b(?:unauthori[sz]ed|not authori[sz]ed|authentication|forbidden)\b/i;
