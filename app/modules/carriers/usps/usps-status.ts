import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

/** `trackingEvents[].eventCode`. */
export const USPS_CODES: StatusTable = {
  source:
    "USPS Publication 199, event codes of Intelligent Mail parcels; GX, 80–82, 03, 10, A1, T1, 07, SF, TL, AD, OF and 01 " +
    "seen in recorded answers of the Tracking API v3",
  codes: {
    GX: ["pre_transit", "label_created"],
    MA: ["pre_transit", "label_created"],
    // A partner holds the parcel and the Postal Service awaits it: on its way for whoever ordered it.
    "80": ["in_transit", "picked_up"],
    "81": ["in_transit", "arrived_at_facility"],
    "82": ["in_transit", "departed"],
    "03": ["in_transit", "accepted"],
    OA: ["in_transit", "accepted"],
    PA: ["in_transit", "accepted"],
    TM: ["in_transit", "accepted"],
    "43": ["in_transit", "picked_up"],
    "10": ["in_transit", "arrived_at_facility"],
    A1: ["in_transit", "arrived_at_facility"],
    // "Accepted at destination facility" is an arrival, however much it sounds like a delivery.
    AD: ["in_transit", "arrived_at_facility"],
    "07": ["in_transit", "arrived_at_facility"],
    "19": ["in_transit", "arrived_at_facility"],
    "41": ["in_transit", "arrived_at_facility"],
    T1: ["in_transit", "departed"],
    EF: ["in_transit", "departed"],
    SF: ["in_transit", "departed"],
    TL: ["in_transit"],
    NT: ["in_transit"],
    PC: ["in_transit"],
    "06": ["in_transit"],
    "08": ["in_transit", "missorted"],
    "15": ["in_transit", "missorted"],
    "42": ["in_transit", "handed_to_partner"],
    "71": ["in_transit", "rescheduled"],
    OF: ["out_for_delivery"],
    "14": ["available_for_pickup", "post_office"],
    "16": ["available_for_pickup"],
    "02": ["delivery_attempted"],
    "30": ["delivery_attempted"],
    "51": ["delivery_attempted", "nobody_home"],
    "52": ["delivery_attempted"],
    "53": ["delivery_attempted"],
    "54": ["delivery_attempted"],
    "55": ["delivery_attempted"],
    "56": ["delivery_attempted", "nobody_home"],
    "01": ["delivered"],
    "17": ["delivered", "other_recipient"],
    "04": ["exception", "refused"],
    "05": ["exception", "address_problem"],
    "11": ["exception", "lost"],
    "44": ["exception", "held"],
    DX: ["exception"],
    "09": ["return_to_sender", "returning"],
    "21": ["return_to_sender", "address_problem"],
    "22": ["return_to_sender", "address_problem"],
    "23": ["return_to_sender", "address_problem"],
    "24": ["return_to_sender", "address_problem"],
    "25": ["return_to_sender", "address_problem"],
    "26": ["return_to_sender", "address_problem"],
    "27": ["return_to_sender", "returning"],
    "28": ["return_to_sender", "returning"],
    "29": ["return_to_sender", "returning"],
    "31": ["return_to_sender", "returning"],
  },
};

/** What `01` means is in the words beside it; the first that fits counts. "To original sender" is the end of a return. */
export const USPS_HANDOVERS: readonly (readonly [pattern: RegExp, meaning: Meaning])[] = [
  [/original sender/i, ["return_to_sender", "returned"]],
  [/locker/i, ["delivered", "locker"]],
  [/mail ?box|mail ?slot/i, ["delivered", "mailbox"]],
  [/front door|porch/i, ["delivered", "front_door"]],
  [/neighbor|front desk|reception|mail ?room|agent/i, ["delivered", "other_recipient"]],
  [/garage|other location|patio|deck/i, ["delivered", "safe_place"]],
  [/post office|po box/i, ["delivered", "post_office"]],
];

/** Scans of international mail and notices about delay come without a code. */
export const USPS_PHRASES: readonly (readonly [name: string, pattern: RegExp, meaning: Meaning])[] = [
  ["customs held", /\b(?:held in|inbound into|into) customs\b/i, ["in_transit", "customs_hold"]],
  ["customs cleared", /\b(?:out of customs|customs clearance complete)/i, ["in_transit", "customs_cleared"]],
  ["weather", /\bweather\b/i, ["exception", "weather"]],
  ["late", /\barriving late\b/i, ["exception", "delayed"]],
];

export const USPS_MAIL_CLASS_MARKS = /<[^<>]{0,20}>|&#?\w{1,8};/g;

export const USPS_ERRORS: ErrorTable = {
  source: "USPS Tracking API v3 and OAuth v3 (developers.usps.com); issues of github.com/USPS/api-examples",
  codes: {
    invalid_client: ["auth", false],
    unauthorized_client: ["auth", false],
    invalid_scope: ["auth", false],
    invalid_request: ["invalid_request", false],
    unsupported_grant_type: ["invalid_request", false],
    "400": ["invalid_request", false],
    "401": ["auth", false],
    "403": ["auth", false],
    "404": ["not_found", true],
    "429": ["rate_limited", true],
    "500": ["server", true],
    "502": ["server", true],
    "503": ["server", true],
    "504": ["server", true],
    "oauth.v2.InvalidApiKeyForGivenResource": ["auth", false],
    "keymanagement.service.invalid_access_token": ["auth", true],
    "policies.ratelimit.QuotaViolation": ["rate_limited", true],
  },
};

/** USPS answers "no record yet" as a bad request too; only the words tell. */
export const USPS_NOT_FOUND_WORDS =
  /status update is not yet available|no record of|could not locate|not (?:yet )?(?:found|available)/i;
