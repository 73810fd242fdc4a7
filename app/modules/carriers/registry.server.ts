import { seventeenTrack } from "./17track/17track.server.ts";
import type { Carrier } from "./carrier.ts";
import { aftership } from "./aftership/aftership.server.ts";
import { easypost } from "./easypost/easypost.server.ts";
import { fedex } from "./fedex/fedex.server.ts";
import { ship24 } from "./ship24/ship24.server.ts";
import { shippo } from "./shippo/shippo.server.ts";
import { trackingmore } from "./trackingmore/trackingmore.server.ts";
import { ups } from "./ups/ups.server.ts";

/** Every carrier and aggregator that can be asked. A new one is its folder, its fixtures and a line here. */
export const CARRIERS: Readonly<Record<string, Carrier>> = {
  ups,
  fedex,
  easypost,
  "17track": seventeenTrack,
  aftership,
  ship24,
  shippo,
  trackingmore,
};

/** The adapter with this id, or null. */
export function carrierById(id: string): Carrier | null {
  return Object.hasOwn(CARRIERS, id) ? (CARRIERS[id] ?? null) : null;
}
