import { hasValidCheck } from "./check-digits.ts";
import { carrierOfCompany, carrierOfUrl } from "./known-companies.ts";
import { NUMBER_FORMATS, type NumberFormat, type Strength } from "./number-formats.ts";
import { issuingPost } from "./postal-number.ts";

export interface CarrierCandidate {
  carrierId: string;
  strength: Strength;
  /** What speaks for it: "company", "url", "number:ups-1z", "connected+number:fedex-12", "connected". */
  reason: string;
}

export interface DetectionInput {
  trackingNumber: string;
  /** Shopify's `trackingInfo.company`. */
  company: string | null;
  /** Shopify's `trackingInfo.url`. */
  url: string | null;
  /** Ids of the carriers and aggregators that the merchant has connected, in the merchant's order. */
  connectedCarriers: readonly string[];
}

const RANK: Readonly<Record<Strength, number>> = { strong: 0, medium: 1, weak: 2 };

/**
 * Who may carry this parcel, best first, each carrier once: what Shopify says, the tracking link, what fits the merchant's
 * connected carriers, what fits the number, and last the connected accounts that the number says nothing about (an
 * aggregator finds the carrier by itself). Only a single strong candidate may be acted on without asking.
 */
export function detectCarrier(input: DetectionInput): CarrierCandidate[] {
  const number = normaliseTrackingNumber(input.trackingNumber);
  const company = carrierOfCompany(input.company);
  const linked = carrierOfUrl(input.url);
  const fitting = byNumber(number);
  const connected = fitting
    .filter((candidate) => input.connectedCarriers.includes(candidate.carrierId))
    .map((candidate) => ({
      ...candidate,
      strength: raise(candidate.strength),
      reason: `connected+${candidate.reason}`,
    }));
  return eachOnce([
    ...named(company, "company"),
    ...named(linked, "url"),
    ...connected,
    ...fitting,
    ...input.connectedCarriers.map((carrierId) => ({ carrierId, strength: "weak" as const, reason: "connected" })),
  ]);
}

/**
 * The number as carriers write it: full-width forms folded, upper case, without spaces and invisible characters. Hyphens
 * and the `420` + ZIP prefix of USPS stay. At most 64 characters.
 */
export function normaliseTrackingNumber(value: string): string {
  return value
    .slice(0, 256)
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{C}]/gu, "")
    .slice(0, 64);
}

function byNumber(number: string): CarrierCandidate[] {
  const post = issuingPost(number);
  const formats = NUMBER_FORMATS.filter((format) => fits(format, number)).map(({ id, carrierId, strength }) => ({
    carrierId,
    strength,
    reason: `number:${id}`,
  }));
  const postal = post === null ? [] : [{ carrierId: post, strength: "strong" as const, reason: "number:s10" }];
  return [...postal, ...formats].toSorted((left, right) => RANK[left.strength] - RANK[right.strength]);
}

function fits({ pattern, checksum, prepend = "" }: NumberFormat, number: string): boolean {
  const match = pattern.exec(number);
  if (!match || checksum === null) return match !== null;
  return hasValidCheck(`${prepend}${match.groups?.["serial"] ?? ""}`, match.groups?.["check"] ?? "", checksum);
}

function named(carrierId: string | null, reason: string): CarrierCandidate[] {
  return carrierId === null ? [] : [{ carrierId, strength: "strong", reason }];
}

function raise(strength: Strength): Strength {
  return strength === "weak" ? "medium" : "strong";
}

function eachOnce(candidates: readonly CarrierCandidate[]): CarrierCandidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ carrierId }) => !seen.has(carrierId) && seen.add(carrierId) !== undefined);
}
