import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

/** `ScanType`: five words for everything, so that the description has to be read first. */
export const PUROLATOR_TYPES: StatusTable = {
  source: "Purolator E-Ship Web Services, Tracking Service, ScanType (eship.purolator.com, developer resource centre)",
  codes: {
    Other: ["in_transit"],
    ProofOfPickUp: ["in_transit", "picked_up"],
    OnDelivery: ["out_for_delivery"],
    Delivery: ["delivered"],
    Undeliverable: ["exception"],
  },
};

/**
 * Descriptions that say more, or something else, than their type: counters and lockers, returns and mere delays all come
 * as `Undeliverable`, and a transfer between depots as `Delivery`. The first that fits decides.
 */
export const PUROLATOR_WORDS: readonly (readonly [name: string, pattern: RegExp, meaning: Meaning])[] = [
  [
    "returned",
    /^(?:shipment )?returned to (?:the )?(?:sender|shipper)\b|\breturn delivered\b/i,
    ["return_to_sender", "returned"],
  ],
  ["returning", /\breturn(?:ed|ing)? to (?:the )?(?:sender|shipper)\b/i, ["return_to_sender", "returning"]],
  [
    "label",
    /^(?:shipper created a label|shipment created|new tracking number assigned|label information)/i,
    ["pre_transit", "label_created"],
  ],
  ["transfer", /^transferring to shipping cent/i, ["in_transit"]],
  ["sort facility in", /^arrived at (?:a )?sort facility/i, ["in_transit", "arrived_at_facility"]],
  ["sort facility out", /^departed (?:from )?(?:a )?sort facility/i, ["in_transit", "departed"]],
  ["received", /^received by purolator/i, ["in_transit", "accepted"]],
  ["moving", /^shipment (?:in transit|redirected)|shipment redirected$/i, ["in_transit"]],
  [
    "customs hold",
    /\b(?:held|delay\w*)\b.*\bcustoms\b|\bcustoms\b.*\b(?:held|delay\w*)\b/i,
    ["exception", "customs_hold"],
  ],
  ["customs cleared", /\b(?:cleared|released)\b.*\bcustoms\b/i, ["in_transit", "customs_cleared"]],
  ["locker", /\bheld for pick ?up at locker\b/i, ["available_for_pickup", "locker"]],
  ["post office", /\bpick ?up at post office\b|\bpick up at post office\b/i, ["available_for_pickup", "post_office"]],
  [
    "counter",
    /\bavailable for pick ?up\b|\bheld for pick ?up\b|\breceiver advised they will pick ?up\b/i,
    ["available_for_pickup"],
  ],
  [
    "attempt",
    /\b(?:delivery attempt|attempted delivery|attempted|receiver not (?:in|available|home)|business closed)\b/i,
    ["delivery_attempted", "nobody_home"],
  ],
  ["refused", /\brefused\b/i, ["exception", "refused"]],
  ["lost", /\b(?:lost|missing)\b/i, ["exception", "lost"]],
  ["damaged", /\bdamaged?\b/i, ["exception", "damaged"]],
  ["address", /\baddress\b/i, ["exception", "address_problem"]],
  ["weather", /\b(?:weather|natural disaster|road closure)\b/i, ["exception", "weather"]],
  ["missort", /\b(?:sorting error|missort|misrouted)\b/i, ["in_transit", "missorted"]],
  [
    "delay",
    /\b(?:delay\w*|rescheduled|redelivery|new delivery date|missed connection|mechanical|service disruption|late tender)\b/i,
    ["exception", "delayed"],
  ],
];

/** Only these types are refined by words of trouble; a proof of delivery to "the address" stays one. */
export const REFINED_TYPES: ReadonlySet<string> = new Set(["Other", "Undeliverable"]);

/** Words that outrank any type. */
export const PLAIN_WORDS: ReadonlySet<string> = new Set(["returned", "returning", "label", "transfer"]);

export const PUROLATOR_ERRORS: ErrorTable = {
  source: "the list of codes is published to customers only; errors are told apart by their words and HTTP status",
  codes: {},
};

/** Unverified: what such answers have in common. */
export const PUROLATOR_ERROR_WORDS = {
  auth: /\b(?:not authori[sz]ed|unauthori[sz]ed|authenticat\w*|access (?:is )?denied|credentials)\b/i,
  not_found: /\b(?:not (?:be )?found|no (?:tracking|scans?|records?|information)|does not exist|unable to locate)\b/i,
  invalid_number: /\binvalid (?:tracking )?pin\b|\bpin\b.*\b(?:is )?invalid\b/i,
} as const;
