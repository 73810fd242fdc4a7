import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";

/** `EventCode`; one code may carry many wordings, the last-mile carrier's own among them. */
export const LANDMARK_CODES: StatusTable = {
  source:
    "Landmark Global, Mercury API documentation, Track API, status codes (mercurydocs.landmarkglobal.com/docs/api-documentation); " +
    "50 to 500 also from recorded answers",
  codes: {
    "50": ["pre_transit", "label_created"],
    // The warehouse prepares the parcel: Landmark does not hold it yet.
    "60": ["pre_transit"],
    "75": ["pre_transit"],
    "80": ["pre_transit"],
    "90": ["exception", "held"],
    "100": ["pre_transit"],
    "125": ["in_transit", "customs_cleared"],
    "135": ["exception", "customs_hold"],
    "150": ["in_transit", "departed"],
    "155": ["in_transit", "arrived_at_facility"],
    "200": ["in_transit"],
    "225": ["in_transit", "arrived_at_facility"],
    "250": ["in_transit", "customs"],
    "275": ["in_transit", "handed_to_partner"],
    "300": ["out_for_delivery"],
    "400": ["delivery_attempted", "nobody_home"],
    "410": ["available_for_pickup"],
    "450": ["in_transit"],
    "500": ["delivered"],
    "510": ["delivered", "signed"],
    // "Return received": by a facility on the way back; nothing tells the sender's own door apart.
    "550": ["return_to_sender", "returning"],
    "570": ["return_to_sender", "returning"],
    "800": ["exception"],
    "900": ["exception", "refused"],
  },
};

export const LANDMARK_ERRORS: ErrorTable = {
  source: "recorded answer (Login); the list of error codes is published to customers only",
  codes: { Login: ["auth", false] },
};

/** How an unknown number is told is not published; the words are what such answers have in common. Unverified. */
export const LANDMARK_NOT_FOUND_WORDS =
  /\b(?:not (?:be )?found|no (?:shipments?|packages?|records?)|does not exist)\b/i;
