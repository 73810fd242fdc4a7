import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

/** The same meaning for several codes. */
function same(meaning: Meaning, ...codes: string[]): Record<string, Meaning> {
  return Object.fromEntries(codes.map((code) => [code, meaning]));
}

/** `status[].code`, the four-digit ("2x2") form. */
export const HERMES_CODES: StatusTable = {
  source: "Hermes Germany, list of event codes (Hermes Germany Eventcodes, 2x2 codes with their English texts)",
  codes: {
    // Announced, and 0600–0900: announced but not seen at the depot after one, two, seven and 28 days.
    ...same(["pre_transit", "label_created"], "0000"),
    ...same(["pre_transit"], "0600", "0700", "0800", "0900"),
    ...same(["in_transit", "picked_up"], "1000", "1910", "3760", "3761"),
    ...same(["in_transit", "accepted"], "1900", "2400", "4062"),
    ...same(["in_transit", "arrived_at_facility"], "1510", "1901", "2000", "2100", "2300", "4060", "4061"),
    ...same(["in_transit", "departed"], "3010"),
    ...same(["in_transit"], "1610", "3300", "4025", "4070", "4072", "6089", "6090", "9040", "9041"),
    ...same(["in_transit", "handed_to_partner"], "1810", "1820", "3430"),
    ...same(["in_transit", "customs"], "1710"),
    ...same(["in_transit", "customs_cleared"], "1720"),
    ...same(["in_transit", "customs_hold"], "1730"),
    ...same(["in_transit", "missorted"], "3780", "4080", "6086", "6087"),
    ...same(["in_transit", "held"], "4100", "4500", "4610", "4620"),
    ...same(["in_transit", "rescheduled"], "6088"),
    ...same(["out_for_delivery"], "3000"),
    ...same(["available_for_pickup"], "3410"),
    ...same(["delivery_attempted", "nobody_home"], "3731", "3732", "3733", "3734", "4031", "4032", "4033", "4034"),
    // No cash for cash on delivery, no proof of identity, no or a wrong TAN.
    ...same(["delivery_attempted"], "3715", "4015", "3751", "3752", "3753", "3754", "4051", "4052", "4053", "4054"),
    ...same(["delivery_attempted"], "3782", "3783", "3784", "3785", "3786", "3787"),
    ...same(["delivery_attempted"], "4081", "4082", "4083", "4084", "4085", "4086", "4087"),
    ...same(["delivered"], "3500", "3510", "3520", "3530"),
    ...same(["delivered", "mailbox"], "3511"),
    ...same(["exception", "refused"], "3710", "4010"),
    ...same(["exception", "address_problem"], "3720", "4020"),
    ...same(["exception", "damaged"], "3740", "4040"),
    ...same(["exception", "delayed"], "3750", "4050"),
    ...same(["exception", "held"], "3795", "4095", "4035"),
    ...same(["exception", "lost"], "4630"),
    ...same(["exception", "customs_hold"], "1751"),
    ...same(["exception"], "4024"),
    ...same(["return_to_sender", "returning"], "1520", "6080", "6081", "6082", "6083", "6084", "6092", "6093", "6094"),
    ...same(["return_to_sender", "returning"], "6096", "6098", "6099"),
    ...same(["return_to_sender", "damaged"], "6085"),
    ...same(["return_to_sender", "returned"], "7500"),
    ...same(["cancelled"], "9340", "9341"),
    // Wishes of the recipient and corrections of an earlier scan move nothing.
    ...same(["unknown"], "4690", "9311", "9315", "9321", "9322", "9323", "9324", "9325", "9327", "9328"),
    ...same(["unknown"], "9381", "9385", "9391", "9392", "9393", "9394", "9395"),
  },
};

export const HERMES_ERRORS: ErrorTable = {
  source: "Hermes HSI, OAuth 2 errors (RFC 6749); the result codes of the service are told by their words",
  codes: {
    invalid_client: ["auth", false],
    invalid_grant: ["auth", false],
    unauthorized_client: ["auth", false],
    access_denied: ["auth", false],
    invalid_token: ["auth", true],
    invalid_request: ["invalid_request", false],
    "401": ["auth", false],
    "403": ["auth", false],
    "404": ["not_found", true],
    "429": ["rate_limited", true],
    "500": ["server", true],
    "502": ["server", true],
    "503": ["server", true],
  },
};

export const HERMES_NOT_FOUND_WORDS = /not found|no shipment|unknown shipment|nicht gefunden|unbekannt/i;
