import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

/**
 * `statusInfo[].status`. Benelux writes words, Germany capitals. The label beside it ("Parcel out for delivery" on a
 * failure) is a heading for several states and says less than the code.
 */
export const DPD_CODES: StatusTable = {
  source:
    "DPD ParcelLifeCycleService 2.0: BetweenDepots Depot Courier DeliveryFailure ParcelShop PickedUp ReturningFromDelivery " +
    "in a recorded answer, the other words from the list at viya.me/integrations/dpd-nl-webservices/docs/tracking; " +
    "capitals from users of the German service (START_ORDER unverified)",
  codes: {
    START_ORDER: ["pre_transit", "label_created"],
    PickedUp: ["in_transit", "picked_up"],
    BetweenDepots: ["in_transit"],
    Depot: ["in_transit", "arrived_at_facility"],
    Consolidation: ["in_transit"],
    Warehouse: ["in_transit", "held"],
    Customs: ["in_transit", "customs"],
    Courier: ["out_for_delivery"],
    ParcelShop: ["available_for_pickup"],
    DeliveryFailure: ["delivery_attempted"],
    // Back at the depot of the recipient after a failed attempt: not on its way to the sender.
    ReturningFromDelivery: ["delivery_attempted"],
    Delivered: ["delivered"],
    ACCEPTED: ["in_transit", "accepted"],
    AT_SENDING_DEPOT: ["in_transit", "arrived_at_facility"],
    ON_THE_ROAD: ["in_transit"],
    AT_DELIVERY_DEPOT: ["in_transit", "arrived_at_facility"],
    DELIVERED: ["delivered"],
  },
};

/** DPD has no code for a parcel that goes back, and one for every reason of a failure: there its words decide. */
export const DPD_WORDS: { source: string; anyCode: readonly Rule[]; failure: readonly Rule[] } = {
  source: "English descriptions of DPD's tracking page (unverified)",
  anyCode: [[/\breturn(?:ed|ing|s)? to (?:the )?(?:sender|shipper|consignor)\b/i, ["return_to_sender", "returning"]]],
  failure: [
    [/\brefus/i, ["exception", "refused"]],
    [/\baddress\b/i, ["exception", "address_problem"]],
    [/\b(?:lost|missing|not be found)\b/i, ["exception", "lost"]],
    [/\bdamage/i, ["exception", "damaged"]],
    [/\b(?:absent|not at home|nobody)\b/i, ["delivery_attempted", "nobody_home"]],
  ],
};

type Rule = readonly [words: RegExp, meaning: Meaning];

export const DPD_ERRORS: ErrorTable = {
  source:
    "DPD login service documentation (integrations.dpd.nl, login-service; doc.dpd.be/index.php/node/34); SOAP fault codes " +
    "where DPD gives none",
  codes: {
    DELICOM_ERR_AUTHENTICATION: ["auth", false],
    ERR_DELICOM_TOKEN_EXPIRED: ["auth", true],
    ERR_DELICOM_TOKEN_INCORRECT: ["auth", true],
    "soap:Server": ["server", true],
    "soap:Client": ["invalid_request", false],
  },
};
