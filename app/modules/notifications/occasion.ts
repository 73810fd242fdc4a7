import type { KindDefinition, Trigger } from "./kinds/kind.ts";
import type { EventRules } from "./message-rules.ts";
import type { DecidedMessage, ParcelScan, ParcelSituation, Situation } from "./situation.ts";

/** One trigger with all that is asked about it. */
export interface Occasion {
  kind: KindDefinition;
  trigger: Trigger;
  event: EventRules;
  /** The parcel it is about; null for what is about the whole order. */
  parcel: ParcelSituation | null;
  /** The scan behind it, where there is one. */
  scan: ParcelScan | null;
  situation: Situation;
}

/** The same for every message that one trigger calls for. */
export function occasionKey(about: Pick<DecidedMessage, "kind" | "shipmentId" | "occurrence">): string {
  return `${about.kind}\n${about.shipmentId ?? ""}\n${about.occurrence}`;
}

/** The parcels that an occasion speaks of. */
export function parcelsOf({ parcel, situation }: Pick<Occasion, "parcel" | "situation">): readonly ParcelSituation[] {
  return parcel ? [parcel] : situation.parcels;
}

/** The scan that a trigger names as the one behind it. */
export function scanBehind(trigger: Trigger, parcel: ParcelSituation | null): ParcelScan | null {
  const { fingerprint } = trigger.evidence;
  if (typeof fingerprint !== "string" || !parcel) return null;
  return parcel.scans.find((scan) => scan.fingerprint === fingerprint) ?? null;
}
