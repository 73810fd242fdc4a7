import type { ErrorTable } from "../classify-error.ts";
import type { Meaning, StatusTable } from "../map-status.ts";

const SOURCE = "PostNL developer portal, T&T status codes (developer.postnl.nl/docs, reference data)";

/** `Status.StatusCode`. No answer of the living service was at hand: the published list alone speaks here. */
export const POSTNL_STATUSES: StatusTable = {
  source: SOURCE,
  codes: {
    "1": ["pre_transit", "label_created"],
    "2": ["in_transit", "accepted"],
    "3": ["in_transit", "picked_up"],
    // Not collected from the sender, pre-announced for good without a parcel, missing, rejected: somebody has to act.
    "4": ["exception"],
    "5": ["in_transit", "arrived_at_facility"],
    "6": ["in_transit"],
    "7": ["out_for_delivery"],
    "8": ["delivery_attempted"],
    "9": ["in_transit", "customs"],
    "11": ["delivered"],
    "12": ["available_for_pickup"],
    "13": ["pre_transit"],
    "14": ["exception"],
    "15": ["exception"],
    "16": ["exception"],
    "17": ["exception"],
    "18": ["exception", "lost"],
    "19": ["exception"],
    "20": ["in_transit", "customs"],
    "21": ["in_transit", "held"],
    "22": ["delivered", "post_office"],
    // A collection order was collected: phase "delivered" for PostNL, the start of the way for the parcel.
    "23": ["in_transit", "picked_up"],
    "27": ["return_to_sender", "returning"],
    "28": ["return_to_sender", "returning"],
    "31": ["in_transit", "departed"],
    // "Not applicable": known, and moving nothing.
    "99": ["unknown"],
  },
};

/** `Event[].Code`, grouped by the status that PostNL's list gives each of them. */
const EVENTS_BY_STATUS: Readonly<Record<string, string>> = {
  "1": "A01 A10 A71 F01 J93 M03 X80 X81",
  "2": "B01 X40",
  "3": "B04 Z80",
  "4": "D02 D03 D04 D05 D06 D07 D09 D40 D41 H31 X42 X43 Y80 Y81",
  "5":
    "A08 A09 A11 A12 A13 A27 A28 A29 A30 A31 A32 A34 A35 A42 A43 A99 J01 J06 J07 J09 J10 J14 J16 J17 J22 J24 J26 J27 J28 " +
    "J33 J36 J61 J90 Q12 Q13 R01 R06 X01 X02 X07 X08 X11 X14 X17 X20 X21 X22 X50 X51 X68 Y23 Y24 Y33 Y35 Y60 Y61 Y62",
  "6": "D08 H10 K01 K02 K03 K30 K92 V01 V06 Y07",
  "7": "H32 H35 J05 J08 J29 J39 J41 J42 J45 J47 J48 J55 J94 J95 K14 K15 K70 Q15 S05 T02 X04 X06 X19 X55 Y05",
  "8":
    "H01 H02 H03 H04 H05 H07 H08 H09 H12 H20 H22 H24 H34 H36 H38 H51 H52 J92 K16 K41 K43 Y01 Y02 Y03 Y04 Y08 Y09 Y10 Y11 " +
    "Y12 Y13 Y14 Y15 Y16 Y17 Y18 Y19 Y20 Y21 Y22 Y30 Y31 Y32 Y36 Y38 Y39 Y40 Y41 Y42 Y43 Y44 Y50 Y71",
  "9": "J59 X30 X60 X61 X62 X63 X64 X65 X66 Y25 Y29",
  "11": "I01 I03 I05 I06 I07 I09 I10 I11 I12 I22 I23 J63 J91 K91 X24 Y26 Z01 Z02 Z03 Z04 Z05 Z06 Z08 Z09",
  "12": "I08 J02 J12 J23 J52 X05",
  "13": "A20 A21 A22 Q02 X03",
  "14": "M01",
  "15": "G03",
  "16": "G01 G02 G05",
  "17": "H23 K90",
  "19": "F03 F04 F05 F06 F07 F08 F10",
  "20": "A76 X10 X67",
  "21": "V02 V03 V04 V11 V12 V13 V21 V22 V23 V31 V50",
  "22": "I02",
  "23": "C01",
  "27": "H16 H25",
  "28": "Y37",
  "31": "A72 A74 A75 X15",
  "99":
    "A41 A46 A73 A94 B06 C02 H15 H17 H18 H30 J56 J80 K25 K71 P20 P21 P22 P23 P24 Q14 Q16 Q17 Q18 Q19 X16 X52 Y45 Y46 Y47 " +
    "Y48 Y64 Y65 Y66",
};

/** Events that say more than their group: the choice of another day, a postponement, an order that the sender withdrew. */
const EVENTS_OF_THEIR_OWN: Readonly<Record<string, Meaning>> = {
  A12: ["in_transit", "rescheduled"],
  A13: ["in_transit", "rescheduled"],
  A35: ["in_transit", "rescheduled"],
  A42: ["in_transit", "rescheduled"],
  J07: ["in_transit", "rescheduled"],
  D02: ["exception", "address_problem"],
  D04: ["exception", "address_problem"],
  D41: ["cancelled"],
  H31: ["cancelled"],
};

export const POSTNL_EVENTS: StatusTable = { source: SOURCE, codes: { ...grouped(), ...EVENTS_OF_THEIR_OWN } };

function grouped(): Record<string, Meaning> {
  const codes: Record<string, Meaning> = {};
  for (const [status, events] of Object.entries(EVENTS_BY_STATUS)) {
    const meaning = POSTNL_STATUSES.codes[status];
    if (meaning) for (const code of events.split(" ")) codes[code] = meaning;
  }
  return codes;
}

export const POSTNL_ERRORS: ErrorTable = {
  source: "PostNL Shipping Status API, errors by HTTP status (PostNL e-commerce SDK); gateway codes unverified",
  codes: {
    "oauth.v2.InvalidApiKey": ["auth", false],
    "oauth.v2.FailedToResolveAPIKey": ["auth", false],
    "oauth.v2.InvalidApiKeyForGivenResource": ["auth", false],
    "policies.ratelimit.QuotaViolation": ["rate_limited", true],
    "policies.ratelimit.SpikeArrestViolation": ["rate_limited", true],
  },
};
