import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

/** `events[].typeCode` of the JSON and `ServiceEvent/EventCode` of the XML share these checkpoints. */
export const MYDHL_CODES: StatusTable = {
  source:
    "DHL Express checkpoint codes (MyDHL API reference, GET /tracking; XML Services reference, tracking checkpoints); " +
    "PU PO RW PL AF DF AR WC OK TR CR NH IC CD UD OH seen in recorded answers",
  codes: {
    SA: ["in_transit", "accepted"],
    PU: ["in_transit", "picked_up"],
    RW: ["in_transit"],
    PL: ["in_transit"],
    PO: ["in_transit", "departed"],
    DF: ["in_transit", "departed"],
    AF: ["in_transit", "arrived_at_facility"],
    AR: ["in_transit", "arrived_at_facility"],
    CI: ["in_transit", "arrived_at_facility"],
    TR: ["in_transit"],
    SM: ["in_transit"],
    SC: ["in_transit"],
    RR: ["in_transit"],
    CC: ["in_transit"],
    MC: ["in_transit", "missorted"],
    MS: ["in_transit", "missorted"],
    TP: ["in_transit", "handed_to_partner"],
    FD: ["in_transit", "handed_to_partner"],
    AD: ["in_transit", "rescheduled"],
    // Some of the pieces: the shipment is not delivered before the last one.
    PD: ["in_transit"],
    IC: ["in_transit", "customs"],
    ES: ["in_transit", "customs"],
    BN: ["in_transit", "customs"],
    DI: ["in_transit", "customs"],
    BR: ["in_transit", "customs_cleared"],
    CR: ["in_transit", "customs_cleared"],
    CD: ["exception", "customs_hold"],
    UD: ["exception", "customs_hold"],
    WC: ["out_for_delivery"],
    NH: ["delivery_attempted", "nobody_home"],
    CA: ["delivery_attempted", "nobody_home"],
    BA: ["exception", "address_problem"],
    CM: ["exception", "address_problem"],
    RD: ["exception", "refused"],
    OH: ["exception", "held"],
    HP: ["exception", "held"],
    SS: ["exception", "held"],
    ST: ["exception", "held"],
    DM: ["exception", "damaged"],
    DS: ["exception"],
    MD: ["exception", "delayed"],
    NA: ["exception", "delayed"],
    TD: ["exception", "delayed"],
    WX: ["exception", "weather"],
    RT: ["return_to_sender", "returning"],
    OK: ["delivered"],
    DD: ["delivered", "damaged"],
  },
};

/** What the words add to a code whose meaning is wide. */
export const MYDHL_REFINEMENTS: Readonly<Record<string, readonly [pattern: RegExp, meaning: Meaning]>> = {
  CC: [/\bcollect/i, ["available_for_pickup"]],
  OK: [/\bsigned for\b/i, ["delivered", "signed"]],
  RT: [/\breturned to (?:the )?(?:shipper|sender)\b/i, ["return_to_sender", "returned"]],
};

export const MYDHL_ERRORS: ErrorTable = {
  source: "MyDHL API reference, error responses; XML Services reference, condition codes",
  codes: {
    "400": ["invalid_request", false],
    "401": ["auth", false],
    "403": ["auth", false],
    "404": ["not_found", true],
    "422": ["invalid_request", false],
    "429": ["rate_limited", true],
    "500": ["server", true],
    "502": ["server", true],
    "503": ["server", true],
    // Conditions of the XML service.
    "100": ["auth", false],
    "111": ["invalid_request", false],
    "209": ["not_found", true],
  },
};

/** Condition 111 is any unreadable request; about the login when it names one of these. */
export const MYDHL_LOGIN_WORDS = /\b(?:SiteID|Password)\b/;
