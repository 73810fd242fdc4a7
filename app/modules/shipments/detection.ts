import { z } from "zod";
import type { DetectedCarrier } from "./carrier-access.ts";

/** How a parcel's carrier was found, kept with the parcel: candidates stay, so that a "not found" can try another. */
const schema = z.object({
  reason: z.string().default("none"),
  candidates: z.array(z.object({ carrier: z.string(), strength: z.string() })).default([]),
  /** The carrier before the one fallback; set once, and never tried again after it. */
  fellBackFrom: z.string().nullable().default(null),
  /** The fallback knew nothing either: the parcel is with its first carrier again. */
  returned: z.boolean().default(false),
  /** Who was asked and does not know the number, by our id: others are asked instead until somebody says otherwise. */
  givenUp: z.array(z.object({ asked: z.string(), reason: z.string(), at: z.string() })).default([]),
});

export type Detection = z.infer<typeof schema>;

export function readDetection(stored: unknown): Detection {
  const parsed = schema.safeParse(stored);
  return parsed.success ? parsed.data : schema.parse({});
}

export function toDetection(detected: DetectedCarrier): Detection {
  const candidates = detected.candidates.slice(0, 10).map(({ carrier, strength }) => ({ carrier, strength }));
  return { reason: detected.reason, candidates, fellBackFrom: null, returned: false, givenUp: [] };
}

interface Doubt {
  carrier: string | null;
  detection: Detection;
  /** Carriers that we could ask. */
  askable: readonly string[];
  /** How long we have known the parcel, in milliseconds. */
  age: number;
}

/** A merchant who names the carrier is right more often than a scan is on time. */
const TRUST_IN_NAME = 24 * 3_600_000;

/**
 * The carrier to try after a clean "not found" without any scan: the next candidate, once. When that one knows nothing
 * either, the first carrier gets the parcel back for good. Null = stay.
 */
export function carrierAfterNotFound({
  carrier,
  detection,
  askable,
  age,
}: Doubt): { carrier: string; detection: Detection } | null {
  if (carrier === null || detection.returned) return null;
  if (detection.fellBackFrom !== null) {
    return { carrier: detection.fellBackFrom, detection: { ...detection, returned: true } };
  }
  const named = detection.reason === "company" || detection.reason === "url";
  if (named && age < TRUST_IN_NAME) return null;
  const next = detection.candidates.find(
    (candidate) => candidate.carrier !== carrier && askable.includes(candidate.carrier),
  );
  return next ? { carrier: next.carrier, detection: { ...detection, fellBackFrom: carrier } } : null;
}
