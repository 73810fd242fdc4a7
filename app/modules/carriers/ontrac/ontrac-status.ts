import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";

/** `Status` of an event. Where today's wording is milder than the code ("NH: Delayed."), the code's first meaning counts. */
export const ONTRAC_CODES: StatusTable = {
  source:
    "OnTrac Web Service Integration Specifications, OnTrac status codes (revised 09-20-23); CK to WD, which that edition " +
    "has dropped, from an earlier one",
  codes: {
    XX: ["pre_transit", "label_created"],
    OE: ["pre_transit", "label_created"],
    OO: ["pre_transit", "label_created"],
    PU: ["in_transit", "picked_up"],
    OS: ["in_transit"],
    RD: ["in_transit", "arrived_at_facility"],
    PS: ["in_transit", "arrived_at_facility"],
    SD: ["in_transit"],
    CA: ["in_transit"],
    DI: ["in_transit", "rescheduled"],
    MC: ["in_transit", "missorted"],
    MR: ["in_transit", "missorted"],
    MS: ["in_transit", "missorted"],
    OD: ["out_for_delivery"],
    HP: ["available_for_pickup"],
    CO: ["delivery_attempted", "nobody_home"],
    HO: ["delivery_attempted", "nobody_home"],
    NH: ["delivery_attempted", "nobody_home"],
    CL: ["delivered"],
    DD: ["delivered"],
    DM: ["delivered"],
    DN: ["delivered", "other_recipient"],
    DW: ["delivered"],
    OK: ["delivered"],
    AN: ["exception", "delayed"],
    LM: ["exception", "delayed"],
    LR: ["exception", "delayed"],
    RB: ["exception", "delayed"],
    BW: ["exception", "weather"],
    LW: ["exception", "weather"],
    AI: ["exception", "address_problem"],
    HW: ["exception", "address_problem"],
    UA: ["exception", "address_problem"],
    UG: ["exception", "address_problem"],
    WA: ["exception", "address_problem"],
    CR: ["exception", "refused"],
    DC: ["exception", "damaged"],
    UD: ["exception", "damaged"],
    // A delivery that was told wrongly: it is taken back.
    ER: ["exception"],
    WD: ["exception"],
    DG: ["exception"],
    DR: ["exception"],
    IP: ["exception"],
    LC: ["exception"],
    UC: ["exception"],
    UN: ["exception"],
    UO: ["exception"],
    RS: ["return_to_sender", "returning"],
    UM: ["return_to_sender", "returning"],
    CK: ["unknown"],
  },
};

/** `EventType` of LaserShip's answers, kept from before the merger of 2021. */
export const LASERSHIP_TYPES: StatusTable = {
  source: "recorded answers of lasership.com; Released (left at the door) second-hand",
  codes: {
    OrderCreated: ["pre_transit", "label_created"],
    OrderReceived: ["pre_transit", "label_created"],
    Received: ["in_transit", "accepted"],
    Arrived: ["in_transit", "arrived_at_facility"],
    OutForDelivery: ["out_for_delivery"],
    Delivered: ["delivered"],
    Released: ["delivered", "safe_place"],
  },
};

/** OnTrac's errors are sentences, at HTTP 200: the sentence is the code. */
export const ONTRAC_ERRORS: ErrorTable = {
  source: "OnTrac Web Service Integration Specifications, shipment errors (revised 09-20-23)",
  codes: {
    "Invalid Username or Password": ["auth", false],
    "Invalid Tracking Number": ["not_found", true],
    "Invalid Tracking String": ["invalid_number", false],
    "Outside the Bounds of the Array": ["invalid_request", false],
    "Service Temporarily Unavailable": ["server", true],
  },
};

/** Unverified: what other sentences about a number have in common. */
export const ONTRAC_NOT_FOUND_WORDS = /\b(?:not found|no (?:packages?|shipments?|records?|events?)|does not exist)\b/i;
