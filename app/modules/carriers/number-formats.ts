import type { Checksum } from "./check-digits.ts";

/** Strong: a prefix that only this carrier uses. Medium: plain digits with a check digit. Weak: the shape alone. */
export type Strength = "strong" | "medium" | "weak";

export interface NumberFormat {
  id: string;
  /** Our carrier id, also for carriers that have no adapter (yet). */
  carrierId: string;
  /** On the normalised number. With a checksum it names the groups `serial` and `check`. */
  pattern: RegExp;
  checksum: Checksum | null;
  /** Digits that the check digit covers although the number leaves them out. */
  prepend?: string;
  strength: Strength;
  source: string;
}

const DATASET = "github.com/jkeen/tracking_number_data (MIT), read as documentation";
const PUB199 = "USPS Publication 199, Intelligent Mail Package Barcode";
const SEEN = "numbers in recorded answers of the carrier";

const EVENS3: Checksum = { kind: "mod10", evens: 3, odds: 1 };
const ODDS3: Checksum = { kind: "mod10", evens: 1, odds: 3 };
const ODDS2: Checksum = { kind: "mod10", evens: 1, odds: 2 };
const LUHN: Checksum = { kind: "luhn" };
const MOD7: Checksum = { kind: "mod7" };
const MOD37: Checksum = { kind: "mod37-36" };
const FEDEX_12: Checksum = { kind: "weighted", weights: [3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], modulo: [11, 10] };
const FEDEX_14: Checksum = { kind: "weighted", weights: [1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], modulo: [11, 10] };

type Checked = readonly [
  id: string,
  carrierId: string,
  strength: Strength,
  checksum: Checksum,
  pattern: RegExp,
  source: string,
  prepend?: string,
];

/** With a check digit. One row per format: to add a carrier, add its rows; nothing else has to know. */
const CHECKED: readonly Checked[] = [
  // "1Z", six characters of account, two of service, seven of parcel.
  ["ups-1z", "ups", "strong", ODDS2, /^1Z(?<serial>[A-Z0-9]{15})(?<check>\d)$/, DATASET],
  ["ups-waybill", "ups", "medium", ODDS2, /^[JKV](?<serial>\d{9})(?<check>\d)$/, DATASET],
  ["fedex-12", "fedex", "medium", FEDEX_12, /^(?<serial>\d{11})(?<check>\d)$/, DATASET],
  ["fedex-ground-15", "fedex", "medium", ODDS3, /^(?<serial>\d{14})(?<check>\d)$/, DATASET],
  // Container serial numbers start with 00, 01, 02 or 04; other companies use them too.
  ["fedex-sscc-18", "fedex", "medium", EVENS3, /^(?<serial>0[0124]\d{15})(?<check>\d)$/, DATASET],
  // An IMpb that USPS delivers for FedEx Ground Economy, printed without its leading 92, which the check digit covers.
  ["fedex-smartpost-20", "fedex", "weak", EVENS3, /^(?<serial>\d{19})(?<check>\d)$/, DATASET, "92"],
  ["fedex-ground-96", "fedex", "strong", ODDS3, /^96\d{5}(?<serial>\d{14})(?<check>\d)$/, DATASET],
  // ASTRA barcode: the twelve-digit number stands before the four-digit form id.
  ["fedex-astra-32", "fedex", "medium", FEDEX_12, /^\d{16}(?<serial>\d{11})(?<check>\d)\d{4}$/, DATASET],
  ["fedex-gsn-34", "fedex", "strong", FEDEX_14, /^96\d{18}(?<serial>\d{13})(?<check>\d)$/, DATASET],
  ["fedex-34", "fedex", "medium", FEDEX_14, /^\d{20}(?<serial>\d{13})(?<check>\d)$/, DATASET],
  // IMpb: optional 420 + ZIP or ZIP+4, then 9[2-5] and 22 or 26 digits in all.
  ["usps-impb-22", "usps", "strong", EVENS3, /^(?:420\d{5}(?:\d{4})?)?(?<serial>9[2-5]\d{19})(?<check>\d)$/, PUB199],
  ["usps-impb-26", "usps", "strong", EVENS3, /^(?:420\d{5}(?:\d{4})?)?(?<serial>9[2-5]\d{23})(?<check>\d)$/, PUB199],
  [
    "usps-legacy-22",
    "usps",
    "strong",
    EVENS3,
    /^(?:420\d{5})?(?<serial>91\d{19})(?<check>\d)$/,
    `${PUB199}; ${DATASET}`,
  ],
  ["usps-20", "usps", "medium", EVENS3, /^(?<serial>\d{19})(?<check>\d)$/, DATASET],
  // The legacy form printed without its leading 91, which the check digit still covers.
  ["usps-legacy-20", "usps", "medium", EVENS3, /^(?<serial>7\d{18})(?<check>\d)$/, DATASET, "91"],
  ["dhl-express-awb", "mydhl", "medium", MOD7, /^(?<serial>\d{9,10})(?<check>\d)$/, DATASET],
  // A container serial number with DHL's own company prefix.
  ["dhl-parcel-20", "dhl-parcel-de", "strong", EVENS3, /^(?<serial>00340434\d{11})(?<check>\d)$/, SEEN],
  ["canada-post-16", "canada-post", "medium", EVENS3, /^(?<serial>\d{15})(?<check>\d)$/, DATASET],
  ["purolator-12", "purolator", "medium", LUHN, /^(?<serial>[0-5]\d{10})(?<check>\d)$/, DATASET],
  ["old-dominion", "old-dominion", "medium", LUHN, /^(?<serial>(?:7[78]\d|072)\d{7})(?<check>\d)$/, DATASET],
  ["old-dominion-80", "old-dominion", "medium", LUHN, /^(?<serial>80\d{8})(?<check>\d)$/, DATASET],
  // The letter stands for a digit that the check digit covers.
  ["ontrac-c", "ontrac", "strong", ODDS2, /^C(?<serial>(?!4)\d{13})(?<check>\d)$/, DATASET, "4"],
  ["ontrac-d", "ontrac", "strong", ODDS2, /^D(?<serial>(?!5)\d{13})(?<check>\d)$/, DATASET, "5"],
  // Seven characters of postal code, fourteen of parcel, service, country (ISO 3166-1 numeric).
  ["dpd-28", "dpd", "strong", MOD37, /^(?<serial>\d{21}(?!000)\d{3}(?!000)\d{3})(?<check>[A-Z\d])$/, DATASET],
  ["dpd-15", "dpd", "medium", MOD37, /^(?<serial>\d{14})(?<check>[A-Z\d])$/, DATASET],
];

