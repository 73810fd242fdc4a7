import { detectCarrier } from "./modules/carriers/detect.ts";
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
  const [best] = candidates;
  // A connected account that the number says nothing about is no carrier found: an aggregator finds it by itself.
  if (!best || best.reason === "connected") return { carrier: null, reason: "none", candidates };
  return { carrier: best.carrier, reason: reasonOf(best.reason), candidates };
}

function reasonOf(reason: string): string {
  if (reason === "company" || reason === "url") return reason;
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
