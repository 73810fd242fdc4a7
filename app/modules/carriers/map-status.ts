import type { ShipmentStatus, SubStatus } from "./status.ts";

/** What one code means to us. */
export type Meaning = readonly [status: ShipmentStatus, subStatus?: SubStatus];

/** Code → meaning, with the place the meanings come from. */
export interface StatusTable {
  source: string;
  codes: Readonly<Record<string, Meaning>>;
}

export interface MappedStatus {
  status: ShipmentStatus;
  subStatus: SubStatus | null;
  unknownCode: boolean;
  rule: string;
}

const UNMAPPED: MappedStatus = { status: "unknown", subStatus: null, unknownCode: false, rule: "none" };

/** Looks a code up; null when it is absent or in no table. */
export function byCode(table: StatusTable, code: string | null, prefix = "code"): MappedStatus | null {
  if (code === null || !Object.hasOwn(table.codes, code)) return null;
  const meaning = table.codes[code];
  return meaning ? mapped(meaning, `${prefix}:${code}`) : null;
}

export function mapped([status, subStatus]: Meaning, rule: string): MappedStatus {
  return { status, subStatus: subStatus ?? null, unknownCode: false, rule };
}

/** "Delivered" to one of these, or with one of these words, is no delivery to the recipient: all is left to other evidence. */
const ELSEWHERE = new RegExp(
  "\\b(?:sender|shipper|seller|merchant|consignor|vendor|supplier|returns?|returned|" +
    "carriers?|couriers?|partners?|agents?|drivers?|airlines?|airport|customs|depot|hub|facility|warehouse|station|terminal|" +
    "cent(?:er|re)s?|branch|post ?offices?|shops?|stores?|(?:access|collection|pick-? ?up|service|parcel|drop-? ?off) ?points?|" +
    "awaiting|expected|tomorrow|partially|partly|fail(?:ed|ure)?|unsuccessful(?:ly)?|attempt(?:ed)?|reschedul\\w+)\\b",
  "i",
);

/** Whether words that begin with "delivered" tell that the recipient does not have the parcel (yet, or any more). */
export function isDeliveredElsewhere(words: string): boolean {
  return ELSEWHERE.test(words);
}

/**
 * The last resort for a scan that carries no code at all. English phrases that are unmistakable whatever the carrier; the
 * more cautious ones come first, so that "attempted delivery" or "not delivered" never reads as "delivered".
 */
const PHRASES: readonly (readonly [name: string, pattern: RegExp, meaning: Meaning])[] = [
  ["not delivered", /\b(?:not|un|never|cannot be|could not be|to be) ?deliver/i, ["unknown"]],
  ["return to sender", /\breturn(?:ed|ing)? to (?:the )?(?:sender|shipper)\b/i, ["return_to_sender", "returning"]],
  [
    "attempt",
    /\b(?:delivery attempt|attempted delivery|attempt(?:ed)? to deliver|delivery attempted)\b/i,
    ["delivery_attempted"],
  ],
  ["out for delivery", /\bout for delivery\b|\bon vehicle for delivery\b/i, ["out_for_delivery"]],
  [
    "ready for pickup",
    /\b(?:ready|available) for (?:customer |recipient )?(?:pick ?up|collection)\b/i,
    ["available_for_pickup"],
  ],
  [
    "label created",
    /\blabel (?:has been )?(?:created|printed)\b|\bcreated a label\b|\bshipment information (?:sent|received)\b/i,
    ["pre_transit", "label_created"],
  ],
  ["delivered", /^(?:package |parcel |shipment |item )?(?:has been |was )?delivered\b/i, ["delivered"]],
];

/** Maps by the words of the scan; `none` when no phrase fits. */
export function byText(description: string | null): MappedStatus {
  if (description === null) return UNMAPPED;
  const found = PHRASES.find(([, pattern]) => pattern.test(description));
  if (!found || found[2][0] === "unknown") return UNMAPPED;
  const elsewhere = found[2][0] === "delivered" && isDeliveredElsewhere(description);
  return elsewhere ? UNMAPPED : mapped(found[2], `text:${found[0]}`);
}

/** A scan whose code no table knows: never a comfortable guess, always reported. */
export function unknownCode(): MappedStatus {
  return { ...UNMAPPED, unknownCode: true };
}

/**
 * Whether a rule names a code, a type or the like, and not a guess from words: only then may a scan take a delivery back,
 * and only such a return outlasts the scans of the way back.
 */
export function isCodedRule(rule: string): boolean {
  return rule !== "none" && !rule.startsWith("text:");
}
