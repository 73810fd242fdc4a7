import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";

/**
 * `opCode` of a route. Not one answer of the live service has been seen: the meanings are those that clients of it agree on.
 * Codes of lockers, shops and partners that tell nothing certain stay out and are reported.
 */
export const SF_EXPRESS_CODES: StatusTable & { verified: false } = {
  verified: false,
  source:
    "SF Express open platform, EXP_RECE_SEARCH_ROUTES, operation codes of routes (open.sf-express.com), as used by public " +
    "clients; unverified",
  codes: {
    "50": ["in_transit", "picked_up"],
    "51": ["in_transit", "picked_up"],
    "54": ["in_transit", "picked_up"],
    "43": ["in_transit", "accepted"],
    "607": ["in_transit", "accepted"],
    "30": ["in_transit", "departed"],
    "36": ["in_transit", "departed"],
    "105": ["in_transit", "departed"],
    "3036": ["in_transit", "departed"],
    "31": ["in_transit", "arrived_at_facility"],
    "106": ["in_transit", "arrived_at_facility"],
    "310": ["in_transit", "arrived_at_facility"],
    "130": ["in_transit", "arrived_at_facility"],
    "147": ["in_transit"],
    "407": ["in_transit"],
    "501": ["in_transit"],
    "627": ["in_transit", "handed_to_partner"],
    "99": ["in_transit", "rescheduled"],
    "15": ["in_transit", "customs"],
    "604": ["in_transit", "customs"],
    "605": ["in_transit", "customs"],
    "606": ["in_transit", "customs_cleared"],
    "14": ["in_transit", "customs_cleared"],
    "18": ["exception", "customs_hold"],
    "44": ["out_for_delivery"],
    "204": ["out_for_delivery"],
    "630": ["out_for_delivery"],
    "125": ["available_for_pickup", "locker"],
    "678": ["available_for_pickup"],
    "33": ["delivery_attempted"],
    "70": ["delivery_attempted"],
    "45": ["exception", "delayed"],
    "77": ["exception", "delayed"],
    "870": ["exception"],
    "80": ["delivered"],
    "128": ["delivered", "locker"],
    // "See the receipt for who signed": no movement.
    "8000": ["unknown"],
    "631": ["return_to_sender", "returning"],
    "648": ["return_to_sender", "returning"],
  },
};

/** `apiResultCode` of the platform, and `errorCode` of the service inside it. */
export const SF_EXPRESS_ERRORS: ErrorTable = {
  source: "SF Express open platform, common return codes and business error codes (open.sf-express.com)",
  codes: {
    A1001: ["invalid_request", false],
    A1002: ["auth", true],
    A1003: ["auth", false],
    A1004: ["auth", false],
    A1005: ["rate_limited", true],
    A1006: ["auth", false],
    A1007: ["conflict", true],
    A1008: ["server", true],
    A1009: ["server", true],
    A1010: ["auth", false],
    A1099: ["server", true],
    "6150": ["not_found", true],
    "8003": ["invalid_request", false],
    "8013": ["invalid_request", false],
    "8018": ["not_found", true],
    "8191": ["invalid_number", false],
    "8247": ["invalid_number", false],
  },
};
