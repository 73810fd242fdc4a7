import { type CarrierCandidate, detectCarrier } from "./modules/carriers/detect.ts";
import { carrierById, CARRIERS } from "./modules/carriers/registry.server.ts";
import type { CarrierDirectory, DetectedCarrier, DetectionInput } from "./modules/shipments/carrier-access.ts";

/** The registry and the detector as shipments use them: the most probable carrier, and the others as a way back. */
export const carrierDirectory: CarrierDirectory = { find: carrierById, detect };

function detect(input: DetectionInput): DetectedCarrier {
  const candidates = detectCarrier(input).map(({ carrierId, strength, reason }) => ({
    carrier: carrierId,
    strength,
    reason,
  }));
  const [best, rival] = candidates;
  if (!best || isGuess(best, rival)) return { carrier: null, reason: "none", candidates };
  return { carrier: best.carrier, reason: reasonOf(best.reason), candidates };
}

type Candidate = Pick<CarrierCandidate, "strength" | "reason">;

/**
 * A connected account that the number says nothing about is no carrier found, and neither is a number that fits by its
 * shape alone, or two carriers equally well: an aggregator finds the carrier by itself, and better without a wrong hint.
 */
function isGuess(best: Candidate, rival: Candidate | undefined): boolean {
  if (best.reason === "connected") return true;
  if (!best.reason.startsWith("number:") || best.strength === "strong") return false;
  return best.strength === "weak" || (rival?.strength === best.strength && rival.reason !== best.reason);
}

function reasonOf(reason: string): string {
  if (reason === "company" || reason === "url") return reason;
  if (reason.startsWith("history")) return "history";
  return reason.startsWith("connected+") ? "connected" : "pattern";
}

/** What a shopper calls the carrier: our name for it, else the words that Shopify was given. */
export function carrierName(carrier: string | null, companyName: string | null): string | null {
  return (carrier ? carrierById(carrier)?.displayName : null) ?? companyName;
}

/** The carrier's public page for a number, or null. */
export function carrierPage(carrier: string | null, trackingNumber: string): string | null {
  return carrier ? (carrierById(carrier)?.trackingPage(trackingNumber) ?? null) : null;
}

/** Contract terms by our carrier id, or null. */
export function limitsOf(carrier: string) {
  return Object.hasOwn(CARRIERS, carrier) ? (CARRIERS[carrier]?.limits ?? null) : null;
}
