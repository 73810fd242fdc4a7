import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

/** `scanEvents[].eventType` and `latestStatusDetail.code` share these two-letter codes. */
export const FEDEX_CODES: StatusTable = {
  source:
    "FedEx Track API, tracking status codes (developer.fedex.com/api/en-us/guides/api-reference.html#trackingstatuscodes)",
  codes: {
    OC: ["pre_transit", "label_created"],
    OX: ["pre_transit", "label_created"],
    EP: ["pre_transit"],
    PU: ["in_transit", "picked_up"],
    PX: ["in_transit", "picked_up"],
    AP: ["in_transit", "accepted"],
    // At the FedEx origin facility: easily taken for "out for delivery", which is OD.
    OF: ["in_transit", "arrived_at_facility"],
    AA: ["in_transit", "arrived_at_facility"],
    AC: ["in_transit", "handed_to_partner"],
    AX: ["in_transit", "handed_to_partner"],
    AR: ["in_transit", "arrived_at_facility"],
    AF: ["in_transit", "arrived_at_facility"],
    FD: ["in_transit", "arrived_at_facility"],
    SF: ["in_transit", "arrived_at_facility"],
    PL: ["in_transit", "arrived_at_facility"],
    DP: ["in_transit", "departed"],
    LO: ["in_transit", "departed"],
    PF: ["in_transit", "departed"],
    EA: ["in_transit"],
    EO: ["in_transit"],
    IT: ["in_transit"],
    IX: ["in_transit"],
    PM: ["in_transit"],
    TR: ["in_transit", "handed_to_partner"],
    AO: ["in_transit"],
    AE: ["in_transit"],
    CC: ["in_transit", "customs_cleared"],
    CP: ["in_transit", "customs"],
    OD: ["out_for_delivery"],
    ED: ["out_for_delivery"],
    AD: ["out_for_delivery"],
    HL: ["available_for_pickup"],
    HP: ["available_for_pickup"],
    DE: ["exception"],
    SE: ["exception"],
    DY: ["exception", "delayed"],
    DD: ["exception", "delayed"],
    CD: ["exception", "customs_hold"],
    RS: ["return_to_sender", "returning"],
    RT: ["return_to_sender", "returning"],
    DL: ["delivered"],
    CA: ["cancelled"],
  },
};

/**
 * Reasons beside `DE` that mean somebody stood at the door, by number without leading zeros. Other reasons leave `DE` a
 * plain exception.
 */
export const FEDEX_ATTEMPTS: { source: string; codes: Readonly<Record<string, Meaning>> } = {
  source:
    "FedEx Track API mock numbers (delivery exceptions 007 and 03) and a recorded answer (08); 15 from the API example",
  codes: {
    "3": ["delivery_attempted", "address_problem"],
    "7": ["delivery_attempted", "nobody_home"],
    "8": ["delivery_attempted", "nobody_home"],
    "15": ["delivery_attempted", "nobody_home"],
  },
};

export const FEDEX_ERRORS: ErrorTable = {
  source: "FedEx Track API description, error responses (developer.fedex.com/api/en-us/catalog/track/v1/docs.html)",
  codes: {
    "NOT.AUTHORIZED.ERROR": ["auth", true],
    "LOGIN.REAUTHENTICATE.ERROR": ["auth", true],
    "FORBIDDEN.ERROR": ["auth", false],
    "SERVICE.UNAVAILABLE.ERROR": ["server", true],
    "INTERNAL.SERVER.ERROR": ["server", true],
    "BAD.REQUEST.ERROR": ["invalid_request", false],
    "INVALID.INPUT.EXCEPTION": ["invalid_request", false],
    "NOT.FOUND.ERROR": ["not_found", true],
    "TRACKING.TRACKINGNUMBER.NOTFOUND": ["not_found", true],
    "TRACKING.DATA.NOTFOUND": ["not_found", true],
    "TRACKING.DATA.NOTAVAILABLE": ["not_found", true],
    "TRACKING.TRACKINGNUMBER.EMPTY": ["invalid_request", false],
    "TRACKING.TRACKINGNUMBER.INVALID": ["invalid_number", false],
  },
};

/** A rejected token also comes as `BAD.REQUEST.ERROR`; only the words tell. */
export const FEDEX_TOKEN_WORDS = /\b(?:JWT|access token|bearer token)\b/i;
