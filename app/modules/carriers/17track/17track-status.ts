import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";
import type { PartnerCodes } from "../partner-codes.ts";

/** Main statuses, key stages and sub-statuses in one table: they do not collide, and an event may carry any of the three. */
export const SEVENTEEN_TRACK_STATUSES: StatusTable = {
  source: "17TRACK Tracking API v2.2, main status, sub-status and key_stage (api.17track.net/en/doc?version=v2.2)",
  codes: {
    NotFound: ["unknown"],
    NotFound_Other: ["unknown"],
    NotFound_InvalidCode: ["unknown"],
    InfoReceived: ["pre_transit"],
    InTransit: ["in_transit"],
    PickedUp: ["in_transit", "picked_up"],
    InTransit_PickedUp: ["in_transit", "picked_up"],
    Departure: ["in_transit", "departed"],
    InTransit_Departure: ["in_transit", "departed"],
    Arrival: ["in_transit", "arrived_at_facility"],
    InTransit_Arrival: ["in_transit", "arrived_at_facility"],
    InTransit_CustomsProcessing: ["in_transit", "customs"],
    InTransit_CustomsReleased: ["in_transit", "customs_cleared"],
    InTransit_CustomsRequiringInformation: ["exception", "customs_hold"],
    Expired: ["expired"],
    AvailableForPickup: ["available_for_pickup"],
    OutForDelivery: ["out_for_delivery"],
    DeliveryFailure: ["delivery_attempted"],
    DeliveryFailure_NoBody: ["delivery_attempted", "nobody_home"],
    DeliveryFailure_Rejected: ["delivery_attempted", "refused"],
    DeliveryFailure_InvalidAddress: ["delivery_attempted", "address_problem"],
    Delivered: ["delivered"],
    Exception: ["exception"],
    Exception_Returning: ["return_to_sender", "returning"],
    Returning: ["return_to_sender", "returning"],
    Exception_Returned: ["return_to_sender", "returned"],
    Returned: ["return_to_sender", "returned"],
    Exception_NoBody: ["exception", "nobody_home"],
    Exception_Damage: ["exception", "damaged"],
    Exception_Rejected: ["exception", "refused"],
    Exception_Delayed: ["exception", "delayed"],
    Exception_Lost: ["exception", "lost"],
    Exception_Cancel: ["cancelled"],
  },
};

export const SEVENTEEN_TRACK_ERRORS: ErrorTable = {
  source: "17TRACK Tracking API v2.2, error codes (api.17track.net/en/doc?version=v2.2)",
  codes: {
    "-18010001": ["auth", false],
    "-18010002": ["auth", false],
    "-18010003": ["server", true],
    "-18010004": ["auth", false],
    "-18010005": ["auth", false],
    "-18010010": ["invalid_request", false],
    "-18010011": ["invalid_request", false],
    "-18010012": ["invalid_number", false],
    "-18010013": ["invalid_request", false],
    "-18010014": ["invalid_request", false],
    "-18019901": ["conflict", false],
    "-18019902": ["not_registered", false],
    // It cannot tell whose number this is: a human has to choose the carrier.
    "-18019903": ["not_supported", false],
    // The account's registrations of the day.
    "-18019907": ["rate_limited", true],
    // The quota that was paid for is used up; numbers that are registered already go on.
    "-18019908": ["rate_limited", false],
    "-18019909": ["not_found", true],
    "-18019910": ["invalid_request", false],
    "-18019911": ["not_supported", false],
  },
};

/** Wrong codes would hide a parcel, so only certain ones are listed; plain "dhl" is left to 17TRACK's detection. */
export const SEVENTEEN_TRACK_CARRIERS: PartnerCodes = {
  source: "17TRACK carrier list (res.17track.net/asset/carrier/info/apicarrier.all.json)",
  codes: {
    "4px": "190094",
    "an-post": "9051",
    "australia-post": "1151",
    "austrian-post": "1161",
    "canada-post": "3041",
    "china-post": "3011",
    correios: "2151",
    correos: "19181",
    "dhl-express": "100001",
    dpd: "100007",
    "dpd-uk": "100010",
    fedex: "100003",
    gls: "100005",
    "india-post": "9021",
    "japan-post": "10021",
    mydhl: "100001",
    "poste-italiane": "9071",
    "royal-mail": "11031",
    "sf-express": "100012",
    "singapore-post": "19131",
    ups: "100002",
    usps: "21051",
    yanwen: "190012",
    yunexpress: "190008",
  },
};
