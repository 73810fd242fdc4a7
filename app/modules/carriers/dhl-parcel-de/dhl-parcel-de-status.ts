import type { ErrorTable } from "../classify-error.ts";
import type { StatusTable } from "../map-status.ts";
import type { SubStatus } from "../status.ts";

/** `standard-event-code`. */
export const PARCEL_DE_CODES: StatusTable = {
  source:
    "DHL Paket Sendungsverfolgung (DHL Parcel DE Tracking, developer.dhl.com): ES AA AE EE PO ZU seen in the recorded " +
    "answer, the others unverified",
  codes: {
    VA: ["pre_transit", "label_created"],
    ES: ["in_transit", "accepted"],
    AE: ["in_transit", "picked_up"],
    AA: ["in_transit", "departed"],
    EE: ["in_transit", "arrived_at_facility"],
    PO: ["out_for_delivery"],
    HI: ["available_for_pickup"],
    LA: ["available_for_pickup"],
    ZN: ["delivery_attempted"],
    ZO: ["in_transit", "customs"],
    SR: ["return_to_sender", "returning"],
    ZU: ["delivered"],
  },
};

/** `ice`, the international coded event: decides where the standard code is absent or in no table. */
export const PARCEL_DE_ICE: StatusTable = {
  source:
    "DHL Paket Sendungsverfolgung, international coded events: SHRCU LDTMV PCKDU ULFMV SRTED DLVRD seen in the recorded " +
    "answer, the others unverified",
  codes: {
    PRENT: ["pre_transit", "label_created"],
    SHRCU: ["in_transit", "accepted"],
    PCKDU: ["in_transit", "picked_up"],
    LDTMV: ["in_transit", "departed"],
    ULFMV: ["in_transit", "arrived_at_facility"],
    ARRVD: ["in_transit", "arrived_at_facility"],
    // Into the depot or onto the van: the standard code beside it tells which.
    SRTED: ["in_transit"],
    HLDCC: ["in_transit", "customs_hold"],
    CSTCL: ["in_transit", "customs_cleared"],
    DELAY: ["exception", "delayed"],
    NTDEL: ["delivery_attempted"],
    REFSD: ["exception", "refused"],
    ADURS: ["exception", "address_problem"],
    DMAGD: ["exception", "damaged"],
    LOSTD: ["exception", "lost"],
    RTRND: ["return_to_sender", "returning"],
    DLVRD: ["delivered"],
  },
};

/** `recipient-id-text`, who took the parcel; English, as asked for. */
export const PARCEL_DE_RECIPIENTS: readonly (readonly [pattern: RegExp, subStatus: SubStatus])[] = [
  [/neighbou?r|different person|other person/i, "other_recipient"],
  [/packstation|locker/i, "locker"],
  [/letter ?box|mail ?box/i, "mailbox"],
  [/preferred location|drop-off|storage/i, "safe_place"],
  [/retail outlet|post office|branch/i, "post_office"],
];

/** `code` of the answer as a whole, and `error-status` of one parcel in it. */
export const PARCEL_DE_ERRORS: ErrorTable = {
  source: "DHL Paket Sendungsverfolgung, return codes: 100 seen in a recorded answer, 78–80 ask for a postal code",
  codes: {
    "100": ["not_found", true],
    "78": ["invalid_request", false],
    "79": ["invalid_request", false],
    "80": ["invalid_request", false],
  },
};

/** The codes of refused logins are not published; their words are plain. */
export const PARCEL_DE_LOGIN_WORDS = /\b(?:log-?in|password|credentials|authori[sz]ation|authentication)\b/i;
