import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";
import type { PartnerCodes } from "../partner-codes.ts";

/** The status, and behind a dot the sub-statuses that say more than their status. */
export const SHIPPO_STATUSES: StatusTable = {
  source: "Shippo Tracking API, tracking statuses and sub-statuses (docs.goshippo.com/docs/tracking/tracking)",
  codes: {
    UNKNOWN: ["unknown"],
    PRE_TRANSIT: ["pre_transit"],
    TRANSIT: ["in_transit"],
    "TRANSIT.address_issue": ["exception", "address_problem"],
    "TRANSIT.contact_carrier": ["exception"],
    "TRANSIT.delayed": ["in_transit", "delayed"],
    "TRANSIT.delivery_attempted": ["delivery_attempted"],
    "TRANSIT.delivery_rescheduled": ["in_transit", "rescheduled"],
    "TRANSIT.location_inaccessible": ["delivery_attempted"],
    "TRANSIT.notice_left": ["delivery_attempted", "nobody_home"],
    "TRANSIT.out_for_delivery": ["out_for_delivery"],
    "TRANSIT.package_accepted": ["in_transit", "accepted"],
    "TRANSIT.package_arrived": ["in_transit", "arrived_at_facility"],
    "TRANSIT.package_damaged": ["exception", "damaged"],
    "TRANSIT.package_departed": ["in_transit", "departed"],
    "TRANSIT.package_forwarded": ["in_transit", "handed_to_partner"],
    "TRANSIT.package_held": ["in_transit", "held"],
    "TRANSIT.pickup_available": ["available_for_pickup"],
    "TRANSIT.reschedule_delivery": ["exception", "rescheduled"],
    DELIVERED: ["delivered"],
    RETURNED: ["return_to_sender"],
    "RETURNED.return_to_sender": ["return_to_sender", "returning"],
    FAILURE: ["exception"],
    "FAILURE.package_lost": ["exception", "lost"],
  },
};

/** Shippo has no error codes: the first sentence of `detail`, in lower case, stands for one. */
export const SHIPPO_ERRORS: ErrorTable = {
  source:
    "Shippo API, HTTP response status codes (docs.goshippo.com/docs/api_concepts/apihttpstatuscodes) and Django's words",
  codes: {
    "invalid token": ["auth", false],
    "token does not exist": ["auth", false],
    "authentication credentials were not provided": ["auth", false],
    "you do not have permission to perform this action": ["auth", false],
    "not found": ["not_found", true],
    "request was throttled": ["rate_limited", true],
  },
};

/** Shippo answers only for a carrier that is named. */
export const SHIPPO_CARRIERS: PartnerCodes = {
  source: "Shippo API, supported carriers and their tokens (docs.goshippo.com/docs/carriers/carriercapabilities)",
  codes: {
    "australia-post": "australia_post",
    "canada-post": "canada_post",
    chronopost: "chronopost",
    correos: "correos",
    "deutsche-post": "deutsche_post",
    "dhl-ecommerce": "dhl_ecommerce",
    "dhl-express": "dhl_express",
    dpd: "dpd_de",
    "dpd-uk": "dpd_uk",
    evri: "hermes_uk",
    fedex: "fedex",
    gls: "gls_de",
    "la-poste": "colissimo",
    mydhl: "dhl_express",
    ontrac: "ontrac",
    parcelforce: "parcelforce",
    "poste-italiane": "poste_italiane",
    purolator: "purolator",
    "royal-mail": "royal_mail",
    ups: "ups",
    usps: "usps",
  },
};
