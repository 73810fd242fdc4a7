import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

const SOURCE = "GLS Track And Trace V1, OpenAPI 1.0.7 (dev-portal.gls-group.net)";

/** `parcels[].status`: a closed list with published meanings. */
export const GLS_STATUSES: StatusTable = {
  source: SOURCE,
  codes: {
    PLANNEDPICKUP: ["pre_transit"],
    INPICKUP: ["pre_transit"],
    NOTPICKEDUP: ["exception"],
    PREADVICE: ["pre_transit", "label_created"],
    INTRANSIT: ["in_transit"],
    INDELIVERY: ["out_for_delivery"],
    // "Delivered to a parcel shop": the shopper has yet to fetch it.
    DELIVEREDPS: ["available_for_pickup"],
    DELIVERED: ["delivered"],
    INWAREHOUSE: ["in_transit", "arrived_at_facility"],
    NOTDELIVERED: ["delivery_attempted"],
    CANCELED: ["cancelled"],
    FINAL: ["unknown"],
  },
};

/** "Not delivered" covers an attempt, a refusal and a loss, and "history closed" says nothing: scans decide when there are any. */
export const GLS_VAGUE_STATUSES: ReadonlySet<string> = new Set(["NOTDELIVERED", "FINAL"]);

/** `events[].code`, "family.reason". The service lists all of them for customers at `/tracking/events/codes`. */
export const GLS_CODES: StatusTable = {
  source: `${SOURCE}: examples; INBOUD, OUTBOD, OUTDEL and DELIVD.NORMAL from live answers that users published`,
  codes: {
    "INTIAL.PREADVICE": ["pre_transit", "label_created"],
    // Ready at the sender's, not yet with GLS.
    "INTIAL.E48_DATA": ["pre_transit"],
    "INTIAL.NORMAL": ["in_transit", "accepted"],
    "INBOUD.NORMAL": ["in_transit", "arrived_at_facility"],
    "OUTBOD.NORMAL": ["in_transit", "departed"],
    "OUTDEL.NORMAL": ["out_for_delivery"],
    "DELIVD.NORMAL": ["delivered"],
    "DELIVD.PARCELSHOP": ["available_for_pickup"],
    "DELIVD.DEL_BY_PSAPP": ["delivered"],
    "CANCEL.NORMAL": ["cancelled"],
  },
};

/** The half before the dot, where the other half is new. Never for `DELIVD`: a parcel shop is no delivery. */
export const GLS_FAMILIES: StatusTable = {
  source: "the families of the codes above; NOTDEL unverified",
  codes: {
    INBOUD: ["in_transit"],
    OUTBOD: ["in_transit"],
    OUTDEL: ["out_for_delivery"],
    NOTDEL: ["delivery_attempted"],
  },
};

/** Neither list has a word for a return or a loss; GLS's English descriptions do. */
export const GLS_WORDS: {
  source: string;
  returning: RegExp;
  notDelivered: readonly (readonly [words: RegExp, meaning: Meaning])[];
} = {
  source: "English descriptions of GLS's tracking page (unverified)",
  returning: /\b(?:return(?:ed|ing|s)? to (?:the )?(?:sender|shipper|consignor))\b/i,
  notDelivered: [
    [/\brefus/i, ["exception", "refused"]],
    [/\baddress\b/i, ["exception", "address_problem"]],
    [/\b(?:lost|missing)\b/i, ["exception", "lost"]],
    [/\bdamage/i, ["exception", "damaged"]],
    [/\b(?:absent|not at home)\b/i, ["delivery_attempted", "nobody_home"]],
  ],
};

export const GLS_ERRORS: ErrorTable = {
  source: `${SOURCE}; codes of the Apigee gateway in front of it, those without an example in it unverified`,
  codes: {
    E_400_01: ["invalid_number", false],
    E_400_02: ["invalid_request", false],
    E_400_03: ["invalid_request", false],
    E_404_01: ["not_found", true],
    E_404_02: ["not_found", true],
    E_500_01: ["server", true],
    "steps.jwt.TokenExpired": ["auth", true],
    "steps.jwt.InvalidToken": ["auth", true],
    "steps.jwt.FailedToDecode": ["auth", true],
    "oauth.v2.InvalidApiKeyForGivenResource": ["auth", false],
    "policies.ratelimit.QuotaViolation": ["rate_limited", true],
    invalid_client: ["auth", false],
    unauthorized_client: ["auth", false],
  },
};
