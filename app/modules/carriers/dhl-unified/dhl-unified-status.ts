import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

const SOURCE = "DHL Shipment Tracking - Unified API (developer.dhl.com/api-reference/shipment-tracking)";

/**
 * `statusCode` of a shipment and of its events: five published words, the same for every division. `failure` covers an
 * attempt, a return and a loss, `delivered` also the end of a return: see below.
 */
export const DHL_STATUS_CODES: StatusTable = {
  source: SOURCE,
  codes: {
    "pre-transit": ["pre_transit"],
    transit: ["in_transit"],
    delivered: ["delivered"],
    failure: ["exception"],
    unknown: ["unknown"],
  },
};

/**
 * What the words of a `transit` or `failure` scan add to it; the first that fits counts. The divisions write their own
 * sentences, in English when asked for English. None of them ever makes a parcel delivered.
 */
export const DHL_TRANSIT_WORDS: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/\b(?:out for delivery|with (?:the )?delivery courier|loaded onto the delivery vehicle)\b/i, ["out_for_delivery"]],
  [/\b(?:ready|available) for (?:pick-?\s?up|collection)\b/i, ["available_for_pickup"]],
  [/\b(?:return(?:ed|ing)? to (?:the )?(?:sender|shipper)|return shipment)\b/i, ["return_to_sender", "returning"]],
  [/\bclearance (?:event|delay)|held (?:by|in|at) customs|customs status updated\b/i, ["in_transit", "customs_hold"]],
  [/\b(?:customs clearance|clearance processing) (?:is )?complete/i, ["in_transit", "customs_cleared"]],
  [/\bcustoms\b/i, ["in_transit", "customs"]],
  [/\bweather\b/i, ["exception", "weather"]],
  [/\bpicked up\b/i, ["in_transit", "picked_up"]],
  [/\b(?:tendered|handed over|transferred) to\b/i, ["in_transit", "handed_to_partner"]],
  [/\bdepart(?:ed|ure)\b/i, ["in_transit", "departed"]],
  [/\barriv(?:ed|al)\b/i, ["in_transit", "arrived_at_facility"]],
];

/** The end of a return is a delivery for DHL, and none for the shopper. */
export const DHL_DELIVERED_WORDS: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [
    /\b(?:return(?:ed)?|delivered)(?: back)? to (?:the )?(?:original )?(?:sender|shipper)\b/i,
    ["return_to_sender", "returned"],
  ],
];

export const DHL_FAILURE_WORDS: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/\breturned to (?:the )?(?:sender|shipper)\b/i, ["return_to_sender", "returned"]],
  [/\breturn/i, ["return_to_sender", "returning"]],
  [/\brefus/i, ["exception", "refused"]],
  [/\b(?:lost|cannot be located)\b/i, ["exception", "lost"]],
  [/\bdamag/i, ["exception", "damaged"]],
  [/\b(?:address|moved)\b/i, ["exception", "address_problem"]],
  [/\bweather\b/i, ["exception", "weather"]],
  [/\b(?:clearance|customs)\b/i, ["exception", "customs_hold"]],
  [/\b(?:not (?:at )?home|absent|not available|nobody)\b/i, ["delivery_attempted", "nobody_home"]],
  [/\battempt|could not be delivered|notification card\b/i, ["delivery_attempted"]],
];

/** By the status of the problem; the words of its title say nothing else. */
export const DHL_ERRORS: ErrorTable = {
  source: SOURCE,
  codes: {
    "400": ["invalid_request", false],
    "401": ["auth", false],
    "403": ["auth", false],
    "404": ["not_found", true],
    "429": ["rate_limited", true],
    "500": ["server", true],
    "502": ["server", true],
    "503": ["server", true],
    "504": ["server", true],
  },
};
