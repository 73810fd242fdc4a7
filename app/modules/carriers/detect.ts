import { hasValidCheck } from "./check-digits.ts";
import { carrierOfCompany, carrierOfUrl, relatedCarriers } from "./known-companies.ts";
import { NUMBER_FORMATS, type NumberFormat, type Strength } from "./number-formats.ts";
import { type CarrierHistory, numberShape, usualCarrier } from "./number-shape.ts";
import { issuingPost } from "./postal-number.ts";

export interface CarrierCandidate {
  carrierId: string;
  strength: Strength;
  /** What speaks for it: "company", "url", "number:ups-1z", "connected+number:fedex-12", "history", "connected". */
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
  /** Which carriers the shop's parcels turned out to be with. */
  history?: CarrierHistory;
}

const RANK: Readonly<Record<Strength, number>> = { strong: 0, medium: 1, weak: 2 };

/**
 * Who may carry this parcel, best first, each carrier once: what Shopify says, the tracking link, what fits the number
 * (more so when the merchant is connected to it, or when the shop's parcels of this shape have always been with it), and
 * last the connected accounts that the number says nothing about (an aggregator finds the carrier by itself). Only a single
 * strong candidate may be acted on without asking. Pure.
 */
export function detectCarrier(input: DetectionInput): CarrierCandidate[] {
  const number = normaliseTrackingNumber(input.trackingNumber);
  const { connectedCarriers: connected } = input;
  return eachOnce([
    ...named(carrierOfCompany(input.company), "company", connected),
    ...named(carrierOfUrl(input.url), "url", connected),
    ...ranked(byNumber(number), number, input),
    ...connected.map((carrierId) => ({ carrierId, strength: "weak" as const, reason: "connected" })),
  ]);
}

/**
 * The number as carriers write it: full-width forms folded, upper case, without spaces and invisible characters. Hyphens
 * and the `420` + ZIP prefix of USPS stay. At most 64 characters.
 */
export function normaliseTrackingNumber(value: string): string {
  // Nearly every number is written this way already.
  if (value.length <= 64 && /^[A-Z0-9-]*$/.test(value)) return value;
  return value
    .slice(0, 256)
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{C}]/gu, "")
    .slice(0, 64);
}

function byNumber(number: string): CarrierCandidate[] {
  const post = issuingPost(number);
  const found: CarrierCandidate[] =
    post === null ? [] : [{ carrierId: post, strength: "strong", reason: "number:s10" }];
  for (const format of NUMBER_FORMATS) {
    if (!fits(format, number)) continue;
    found.push({ carrierId: format.carrierId, strength: format.strength, reason: `number:${format.id}` });
  }
  return found;
}

function fits({ pattern, checksum, prepend = "" }: NumberFormat, number: string): boolean {
  if (checksum === null) return pattern.test(number);
  const groups = pattern.exec(number)?.groups;
  return groups !== undefined && hasValidCheck(prepend + (groups["serial"] ?? ""), groups["check"] ?? "", checksum);
}

/** Raises what fits the shop, and puts the strongest first; ties go by the shop's history, then to connected carriers. */
function ranked(found: CarrierCandidate[], number: string, input: DetectionInput): CarrierCandidate[] {
  const usual = usualCarrier(input.history, number);
  const counts = input.history?.get(numberShape(number)) ?? {};
  const all = found.flatMap((candidate) => withRelated(candidate, input.connectedCarriers));
  if (usual !== null && !all.some(({ carrierId }) => carrierId === usual)) {
    all.push({ carrierId: usual, strength: "weak", reason: "" });
  }
  return all
    .map((candidate) => {
      const { carrierId } = candidate;
      if (carrierId === usual) return raised(candidate, "history");
      return input.connectedCarriers.includes(carrierId) ? raised(candidate, "connected") : candidate;
    })
    .map((candidate) => ({ candidate, count: counts[candidate.carrierId] ?? 0 }))
    .sort(
      (left, right) =>
        RANK[left.candidate.strength] - RANK[right.candidate.strength] ||
        right.count - left.count ||
        Number(right.candidate.reason.startsWith("connected")) - Number(left.candidate.reason.startsWith("connected")),
    )
    .map(({ candidate }) => candidate);
}

/** The carrier's sister services can be asked as well; one that is connected comes before one that is not. */
function withRelated(candidate: CarrierCandidate, connected: readonly string[]): CarrierCandidate[] {
  const related = relatedCarriers(candidate.carrierId);
  if (related.length === 0) return [candidate];
  return [candidate, ...related.map((carrierId) => ({ ...candidate, carrierId }))].sort(
    (left, right) => Number(connected.includes(right.carrierId)) - Number(connected.includes(left.carrierId)),
  );
}

function raised(candidate: CarrierCandidate, by: "history" | "connected"): CarrierCandidate {
  const strength = candidate.strength === "weak" ? "medium" : "strong";
  return { ...candidate, strength, reason: candidate.reason === "" ? by : `${by}+${candidate.reason}` };
}

function named(carrierId: string | null, reason: string, connected: readonly string[]): CarrierCandidate[] {
  return carrierId === null ? [] : withRelated({ carrierId, strength: "strong", reason }, connected);
}

function eachOnce(candidates: readonly CarrierCandidate[]): CarrierCandidate[] {
  const seen = new Set<string>();
  return candidates.filter(({ carrierId }) => !seen.has(carrierId) && seen.add(carrierId) !== undefined);
}
