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

const EVENS3: Checksum = { kind: "mod10", evens: 3, odds: 1 };
const ODDS3: Checksum = { kind: "mod10", evens: 1, odds: 3 };
const ODDS2: Checksum = { kind: "mod10", evens: 1, odds: 2 };
const FEDEX_12: Checksum = { kind: "weighted", weights: [3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], modulo: [11, 10] };
const FEDEX_14: Checksum = { kind: "weighted", weights: [1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], modulo: [11, 10] };

/** One row per format. To add a carrier, add its rows; nothing else has to know. */
export const NUMBER_FORMATS: readonly NumberFormat[] = [
  // UPS: "1Z", six characters of account, two of service, seven of parcel, check digit.
  {
    id: "ups-1z",
    carrierId: "ups",
    pattern: /^1Z(?<serial>[A-Z0-9]{15})(?<check>\d)$/,
    checksum: ODDS2,
    strength: "strong",
    source: DATASET,
  },
  {
    id: "ups-waybill",
    carrierId: "ups",
    pattern: /^[JKV](?<serial>\d{9})(?<check>\d)$/,
    checksum: ODDS2,
    strength: "medium",
    source: DATASET,
  },
  {
    id: "fedex-12",
    carrierId: "fedex",
    pattern: /^(?<serial>\d{11})(?<check>\d)$/,
    checksum: FEDEX_12,
    strength: "medium",
    source: DATASET,
  },
  {
    id: "fedex-ground-15",
    carrierId: "fedex",
    pattern: /^(?<serial>\d{14})(?<check>\d)$/,
    checksum: ODDS3,
    strength: "medium",
    source: DATASET,
  },
  // Container serial numbers start with 00, 01, 02 or 04; other companies use them too.
  {
    id: "fedex-sscc-18",
    carrierId: "fedex",
    pattern: /^(?<serial>0[0124]\d{15})(?<check>\d)$/,
    checksum: EVENS3,
    strength: "medium",
    source: DATASET,
  },
  // An IMpb that USPS delivers for FedEx Ground Economy, printed without its leading 92, which the check digit covers.
  {
    id: "fedex-smartpost-20",
    carrierId: "fedex",
    pattern: /^(?<serial>\d{19})(?<check>\d)$/,
    checksum: EVENS3,
    prepend: "92",
    strength: "weak",
    source: DATASET,
  },
  {
    id: "fedex-ground-96",
    carrierId: "fedex",
    pattern: /^96\d{5}(?<serial>\d{14})(?<check>\d)$/,
    checksum: ODDS3,
    strength: "strong",
    source: DATASET,
  },
  // ASTRA barcode: the twelve-digit number stands before the four-digit form id.
  {
    id: "fedex-astra-32",
    carrierId: "fedex",
    pattern: /^\d{16}(?<serial>\d{11})(?<check>\d)\d{4}$/,
    checksum: FEDEX_12,
    strength: "medium",
    source: DATASET,
  },
  {
    id: "fedex-gsn-34",
    carrierId: "fedex",
    pattern: /^96\d{18}(?<serial>\d{13})(?<check>\d)$/,
    checksum: FEDEX_14,
    strength: "strong",
    source: DATASET,
  },
  {
    id: "fedex-34",
    carrierId: "fedex",
    pattern: /^\d{20}(?<serial>\d{13})(?<check>\d)$/,
    checksum: FEDEX_14,
    strength: "medium",
    source: DATASET,
  },
  // IMpb: optional 420 + ZIP or ZIP+4, then 9[2-5] and 22 or 26 digits in all.
  {
    id: "usps-impb-22",
    carrierId: "usps",
    pattern: /^(?:420\d{5}(?:\d{4})?)?(?<serial>9[2-5]\d{19})(?<check>\d)$/,
    checksum: EVENS3,
    strength: "strong",
    source: PUB199,
  },
  {
    id: "usps-impb-26",
    carrierId: "usps",
    pattern: /^(?:420\d{5}(?:\d{4})?)?(?<serial>9[2-5]\d{23})(?<check>\d)$/,
    checksum: EVENS3,
    strength: "strong",
    source: PUB199,
  },
  {
    id: "usps-legacy-22",
    carrierId: "usps",
    pattern: /^(?:420\d{5})?(?<serial>91\d{19})(?<check>\d)$/,
    checksum: EVENS3,
    strength: "strong",
    source: `${PUB199}; ${DATASET}`,
  },
  {
    id: "usps-20",
    carrierId: "usps",
    pattern: /^(?<serial>\d{19})(?<check>\d)$/,
    checksum: EVENS3,
    strength: "medium",
    source: DATASET,
  },
  // The legacy form printed without its leading 91, which the check digit still covers.
  {
    id: "usps-legacy-20",
    carrierId: "usps",
    pattern: /^(?<serial>7\d{18})(?<check>\d)$/,
    checksum: EVENS3,
    prepend: "91",
    strength: "medium",
    source: DATASET,
  },
  {
    id: "dhl-express-awb",
    carrierId: "dhl-express",
    pattern: /^(?<serial>\d{9,10})(?<check>\d)$/,
    checksum: { kind: "mod7" },
    strength: "medium",
    source: DATASET,
  },
  {
    id: "dhl-express-piece",
    carrierId: "dhl-express",
    pattern: /^J[A-Z]{2,3}\d{9,10}$/,
    checksum: null,
    strength: "weak",
    source: DATASET,
  },
  {
    id: "dhl-ecommerce-gm",
    carrierId: "dhl-ecommerce",
    pattern: /^GM[A-Z0-9]{10,39}$/,
    checksum: null,
    strength: "medium",
    source: DATASET,
  },
  // Any fourteen digits: says next to nothing.
  {
    id: "dhl-ecommerce-14",
    carrierId: "dhl-ecommerce",
    pattern: /^\d{14}$/,
    checksum: null,
    strength: "weak",
    source: DATASET,
  },
  {
    id: "amazon-international",
    carrierId: "amazon",
    pattern: /^C1\d{9}$/,
    checksum: null,
    strength: "weak",
    source: DATASET,
  },
  {
    id: "amazon-logistics",
    carrierId: "amazon",
    pattern: /^TB[ACM]\d{12}$/,
    checksum: null,
    strength: "strong",
    source: DATASET,
  },
  {
    id: "yunexpress",
    carrierId: "yunexpress",
    pattern: /^YT\d{16}$/,
    checksum: null,
    strength: "strong",
    source: DATASET,
  },
];
