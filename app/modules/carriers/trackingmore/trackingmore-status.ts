import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";
import type { PartnerCodes } from "../partner-codes.ts";

/** Statuses, which decide, and the sub-statuses that say more. `pickup` alone may mean the van or the shelf. */
export const TRACKINGMORE_STATUSES: StatusTable = {
  source: "TrackingMore API v4, delivery status and sub-status (trackingmore.com/docs/trackingmore, logistics status)",
  codes: {
    pending: ["unknown"],
    notfound: ["unknown"],
    notfound001: ["pre_transit"],
    inforeceived: ["pre_transit"],
    transit: ["in_transit"],
    transit002: ["in_transit", "arrived_at_facility"],
    transit003: ["in_transit", "arrived_at_facility"],
    transit004: ["in_transit", "arrived_in_destination_country"],
    transit005: ["in_transit", "customs_cleared"],
    transit006: ["in_transit", "departed"],
    transit007: ["in_transit", "departed"],
    pickup: ["out_for_delivery"],
    pickup002: ["available_for_pickup"],
    delivered: ["delivered"],
    delivered003: ["delivered", "signed"],
    delivered004: ["delivered", "other_recipient"],
    undelivered: ["delivery_attempted"],
    undelivered001: ["delivery_attempted", "address_problem"],
    undelivered002: ["delivery_attempted", "nobody_home"],
    undelivered003: ["delivery_attempted", "address_problem"],
    exception: ["exception"],
    exception004: ["exception", "held"],
    exception006: ["exception", "customs_hold"],
    exception008: ["cancelled"],
    exception009: ["exception", "refused"],
    exception010: ["return_to_sender", "returned"],
    exception011: ["return_to_sender", "returning"],
    expired: ["expired"],
  },
};

export const TRACKINGMORE_ERRORS: ErrorTable = {
  source: "TrackingMore API v4, response codes: meta.code (README of TrackingMore's SDKs)",
  codes: {
    "203": ["auth", false],
    "401": ["auth", false],
    "402": ["auth", false],
    "403": ["auth", false],
    "404": ["not_found", true],
    "429": ["rate_limited", true],
    "500": ["server", true],
    "511": ["server", true],
    "512": ["server", true],
    "513": ["server", true],
    "4101": ["conflict", false],
    "4102": ["not_registered", false],
    "4103": ["invalid_request", false],
    "4110": ["invalid_number", false],
    "4111": ["invalid_number", false],
    "4120": ["invalid_request", false],
    "4121": ["not_supported", false],
    // The carrier needs more than the number (a postal code, an account).
    "4122": ["not_supported", false],
    "4130": ["invalid_request", false],
    // The quota is used up; numbers that are followed already go on.
    "4190": ["rate_limited", false],
  },
};

export const TRACKINGMORE_CARRIERS: PartnerCodes = {
  source: "TrackingMore courier codes (trackingmore.com/docs/trackingmore, courier list; GET /v4/couriers/all)",
  codes: {
    "4px": "4px",
    "australia-post": "australia-post",
    bpost: "bpost",
    "canada-post": "canada-post",
    "china-post": "china-post",
    chronopost: "chronopost",
    correios: "brazil-correios",
    correos: "correos-spain",
    delhivery: "delhivery",
    "dhl-express": "dhl",
    "dhl-parcel-de": "dhl-germany",
    dpd: "dpd",
    "dpd-uk": "dpd-uk",
    fedex: "fedex",
    gls: "gls",
    "hermes-de": "hermes-de",
    "india-post": "india-post",
    "japan-post": "japan-post",
    "la-poste": "colissimo",
    mydhl: "dhl",
    "new-zealand-post": "new-zealand-post",
    ontrac: "ontrac",
    parcelforce: "parcel-force",
    "poste-italiane": "poste-italiane",
    purolator: "purolator",
    "royal-mail": "royal-mail",
    "sf-express": "sf-express",
    "singapore-post": "singapore-post",
    "swiss-post": "swiss-post",
    ups: "ups",
    usps: "usps",
    yanwen: "yanwen",
    yodel: "yodel",
    yunexpress: "yunexpress",
  },
};

/**
 * TrackingMore's documents disagree about the signature of a webhook: the text of v4 speaks of the body, its example of the
 * timestamp, base64 there and hex here; v2 and v3 sign the time in the body, with the account's e-mail as the key. Whatever
 * is documented is borne; the secret decides.
 */
export const TRACKINGMORE_SIGNATURES = {
  source: "TrackingMore webhook documentation (v4: webhook signature; v2/v3: verifyInfo)",
  signatureHeaders: ["trackingmore-webhook-signature", "signature"],
  timestampHeaders: ["trackingmore-webhook-timestamp", "timestamp"],
  encodings: ["hex", "base64"],
} as const;
