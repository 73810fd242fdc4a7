import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

/** `shipment.event[].code`: one list for letters, Colissimo and Chronopost. */
export const LA_POSTE_CODES: StatusTable = {
  source: "La Poste, API Suivi v2, list of event codes (developer.laposte.fr/products/suivi/latest)",
  codes: {
    DR1: ["pre_transit", "label_created"],
    PC1: ["in_transit", "accepted"],
    PC2: ["in_transit", "accepted"],
    ET1: ["in_transit"],
    ET2: ["in_transit"],
    // "In process in the country of destination"; ET4 is a country on the way.
    ET3: ["in_transit", "arrived_in_destination_country"],
    ET4: ["in_transit"],
    EP1: ["in_transit", "held"],
    DO1: ["in_transit", "customs"],
    DO2: ["in_transit", "customs_cleared"],
    DO3: ["exception", "customs_hold"],
    PB1: ["exception"],
    PB2: ["in_transit"],
    MD2: ["out_for_delivery"],
    ND1: ["exception"],
    AG1: ["available_for_pickup", "post_office"],
    RE1: ["return_to_sender", "returning"],
    DI1: ["delivered"],
    // Delivered, but to the sender: never a delivery for the shopper.
    DI2: ["return_to_sender", "returned"],
  },
};

/** ND1 is any delivery that did not come about; only its words tell what happened at the door. */
export const LA_POSTE_NOT_DELIVERED: { source: string; words: readonly (readonly [RegExp, Meaning])[] } = {
  source: "labels of ND1 on laposte.fr (unverified)",
  words: [
    [/\babsen(?:t|ce)/i, ["delivery_attempted", "nobody_home"]],
    [/\brefus/i, ["exception", "refused"]],
    [/\badresse\b/i, ["exception", "address_problem"]],
  ],
};

/** `returnCode` of one number repeats an HTTP status; the gateway uses words. */
export const LA_POSTE_ERRORS: ErrorTable = {
  source:
    "La Poste, API Suivi v2, return codes (400 seen in a recorded answer); words of the Okapi gateway are unverified",
  codes: {
    "400": ["invalid_number", false],
    "401": ["auth", false],
    "403": ["auth", false],
    "404": ["not_found", true],
    "429": ["rate_limited", true],
    "500": ["server", true],
    "503": ["server", true],
    "504": ["server", true],
    UNAUTHORIZED: ["auth", false],
    FORBIDDEN: ["auth", false],
    RESOURCE_NOT_FOUND: ["not_found", true],
    TOO_MANY_REQUESTS: ["rate_limited", true],
    INTERNAL_SERVER_ERROR: ["server", true],
  },
};
