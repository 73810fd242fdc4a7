import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

/** `eventCode`. Royal Mail publishes no list: these are the codes that users of the API have met. */
export const ROYAL_MAIL_CODES: StatusTable = {
  source:
    "Royal Mail Tracking API v2 (developer.royalmail.net); EVNMI from its example, the others from two independent lists " +
    "of codes that its users collected",
  codes: {
    EVAIE: ["pre_transit", "label_created"],
    EVAIP: ["pre_transit", "label_created"],
    EVPPA: ["in_transit", "accepted"],
    EVOCO: ["in_transit", "accepted"],
    EVOAC: ["in_transit", "arrived_at_facility"],
    EVDAV: ["in_transit", "arrived_at_facility"],
    EVIMC: ["in_transit", "arrived_at_facility"],
    EVDAC: ["in_transit", "arrived_at_facility"],
    EVORI: ["in_transit", "arrived_at_facility"],
    EVODO: ["in_transit", "departed"],
    EVBAV: ["in_transit"],
    EVIAV: ["in_transit"],
    EVNMI: ["in_transit", "missorted"],
    EVNSR: ["in_transit", "rescheduled"],
    RSRXS: ["in_transit", "rescheduled"],
    RORXS: ["in_transit", "rescheduled"],
    EVNRT: ["exception", "held"],
    EVGPD: ["out_for_delivery"],
    EVKNA: ["delivery_attempted", "nobody_home"],
    EVKNR: ["delivery_attempted"],
    EVKLS: ["available_for_pickup"],
    EVNDA: ["available_for_pickup"],
    EVPLA: ["available_for_pickup"],
    EVPLC: ["delivered", "post_office"],
    EVKOP: ["delivered"],
    EVKSP: ["delivered", "signed"],
    EVKSF: ["delivered", "safe_place"],
  },
};

/** Scans without a code, by their names. */
export const ROYAL_MAIL_PHRASES: readonly (readonly [name: string, pattern: RegExp, meaning: Meaning])[] = [
  ["customs cleared", /\b(?:cleared|released by) customs\b/i, ["in_transit", "customs_cleared"]],
  ["customs", /\bcustoms\b/i, ["in_transit", "customs_hold"]],
  ["weather", /\bweather\b/i, ["exception", "weather"]],
  ["returned", /\breturned to sender\b/i, ["return_to_sender", "returned"]],
  ["refused", /\brefused\b/i, ["exception", "refused"]],
  ["lost", /\blost\b/i, ["exception", "lost"]],
  ["overseas", /\b(?:passed|handed) to (?:the )?overseas\b/i, ["in_transit", "handed_to_partner"]],
];

export const ROYAL_MAIL_ERRORS: ErrorTable = {
  source: "Royal Mail Tracking API v2, error codes (developer.royalmail.net)",
  codes: {
    E1142: ["not_found", true],
    E1308: ["not_found", true],
    E1284: ["not_found", true],
    E1283: ["not_supported", false],
    E0010: ["rate_limited", true],
    E0009: ["server", true],
    E1307: ["server", true],
    E0004: ["invalid_request", false],
    "400": ["invalid_request", false],
    "401": ["auth", false],
    "403": ["auth", false],
    "404": ["not_found", true],
    "429": ["rate_limited", true],
    "500": ["server", true],
    "503": ["server", true],
  },
};
