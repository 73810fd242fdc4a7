import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";
import type { PartnerCodes } from "../partner-codes.ts";
import type { SubStatus } from "../status.ts";

/** `status` of a tracker and of each of its details: published words with an authoritative meaning. */
export const EASYPOST_STATUSES: StatusTable = {
  source: "EasyPost API, Tracker object, status values (docs.easypost.com/docs/trackers)",
  codes: {
    unknown: ["unknown"],
    // An advisory of EasyPost's, not a scan of the carrier.
    error: ["unknown"],
    pre_transit: ["pre_transit"],
    in_transit: ["in_transit"],
    out_for_delivery: ["out_for_delivery"],
    delivered: ["delivered"],
    available_for_pickup: ["available_for_pickup"],
    return_to_sender: ["return_to_sender", "returning"],
    failure: ["exception"],
    cancelled: ["cancelled"],
    // Seen spelled both ways.
    canceled: ["cancelled"],
  },
};

/** `status_detail`: a second word about the same scan. It refines, it never decides. */
export const EASYPOST_DETAILS: { source: string; codes: Readonly<Record<string, SubStatus>> } = {
  source: "EasyPost API, Tracker object, status_detail values (docs.easypost.com/docs/trackers)",
  codes: {
    address_correction: "address_problem",
    arrived_at_facility: "arrived_at_facility",
    received_at_destination_facility: "arrived_at_facility",
    received_at_origin_facility: "accepted",
    damaged: "damaged",
    delayed: "delayed",
    departed_facility: "departed",
    departed_origin_facility: "departed",
    held: "held",
    label_created: "label_created",
    lost: "lost",
    missorted: "missorted",
    refused: "refused",
    transferred_to_destination_carrier: "handed_to_partner",
    weather_delay: "weather",
  },
};

/** `failure` covers a failed attempt and everything worse; only the carrier's words tell them apart. */
export const EASYPOST_ATTEMPT_WORDS =
  /\b(?:delivery attempt|attempted delivery|attempted to deliver|notice left|business closed|no access|not available|nobody (?:was )?home|no one (?:was )?(?:home|available))\b/i;

export const EASYPOST_ERRORS: ErrorTable = {
  source: "EasyPost API, errors (docs.easypost.com/docs/errors)",
  codes: {
    "TRACKER.CREATE.ERROR": ["invalid_request", false],
    "TRACKER.NOT_FOUND": ["not_found", true],
    NOT_FOUND: ["not_found", true],
    "APIKEY.INACTIVE": ["auth", false],
    "APIKEY.FORBIDDEN": ["auth", false],
    "USER.FORBIDDEN": ["auth", false],
    UNAUTHORIZED: ["auth", false],
    FORBIDDEN: ["auth", false],
    PAYMENT_REQUIRED: ["auth", false],
    RATE_LIMITED: ["rate_limited", true],
    TOO_MANY_REQUESTS: ["rate_limited", true],
    INTERNAL_SERVER_ERROR: ["server", true],
    SERVICE_UNAVAILABLE: ["server", true],
    UNPROCESSABLE_ENTITY: ["invalid_request", false],
    BAD_REQUEST: ["invalid_request", false],
  },
};

/** Carriers that are not here are left to EasyPost's own detection: it refuses a name that it does not know. */
export const EASYPOST_CARRIERS: PartnerCodes = {
  source:
    "EasyPost API, carriers of trackers (docs.easypost.com/carriers): FedEx and USPS seen in recorded answers, the others " +
    "unverified",
  codes: {
    "australia-post": "AustraliaPost",
    "canada-post": "CanadaPost",
    "dhl-express": "DHLExpress",
    "dhl-parcel-de": "DHLPaket",
    fedex: "FedEx",
    mydhl: "DHLExpress",
    ontrac: "OnTrac",
    purolator: "Purolator",
    "royal-mail": "RoyalMail",
    ups: "UPS",
    usps: "USPS",
  },
};
