import type { ShipmentStatus } from "#app/modules/carriers/status.ts";

/**
 * Where a parcel is on its way, as far as it matters for when news comes. `unheard` has no scan at all, `waiting` a label,
 * `abroad` moves outside the country it goes to, `held` has met trouble or nobody at home.
 */
export const PHASES = ["unheard", "waiting", "abroad", "moving", "on_van", "held", "at_point", "returning"] as const;

export type Phase = (typeof PHASES)[number];

/** The phase that a status is; null where no news is waited for any more. */
export function phaseOf(status: ShipmentStatus, abroad: boolean): Phase | null {
  switch (status) {
    case "unknown":
      return "unheard";
    case "pre_transit":
      return "waiting";
    case "in_transit":
      return abroad ? "abroad" : "moving";
    case "out_for_delivery":
      return "on_van";
    case "exception":
    case "delivery_attempted":
      return "held";
    case "available_for_pickup":
      return "at_point";
    case "return_to_sender":
      return "returning";
    case "delivered":
    case "cancelled":
    case "expired":
      return null;
  }
}

/** Scanned in another country than the one it goes to; where either is not known, it is taken to be at home. */
export function isAbroad(scannedIn: string | null, destination: string | null): boolean {
  return scannedIn !== null && destination !== null && scannedIn !== destination;
}
