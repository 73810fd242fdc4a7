import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";
import type { PartnerCodes } from "../partner-codes.ts";

/** `statusMilestone`, which every event has. */
export const SHIP24_MILESTONES: StatusTable = {
  source: "Ship24 Tracking API, status: statusMilestone (docs.ship24.com/status#statusmilestone)",
  codes: {
    pending: ["unknown"],
    info_received: ["pre_transit"],
    in_transit: ["in_transit"],
    out_for_delivery: ["out_for_delivery"],
    failed_attempt: ["delivery_attempted"],
    available_for_pickup: ["available_for_pickup"],
    delivered: ["delivered"],
    exception: ["exception"],
  },
};

/** `statusCode`, which says more where Ship24 has understood the carrier's words. */
export const SHIP24_CODES: StatusTable = {
  source: "Ship24 Tracking API, status: statusCode (docs.ship24.com/status#statuscode)",
  codes: {
    data_order_created: ["pre_transit", "label_created"],
    data_order_cancelled: ["cancelled"],
    transit_handover: ["in_transit", "accepted"],
    transit_origin_country_departure: ["in_transit", "departed"],
    destination_arrival: ["in_transit", "arrived_in_destination_country"],
    customs_received: ["in_transit", "customs"],
    customs_exception: ["exception", "customs_hold"],
    customs_rejected: ["exception", "customs_hold"],
    customs_cleared: ["in_transit", "customs_cleared"],
    delivery_available_for_pickup: ["available_for_pickup"],
    delivery_out_for_delivery: ["out_for_delivery"],
    delivery_attempted: ["delivery_attempted"],
    delivery_exception: ["exception"],
    delivery_refused: ["exception", "refused"],
    delivery_delivered: ["delivered"],
    exception_return: ["return_to_sender", "returning"],
    exception_lost: ["exception", "lost"],
    exception_discarded: ["exception"],
  },
};

export const SHIP24_ERRORS: ErrorTable = {
  source: "Ship24 Tracking API, errors (docs.ship24.com/errors) and the codes in its OpenAPI document and ship24-node",
  codes: {
    auth_missing_header: ["auth", false],
    auth_invalid_header: ["auth", false],
    auth_invalid_api_key: ["auth", false],
    no_active_subscription: ["auth", false],
    // Trackers that exist already go on.
    quota_limit_reached: ["rate_limited", false],
    bulk_create_limit_exceeded: ["rate_limited", false],
    tracker_not_found: ["not_registered", false],
    parcel_not_found: ["not_found", true],
    request_conflict: ["conflict", true],
    tracker_conflict: ["conflict", false],
    validation_error: ["invalid_request", false],
    missing_mandatory_field: ["invalid_request", false],
    parsing_error: ["invalid_request", false],
    processing_error: ["invalid_request", false],
  },
};

/** Posts are named by their country; a code that Ship24 does not know is refused, and then left out. */
export const SHIP24_CARRIERS: PartnerCodes = {
  source: "Ship24 couriers list (GET /public/v1/couriers; docs.ship24.com/couriers)",
  codes: {
    "4px": "4px",
    "australia-post": "au-post",
    "canada-post": "ca-post",
    "china-post": "cn-post",
    correios: "br-post",
    correos: "es-post",
    "dhl-express": "dhl",
    dpd: "dpd",
    "dpd-uk": "dpd-uk",
    fedex: "fedex",
    gls: "gls",
    "japan-post": "jp-post",
    "la-poste": "fr-post",
    mydhl: "dhl",
    postnl: "nl-post",
    "royal-mail": "gb-post",
    "singapore-post": "sg-post",
    ups: "ups",
    usps: "us-post",
    yanwen: "yanwen",
    yunexpress: "yunexpress",
  },
};
