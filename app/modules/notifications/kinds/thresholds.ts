import type { ParcelSituation, Situation } from "../situation.ts";
import type { KindDefinition } from "./kind.ts";

const HOUR_MS = 3_600_000;

/** The merchant's number for a kind, in hours, or its usual one; null where neither is set. */
export function thresholdHours(
  { rules }: Situation,
  { key, threshold }: Pick<KindDefinition, "key" | "threshold">,
): number | null {
  const value = rules.events[key]?.threshold ?? threshold?.usual ?? null;
  if (value === null || threshold === null) return null;
  return threshold.unit === "days" ? value * 24 : value;
}

/** Why a number may not be used for a kind: too small floods, too large comes when it is of no use; null when it may. */
export function refuseThreshold(
  { threshold }: Pick<KindDefinition, "threshold">,
  value: number | null,
): "too_small" | "too_large" | "not_offered" | null {
  if (value === null) return null;
  if (threshold === null) return "not_offered";
  if (value < threshold.min) return "too_small";
  return value > threshold.max ? "too_large" : null;
}

export function hoursAfter(at: Date, hours: number): Date {
  return new Date(at.getTime() + hours * HOUR_MS);
}

/** The earliest of the instants that are still to come. */
export function nextOf(now: Date, instants: readonly (Date | null)[]): Date | null {
  const coming = instants.filter((at): at is Date => at !== null && at > now).map((at) => at.getTime());
  return coming.length > 0 ? new Date(Math.min(...coming)) : null;
}

/** The earliest of such instants among the parcels of an order. */
export function nextAmongParcels(
  situation: Situation,
  instantOf: (parcel: ParcelSituation, situation: Situation) => Date | null,
): Date | null {
  return nextOf(
    situation.now,
    situation.parcels.map((parcel) => instantOf(parcel, situation)),
  );
}