type Shaped = readonly [id: string, carrierId: string, strength: Strength, pattern: RegExp, source: string];

/** Without a check digit. */
const SHAPED: readonly Shaped[] = [
  ["dhl-express-piece", "mydhl", "weak", /^J[A-Z]{2,3}\d{9,10}$/, DATASET],
  ["dhl-ecommerce-gm", "dhl-ecommerce", "medium", /^GM[A-Z0-9]{10,39}$/, DATASET],
  ["dhl-ecommerce-lx", "dhl-ecommerce", "weak", /^LX\d{8}$/, DATASET],
  // Any fourteen digits: says next to nothing.
  ["dhl-ecommerce-14", "dhl-ecommerce", "weak", /^\d{14}$/, DATASET],
  ["amazon-international", "amazon-shipping", "weak", /^C1\d{9}$/, DATASET],
  ["amazon-logistics", "amazon-shipping", "strong", /^TB[ACM]\d{12}$/, DATASET],
  ["yunexpress", "yunexpress", "strong", /^YT\d{16}$/, DATASET],
  ["canpar-22", "canpar", "strong", /^[CDKLSUXZ]\d{21}$/, DATASET],
  ["gofo-us", "gofo", "strong", /^GFUS\d{14}$/, DATASET],
  ["landmark", "landmark", "strong", /^LTN\d{8}N1$/, DATASET],
  // LaserShip, part of OnTrac since 2021. The last hyphen is lost where numbers are written without any.
  ["lasership-lx", "ontrac", "medium", /^L[AEHIX][1-4]\d{7}$/, `${DATASET}; ${SEEN}`],
  ["lasership-1ls7-15", "ontrac", "strong", /^1LS7[12]\d{10}$/, DATASET],
  ["lasership-1ls7-18", "ontrac", "strong", /^1LS7[12]\d{2}01[1-4]\d{6}-?1$/, DATASET],
  ["lasership-1lscx", "ontrac", "strong", /^1LSCX[A-Z0-9]{10}$/, DATASET],
  ["lasership-1ls7-20", "ontrac", "strong", /^1LS7[12]\d{15}$/, SEEN],
  ["purolator-alpha", "purolator", "medium", /^[A-Z]{3}\d{9}$/, DATASET],
  ["speedee", "speedee", "strong", /^SP\d{18}$/, DATASET],
  ["yodel", "yodel", "strong", /^JJ?D\d{16}$/, DATASET],
  ["postnl-3s", "postnl", "strong", /^3S[A-Z]{2,6}\d{6,11}$/, SEEN],
  ["hermes-de-20", "hermes-de", "strong", /^H\d{19}$/, SEEN],
  ["hermes-de-14", "hermes-de", "weak", /^\d{14}$/, "Hermes Germany, Sendungs-ID"],
  ["gls-11", "gls", "weak", /^\d{11,12}$/, SEEN],
  ["colissimo-13", "la-poste", "medium", /^\d[A-Z]\d{11}$/, "La Poste, Suivi API: numbers of Colissimo"],
  ["sf-express", "sf-express", "strong", /^SF\d{12,13}$/, "SF Express open platform: waybill numbers"],
  // Written like an S10 number, with a country that is none.
  ["yanwen", "yanwen", "strong", /^[A-Z]{2}\d{9}YP$/, "Yanwen open platform: waybill numbers"],
];

export const NUMBER_FORMATS: readonly NumberFormat[] = [
  ...CHECKED.map(([id, carrierId, strength, checksum, pattern, source, prepend]) => {
    return { id, carrierId, strength, checksum, pattern, source, ...(prepend === undefined ? {} : { prepend }) };
  }),
  ...SHAPED.map(([id, carrierId, strength, pattern, source]) => {
    return { id, carrierId, strength, checksum: null, pattern, source };
  }),
];
