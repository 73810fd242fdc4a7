import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";

export const CHRONOPOST_CODES: StatusTable = {
  source:
    "trackSkybillV2: DC DB DY SC TS SD TA D in a recorded answer; the others from codes and labels that users of the " +
    "service collected (unverified). Chronopost gives its own list to customers only",
  codes: {
    DC: ["pre_transit", "label_created"],
    // One of several parcels of a shipment: written with the label.
    EA: ["pre_transit"],
    DB: ["in_transit", "accepted"],
    DY: ["in_transit", "accepted"],
    TT: ["in_transit", "picked_up"],
    SC: ["in_transit", "arrived_at_facility"],
    EC: ["in_transit", "arrived_at_facility"],
    SD: ["in_transit", "arrived_at_facility"],
    T: ["in_transit", "arrived_at_facility"],
    TS: ["in_transit"],
    O: ["in_transit"],
    TP: ["in_transit"],
    EI: ["in_transit", "arrived_in_destination_country"],
    SJ: ["in_transit", "customs_cleared"],
    A2: ["in_transit", "delayed"],
    IA: ["in_transit", "rescheduled"],
    IS: ["in_transit", "rescheduled"],
    TA: ["out_for_delivery"],
    RB: ["in_transit"],
    AB: ["available_for_pickup"],
    P: ["delivery_attempted", "nobody_home"],
    SK: ["exception", "held"],
    R: ["return_to_sender", "returning"],
    D: ["delivered"],
    // A message to the recipient and the recipient's own wish are no scans: known, and moving nothing.
    SM: ["unknown"],
    CL: ["unknown"],
  },
};

export const CHRONOPOST_ERRORS: ErrorTable = {
  source: "TrackingServiceWS: 1 is its system error (seen by users of the service); the others are unverified",
  codes: {
    "1": ["server", true],
    "2": ["invalid_request", false],
    "soap:Server": ["server", true],
    "soap:Client": ["invalid_request", false],
  },
};

/** Which number a refused account has is not published; its words are unmistakable. */
export const CHRONOPOST_ACCOUNT_WORDS = /\b(?:password|mot de passe|account|compte|contrat)\b/i;

/** Names under which a scan tells the number of the carrier abroad, in the languages of the service. */
export const CHRONOPOST_PARTNER_NUMBER = new Set(["Partner number", "Numéro partenaire"]);
