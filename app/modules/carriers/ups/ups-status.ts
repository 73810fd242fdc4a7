import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";

/**
 * `status.statusCode` (three digits; `currentStatus.code` and Track Alert's `descriptionCode` use the same numbers).
 * Numbers above 105 exist without a published meaning: they are deliberately absent.
 */
export const UPS_STATUS_CODES: StatusTable = {
  source:
    "UPS Tracking API appendix, package status codes (developer.ups.com/api/reference/tracking/appendix); 071 from the " +
    "Track Alert examples (github.com/UPS-API/api-documentation, UPSTrackAlert.yaml)",
  codes: {
    "003": ["pre_transit", "label_created"],
    "005": ["in_transit"],
    "006": ["out_for_delivery"],
    "007": ["cancelled"],
    "010": ["in_transit"],
    "011": ["delivered"],
    "012": ["in_transit", "customs"],
    "013": ["exception"],
    "014": ["in_transit", "customs_cleared"],
    "016": ["exception", "held"],
    "017": ["available_for_pickup"],
    "018": ["in_transit", "rescheduled"],
    "019": ["in_transit", "held"],
    "020": ["in_transit", "held"],
    "021": ["out_for_delivery"],
    "022": ["delivery_attempted"],
    "023": ["delivery_attempted"],
    "024": ["delivery_attempted"],
    "025": ["in_transit", "handed_to_partner"],
    "026": ["delivered", "post_office"],
    "027": ["in_transit", "rescheduled"],
    "028": ["in_transit", "rescheduled"],
    "029": ["exception"],
    "030": ["exception", "post_office"],
    "032": ["exception", "weather"],
    "033": ["return_to_sender", "returning"],
    "034": ["return_to_sender", "returned"],
    "035": ["return_to_sender", "returning"],
    "036": ["return_to_sender", "returning"],
    "037": ["out_for_delivery"],
    "038": ["in_transit", "picked_up"],
    "039": ["in_transit", "post_office"],
    "040": ["available_for_pickup"],
    "041": ["in_transit"],
    "042": ["in_transit"],
    "043": ["cancelled"],
    "044": ["pre_transit"],
    "045": ["pre_transit"],
    "046": ["exception", "delayed"],
    "047": ["in_transit"],
    "048": ["exception", "delayed"],
    "049": ["exception", "delayed"],
    "050": ["exception", "address_problem"],
    "051": ["exception", "weather"],
    "052": ["exception", "weather"],
    "053": ["exception", "weather"],
    "054": ["in_transit", "rescheduled"],
    "055": ["in_transit", "rescheduled"],
    "056": ["in_transit"],
    "057": ["in_transit"],
    "058": ["exception", "customs_hold"],
    "059": ["exception", "damaged"],
    "060": ["delivery_attempted"],
    "061": ["delivery_attempted"],
    "062": ["delivery_attempted"],
    "063": ["in_transit", "rescheduled"],
    "064": ["exception", "refused"],
    "065": ["pre_transit"],
    "066": ["delivery_attempted", "post_office"],
    "067": ["return_to_sender", "returned"],
    "068": ["exception", "lost"],
    "069": ["exception"],
    "071": ["in_transit"],
    "072": ["out_for_delivery"],
    "073": ["in_transit", "handed_to_partner"],
    "074": ["in_transit", "handed_to_partner"],
    "075": ["in_transit", "rescheduled"],
    "076": ["exception"],
    "078": ["out_for_delivery"],
    "083": ["in_transit", "rescheduled"],
    "084": ["in_transit", "customs"],
    "086": ["exception", "delayed"],
    "087": ["in_transit"],
    "089": ["out_for_delivery"],
    "090": ["exception", "delayed"],
    "091": ["out_for_delivery"],
    "092": ["in_transit", "customs_hold"],
  },
};

/** `status.code`: two letters. UPS has hundreds; these have a meaning that does not depend on the rest of the scan. */
export const UPS_ACTIVITY_CODES: StatusTable = {
  source: "Examples in UPS's own API descriptions (github.com/UPS-API/api-documentation); XD unverified",
  codes: {
    MP: ["pre_transit", "label_created"],
    VP: ["cancelled"],
    PU: ["in_transit", "picked_up"],
    OR: ["in_transit", "accepted"],
    XD: ["in_transit", "accepted"],
    AR: ["in_transit", "arrived_at_facility"],
    DP: ["in_transit", "departed"],
    YP: ["in_transit"],
    OT: ["out_for_delivery"],
    FS: ["delivered"],
    KB: ["delivered"],
    F4: ["delivered"],
  },
};

/**
 * `status.type` is a family. `X` also marks ordinary customs progress, `D` covers everything from loading to delivery and
 * `U` any update: those three say nothing on their own.
 */
export const UPS_TYPES: StatusTable = {
  source: "UPS Track Alert description, status types (github.com/UPS-API/api-documentation)",
  codes: {
    M: ["pre_transit", "label_created"],
    MV: ["cancelled"],
    P: ["in_transit", "picked_up"],
    I: ["in_transit"],
  },
};

export const UPS_ERRORS: ErrorTable = {
  source: "UPS Tracking and Track Alert error codes (developer.ups.com, github.com/UPS-API/api-documentation)",
  codes: {
    "250001": ["auth", false],
    "250002": ["auth", false],
    "250003": ["auth", false],
    "250005": ["auth", false],
    "250007": ["auth", false],
    "251004": ["auth", true],
    UJ0001: ["auth", true],
    "10401": ["auth", false],
    "10403": ["auth", false],
    "10429": ["rate_limited", true],
    "429": ["rate_limited", true],
    TW0001: ["not_found", true],
    "151044": ["not_found", true],
    TV1002: ["invalid_number", false],
    "151018": ["invalid_number", false],
    "10004": ["server", true],
    VSS100: ["server", true],
    "10007": ["invalid_request", false],
  },
};
